import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { licenceOf, licenceServes, strangeLicences } from './licences.ts';
import { closureOf, lockedPackages, servesMachine } from './lock-file.ts';
import { cycloneDx, importedNames, productParts } from './parts.ts';

const root = resolve(import.meta.dirname, '../..');
const all = lockedPackages(join(root, 'package-lock.json'));
const linux = { os: 'linux', cpu: 'x64', libc: 'glibc' };

// Packages that the registry at hand does not serve. A line may only go: `npm view NAME@VERSION dist.integrity`.
const withoutDigest = [
  'linux-aarch64-gnu',
  'linux-aarch64-musl',
  'linux-x86-gnu',
  'linux-x86-musl',
  'macos-aarch64',
  'macos-x86_64',
  'windows-aarch64-bun',
  'windows-aarch64-node',
  'windows-x86_64-bun',
  'windows-x86_64-node',
].map((name) => `@pcsc-mini/${name}`);

describe('the lock file', () => {
  it('has a digest of SHA-512 for every package but those that are named', () => {
    const without = all.filter(({ integrity }) => integrity === null).map(({ name }) => name);
    expect(without).toEqual(withoutDigest);
    for (const { name, integrity } of all)
      if (integrity !== null) expect(integrity, name).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
  });

  it('has a digest for all that is part of the product on Linux and Windows (x64)', () => {
    const windows = { os: 'win32', cpu: 'x64', libc: null };
    for (const machine of [linux, windows]) {
      const { packages, bundled } = productParts(root, machine);
      const forApp = [...packages, ...bundled].filter(({ name }) => !/^@pcsc-mini\/windows-.*-(bun|node)$/.test(name));
      expect(forApp.filter(({ integrity }) => integrity === null)).toEqual([]);
      expect(forApp.length).toBeGreaterThan(15);
    }
  });

  it('names no package whose licence nobody has allowed', () => {
    expect(strangeLicences(all, 'around it')).toEqual([]);
    const { packages, bundled } = productParts(root, linux);
    expect(strangeLicences([...packages, ...bundled], 'in the product')).toEqual([]);
  });
});

it('a licence that a package does not name was read in its text', () => {
  const unnamed = all.filter(({ licence, integrity }) => licence === null && integrity !== null);
  expect(unnamed.map(({ name, version }) => `${name}@${version}`)).toEqual(['png-js@2.0.0']);
  for (const part of unnamed) {
    expect(licenceOf(part)).toBe('MIT');
    expect(readFileSync(join(root, part.place, 'LICENSE'), 'utf8')).toContain('MIT License');
  }
});

describe('licence expressions', () => {
  it('take one side of OR and both of AND, and nothing unknown', () => {
    expect(licenceServes('(GPL-3.0-only OR MIT)', 'in the product')).toBe(true);
    expect(licenceServes('MIT AND GPL-3.0-only', 'in the product')).toBe(false);
    expect(licenceServes('MPL-2.0', 'in the product')).toBe(false);
    expect(licenceServes('MPL-2.0', 'around it')).toBe(true);
    expect(licenceServes(null, 'around it')).toBe(false);
  });
});

describe('the parts of the product', () => {
  const parts = productParts(root, linux);

  it('hold what the page is bundled from and the runtime, and nothing that only builds', () => {
    const names = [...parts.packages, ...parts.bundled].map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['valibot', 'better-sqlite3', 'react', 'scheduler', 'electron']));
    for (const name of ['typescript', 'vite', 'vitest', '@biomejs/biome', 'fast-check'])
      expect(names).not.toContain(name);
  });

  it('are of the machine that is asked for', () => {
    const mac = productParts(root, { os: 'darwin', cpu: 'arm64', libc: null }).packages.map(({ name }) => name);
    expect(mac).toContain('@pcsc-mini/macos-aarch64');
    expect(mac.filter((name) => /linux|windows/.test(name))).toEqual([]);
  });

  it('are written as CycloneDX, the same bytes each time, with the lock file’s digests in hexadecimal', () => {
    const text = cycloneDx(parts);
    expect(cycloneDx(productParts(root, linux))).toBe(text);
    const list = JSON.parse(text) as { components: { name: string; hashes?: { alg: string; content: string }[] }[] };
    const valibot = list.components.find(({ name }) => name === 'valibot');
    const locked = all.find(({ name }) => name === 'valibot')?.integrity ?? '';
    expect(valibot?.hashes).toEqual([
      { alg: 'SHA-512', content: Buffer.from(locked.slice('sha512-'.length), 'base64').toString('hex') },
    ]);
  });

  it('are found in sources by their imports', () => {
    expect(importedNames(join(root, 'renderer'))).toEqual(expect.arrayContaining(['react', 'lucide-react']));
  });
});

describe('a package that another needs', () => {
  const part = (place: string, dependencies: readonly string[] = [], os: readonly string[] = []) => ({
    place,
    name: place.slice(place.lastIndexOf('node_modules/') + 13),
    version: '1.0.0',
    integrity: null,
    licence: 'MIT',
    os,
    cpu: [],
    libc: [],
    dependencies,
  });
  const some = [
    part('node_modules/a', ['b', 'c']),
    part('node_modules/a/node_modules/b', ['d']),
    part('node_modules/b'),
    part('node_modules/c', [], ['win32']),
    part('node_modules/d', ['a']),
    part('node_modules/e'),
  ];

  it('is the nearest one, and round ways end', () => {
    const places = closureOf(some, ['a'], linux).map(({ place }) => place);
    expect(places).toEqual(['node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/d']);
  });

  it('is left out where it is of another machine', () => {
    expect(servesMachine(part('node_modules/c', [], ['win32']), linux)).toBe(false);
  });
});
