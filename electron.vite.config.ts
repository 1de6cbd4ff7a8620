import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { modelBytes } from './tools/model-bytes/plugin.ts';

const at = (path: string): string => resolve(import.meta.dirname, path);

interface ChunkOfBuild {
  readonly moduleIds: readonly string[];
  readonly facadeModuleId: string | null;
}

// Three outputs: the main process with its workers, the sandboxed preload scripts as one CommonJS file each with its
// schemas inside, and the pages. Packages with native code stay outside (every dependency of the main process does).
// What holds the specimens' keys and the training roster lies apart, so that an ordinary product can leave it out
// (tools/package). Main imports it only where training is asked for (main/house/training.ts).
const ofTraining = /\/(?:main\/simulator|resources\/specimens)\//;
// A chunk that only hands on what another holds has no modules of its own: the module that it stands for tells where it goes.
const chunkFileNames = ({ moduleIds, facadeModuleId }: ChunkOfBuild): string =>
  `${[...moduleIds, facadeModuleId ?? ''].some((id) => ofTraining.test(id.replaceAll('\\', '/'))) ? 'training' : 'chunks'}/[name]-[hash].js`;

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node24',
      minify: false,
      // Not one of our packages: loaded where a station has it installed (reader/pcsclite-port.ts).
      externalizeDeps: { include: ['pcsclite'] },
      rollupOptions: {
        input: {
          index: at('main/index.ts'),
          'inspection-worker': at('main/inspection/worker.ts'),
          'trust-worker': at('main/house/trust-worker.ts'),
          'roster-worker': at('main/house/roster-worker.ts'),
          'check-worker': at('main/house/check-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node24',
      minify: false,
      // A sandboxed preload script has no `require` for packages, nor for a part that it would share with another.
      externalizeDeps: false,
      isolatedEntries: true,
      rollupOptions: {
        input: { index: at('preload/index.ts'), confirm: at('preload/confirm.ts'), kiosk: at('preload/kiosk.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    base: './',
    plugins: [react()],
    worker: { format: 'es', plugins: () => [modelBytes()] },
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      target: 'chrome152',
      minify: true,
      // Everything is a file of our own origin: the policy of the page allows no data: scripts or styles.
      assetsInlineLimit: 0,
      rollupOptions: {
        input: {
          index: at('renderer/index.html'),
          confirm: at('renderer/confirm.html'),
          kiosk: at('renderer/kiosk.html'),
        },
      },
    },
  },
});
