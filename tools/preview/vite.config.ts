import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { modelBytes } from '../model-bytes/plugin.ts';

// The product's page on a bridge that answers from fixed scenes. Built like the page itself, with the same policy.
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  assetsInclude: ['**/*.jp2'],
  worker: {
    format: 'es',
    plugins: () => [modelBytes()],
    rollupOptions: { output: { entryFileNames: 'workers/[name]-[hash].js' } },
  },
  build: {
    outDir: resolve(import.meta.dirname, '../../out/preview'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    rollupOptions: { input: resolve(import.meta.dirname, 'index.html') },
  },
  logLevel: 'warn',
});
