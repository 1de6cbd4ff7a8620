import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
// Plain JavaScript, since it runs before there are packages.
const { olderThanPackages } = (await import(String(new URL('node-runtime.mjs', import.meta.url)))) as {
  olderThanPackages(version: string): string | null;
};

// Debian 12 and Ubuntu 24.04 have Node 18: there npm ended well and had left out the builder's and the linter's binaries.
it.each(['18.20.4', '20.18.3', '21.7.3', '22.11.0'])('says at once that Node %s is too old', (version) => {
  expect(olderThanPackages(version)).toContain(`Node ${version} is too old`);
});

it.each(['20.19.0', '20.20.2', '22.12.0', '23.1.0', '24.21.0', '26.0.0'])('takes Node %s', (version) => {
  expect(olderThanPackages(version)).toBeNull();
});

it('is what the binaries ask for that npm would leave out: a bound that rises there has to rise here', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { os?: readonly string[]; engines?: { node?: string } }>;
  };
  const asked = new Set(
    Object.values(lock.packages).flatMap(({ os, engines }) => (os === undefined ? [] : [engines?.node ?? '*'])),
  );
  const ofOldNode = /^(?:\*|>= ?1\d\.\S+|\^8\.16\.0 \|\| \^10\.6\.0 \|\| >=11\.0\.0)$/;
  expect([...asked].filter((range) => !ofOldNode.test(range))).toEqual(['^20.19.0 || >=22.12.0']);
});
