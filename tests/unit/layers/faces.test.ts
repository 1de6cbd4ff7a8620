import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

/*
 * Commands and windows use two faces, `House` and `TrustKeeping`: values from below them are refused, types are not. Each
 * sample is a file in a copy of the rooms, and all are looked through at once.
 */

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'styrk-faces-'));
let said = '';

const samples: readonly { readonly file: string; readonly source: string; readonly refused: boolean }[] = [
  ['commands/store.ts', "import { openStore } from '../store/open-store.ts';\n", true],
  ['commands/trust.ts', "import { parseCertificate } from '../trust/x509/certificate.ts';\n", true],
  ['commands/keeping.ts', "import { importTrust } from '../keeping/import/import-trust.ts';\n", true],
  ['commands/house.ts', "import { openFolder } from '../house/folder.ts';\n", true],
  ['commands/beside-a-type.ts', "import { type Store, openStore } from '../store/open-store.ts';\n", true],
  ['commands/effect.ts', "import '../store/open-store.ts';\n", true],
  ['commands/all.ts', "import * as store from '../store/open-store.ts';\n", true],
  ['commands/handed-on.ts', "export { openStore } from '../store/open-store.ts';\n", true],
  ['commands/handed-on-whole.ts', "export * from '../store/open-store.ts';\n", true],
  ['commands/later.ts', "export const later = () => import('../store/open-store.ts');\n", true],
  ['commands/computed.ts', 'export const later = (name: string) => import(name);\n', true],
  ['commands/composed.ts', 'export const later = (name: string) => import(`../store/\u0024{name}.ts`);\n', true],
  ['commands/part/deep.ts', "import { openStore } from '../../store/open-store.ts';\n", true],
  ['station/store.ts', "import { openStore } from '../store/open-store.ts';\n", true],
  ['commands/type.ts', "import type { Store } from '../store/types.ts';\n", false],
  ['commands/type-handed-on.ts', "export type { Store } from '../store/types.ts';\n", false],
  ['station/type.ts', "import type { StoredCertificate } from '../trust/types.ts';\n", false],
  ['commands/face.ts', "import { openHouse } from '../house/open-house.ts';\n", false],
  ['commands/other-face.ts', "import { openKeeping } from '../house/open-keeping.ts';\n", false],
  ['commands/own.ts', "import { printable } from './layout.ts';\n", false],
  ['commands/low.ts', "import { machineClock } from '../machine/clock.ts';\n", false],
  ['commands/admitted.ts', "import { parseMrz } from '../document/mrz.ts';\n", false],
  ['station/contract.ts', "import { languageSchema } from '../../preload/contract.ts';\n", false],
].map(([file, source, refused]) => ({ file: `main/${file}`, source: String(source), refused: refused === true }));

function look(where: string) {
  return spawnSync(process.execPath, ['--no-warnings', join(root, 'tools/layers/faces.ts'), where], {
    encoding: 'utf8',
  });
}

beforeAll(() => {
  cpSync(join(root, 'main'), join(folder, 'main'), { recursive: true });
  mkdirSync(join(folder, 'main/commands/part'));
  for (const { file, source } of samples) writeFileSync(join(folder, file), source);
  said = look(folder).stderr;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('hold in the house as it stands', () => {
  const { status, stderr } = look(root);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

it.each(samples)('$file: refused is $refused', ({ file, refused }) => {
  expect(said.split('\n').some((line) => line.startsWith(`${file}: `))).toBe(refused);
});

it('a file that is admitted hands on nothing of the rooms below', () => {
  const face = join(folder, 'main/house/open-keeping.ts');
  writeFileSync(face, "export { openStore } from '../store/open-store.ts';\n");
  expect(look(folder).stderr).toContain('main/house/open-keeping.ts: what is admitted by name');
});
