import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { productParts } from './parts.ts';
import { filesOf, keptOfPackage } from './stage.ts';

const root = resolve(import.meta.dirname, '../..');

// Some packages run from what in others are only sources.
it('what is packed of the packages that no build bundles can be imported', () => {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-kept-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { packages } = productParts(root, { os: 'linux', cpu: 'x64', libc: 'glibc' });
  for (const { place, name } of packages)
    for (const path of filesOf(join(root, place)).filter((file) => keptOfPackage(file, name))) {
      mkdirSync(dirname(join(folder, place, path)), { recursive: true });
      cpSync(join(root, place, path), join(folder, place, path));
    }
  const wanted = [
    'pdfkit',
    'fontkit',
    'pkijs',
    'asn1js',
    'pg',
    'jose',
    'i18next',
    'valibot',
    'canonicalize',
    'lean-qr',
  ];
  expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(wanted));
  writeFileSync(join(folder, 'all.mjs'), wanted.map((name) => `await import('${name}');`).join('\n'));
  expect(() => execFileSync(process.execPath, [join(folder, 'all.mjs')], { stdio: 'pipe' })).not.toThrow();
});
