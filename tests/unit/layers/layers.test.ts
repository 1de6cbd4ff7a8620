import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';

/*
 * Each layer rule must bite: for every pair of rooms a file with one import is written into a copy of the house, the
 * linter runs over all of them once, and what it complains of is compared with the plan in tools/layers.json. So must the
 * rule against circles of imports.
 */

const root = resolve(import.meta.dirname, '../../..');
const allowed = JSON.parse(readFileSync(join(root, 'tools/layers.json'), 'utf8')) as Readonly<
  Record<string, readonly string[]>
>;
const rooms = Object.keys(allowed);
const pure = rooms.slice(0, rooms.indexOf('machine'));
const complaints = new Map<string, readonly string[]>();
const folder = mkdtempSync(join(tmpdir(), 'styrk-layers-'));

interface Sample {
  readonly file: string;
  readonly source: string;
  readonly refused: boolean;
}

const fromSpecifier = (specifier: string) => `import * as other from '${specifier}';\n\nexport const kept = other;\n`;

function samples(): Sample[] {
  const all: Sample[] = [];
  for (const room of rooms) {
    for (const other of rooms.filter((name) => name !== room)) {
      const refused = !allowed[room]?.includes(other);
      all.push({ file: `main/${room}/probe-${other}.ts`, source: fromSpecifier(`../${other}/thing.ts`), refused });
      // From a folder of the room, and to one of another; a folder of its own may have another room's name.
      const deep = fromSpecifier(`../../${other}/part/thing.ts`);
      all.push({ file: `main/${room}/part/probe-${other}.ts`, source: deep, refused });
      const own = fromSpecifier(`../${other}/thing.ts`);
      all.push({ file: `main/${room}/part/own-${other}.ts`, source: own, refused: false });
    }
    const outside = (name: string, specifier: string, refused: boolean) =>
      all.push({ file: `main/${room}/outside-${name}.ts`, source: fromSpecifier(specifier), refused });
    outside('electron', 'electron', room !== 'station');
    outside('sqlite', 'better-sqlite3', room !== 'store');
    outside('cli', '../cli.ts', true);
    outside('index', '../index.ts', true);
    outside('noble', '@noble/hashes/sha2.js', false);
    outside('disk', 'node:fs', pure.includes(room) || room === 'simulator');
  }
  for (const room of pure) {
    for (const name of ['Date', 'performance', 'process', 'setTimeout', 'fetch']) {
      all.push({ file: `main/${room}/global-${name}.ts`, source: `export const kept = ${name};\n`, refused: true });
    }
  }
  all.push(
    { file: 'main/reader/port-probe.ts', source: fromSpecifier('../chip/card-transport.ts'), refused: false },
    { file: 'main/reader/chip-probe.ts', source: fromSpecifier('../chip/apdu.ts'), refused: true },
    { file: 'main/simulator/port-probe.ts', source: fromSpecifier('../reader/port.ts'), refused: false },
    { file: 'main/simulator/pcsc-probe.ts', source: fromSpecifier('../reader/choose-port.ts'), refused: true },
    // Two hands: the issuing side writes by other packages than the reader's, and nothing else of the house uses those.
    { file: 'main/simulator/issuing/der.ts', source: fromSpecifier('../../document/der.ts'), refused: true },
    { file: 'main/simulator/issuing/tlv.ts', source: fromSpecifier('../../document/tlv.ts'), refused: false },
    { file: 'main/simulator/issuing/pkijs.ts', source: fromSpecifier('pkijs'), refused: false },
    { file: 'main/simulator/issuing/chip.ts', source: fromSpecifier('../../chip/apdu.ts'), refused: true },
    { file: 'main/simulator/issuing/disk.ts', source: fromSpecifier('node:fs'), refused: true },
    { file: 'main/simulator/documents/pkijs.ts', source: fromSpecifier('pkijs'), refused: true },
    { file: 'main/trust/second-reading/pkijs.ts', source: fromSpecifier('pkijs'), refused: false },
    { file: 'main/trust/second-reading/disk.ts', source: fromSpecifier('node:fs'), refused: true },
    { file: 'main/trust/x509/asn1js.ts', source: fromSpecifier('asn1js'), refused: true },
    { file: 'renderer/desk/pkijs.ts', source: fromSpecifier('pkijs'), refused: true },
    { file: 'preload/pkijs.ts', source: fromSpecifier('pkijs'), refused: true },
    { file: 'renderer/desk/probe.ts', source: fromSpecifier('../../main/store/thing.ts'), refused: true },
    { file: 'renderer/desk/contract.ts', source: fromSpecifier('../../preload/contract.ts'), refused: false },
    { file: 'renderer/desk/electron.ts', source: fromSpecifier('electron'), refused: true },
    { file: 'preload/probe.ts', source: fromSpecifier('../main/house/house.ts'), refused: true },
    // Tools do not lean on tests, nor the other way, at any depth and however it is asked for.
    { file: 'tools/probe.ts', source: fromSpecifier('../tests/support/thing.ts'), refused: true },
    { file: 'tools/part/deep/probe.ts', source: fromSpecifier('../../../tests/thing.ts'), refused: true },
    { file: 'tools/part/module.mjs', source: fromSpecifier('../../tests/thing.ts'), refused: true },
    { file: 'tools/part/later.ts', source: "export const kept = import('../../tests/thing.ts');\n", refused: true },
    { file: 'tools/part/own.test.ts', source: fromSpecifier('../../main/trust/thing.ts'), refused: false },
    { file: 'tests/unit/probe.test.ts', source: fromSpecifier('../../tools/part/thing.ts'), refused: true },
    {
      file: 'tests/unit/types.test.ts',
      source: "export type { Thing } from '../../tools/part/thing.ts';\n",
      refused: true,
    },
    {
      file: 'tests/unit/later.test.ts',
      source: "export const kept = import('../../tools/thing.ts');\n",
      refused: true,
    },
    { file: 'tests/unit/support.test.ts', source: fromSpecifier('../support/thing.ts'), refused: false },
  );
  return all;
}

// A circle of types alone does not show when the code runs, but who reads one of its files must read all.
const ofTypes = (other: string) =>
  `import type { Part as Other } from '${other}';\n\nexport interface Part {\n  readonly other: Other | null;\n}\n`;
const circle: readonly Sample[] = [
  { file: 'main/trust/circle/key.ts', source: ofTypes('./lock.ts'), refused: true },
  { file: 'main/trust/circle/lock.ts', source: ofTypes('../door.ts'), refused: true },
  { file: 'main/trust/door.ts', source: ofTypes('./circle/key.ts'), refused: true },
  { file: 'main/trust/beside.ts', source: ofTypes('./door.ts'), refused: false },
];

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path?: string | { readonly file?: string } };
}

beforeAll(() => {
  for (const file of ['biome.json', 'tools/layers/biome-layers.json']) cpSync(join(root, file), join(folder, file));
  for (const { file, source } of [...samples(), ...circle]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), source);
  }
  const biome = join(root, 'node_modules/.bin/biome');
  const run = spawnSync(
    biome,
    ['lint', '--reporter=json', '--max-diagnostics=none', '--vcs-enabled=false', '--config-path=.', '.'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const report = JSON.parse(run.stdout) as { diagnostics: Diagnostic[] };
  for (const { category, location } of report.diagnostics) {
    const path = typeof location.path === 'string' ? location.path : (location.path?.file ?? '');
    const file = path.replaceAll('\\', '/').replace(/^\.\//, '');
    complaints.set(file, [...(complaints.get(file) ?? []), category]);
  }
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('layer rules', () => {
  it('are those of the plan: npm run layers', () => {
    const check = spawnSync(process.execPath, [join(root, 'tools/layers/write.ts'), '--check'], { encoding: 'utf8' });
    expect({ status: check.status, said: check.stderr }).toEqual({ status: 0, said: '' });
  });

  const layerRules = ['lint/style/noRestrictedImports', 'lint/style/noRestrictedGlobals'];

  it.each(samples())('$file: refused is $refused', ({ file, refused }) => {
    const bites = (complaints.get(file) ?? []).some((category) => layerRules.includes(category));
    expect(bites).toBe(refused);
  });
});

test.each(circle)('a circle of types, $file: refused is $refused', ({ file, refused }) => {
  expect((complaints.get(file) ?? []).includes('lint/suspicious/noImportCycles')).toBe(refused);
});
