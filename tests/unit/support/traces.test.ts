import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { specimenToday } from '../../e2e/chips.ts';
import { leftOnDisk, tracesOf } from '../../support/traces.ts';

const passport = specimenToday('se-passport');
const portrait = readFileSync(resolve(import.meta.dirname, '../../../resources/specimens/portraits/asa.jpg'));

function left(bytes: string | Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-traces-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'deep'));
  writeFileSync(join(folder, 'deep', 'file'), bytes);
  return leftOnDisk([folder], [passport]).length;
}

it('finds what a person left in a file, however it is written', () => {
  const [first = '', second = ''] = passport.mrz;
  expect(tracesOf(passport)).toEqual(expect.arrayContaining([first, second, 'XA000101<', '199107172380']));
  expect(left(`... ${second} ...`)).toBe(1);
  expect(left(Buffer.from(`name: ${tracesOf(passport).at(-1)}`, 'utf16le'))).toBe(1);
  expect(left(Buffer.from(second).toString('hex'))).toBe(1);
  const group = passport.files.get('EF.DG2') ?? new Uint8Array();
  expect(left(group.subarray(1_000, 4_000))).toBe(1);
});

it('finds pictures, and nothing where there is none', () => {
  expect(left(portrait)).toBeGreaterThan(0);
  expect(left(Buffer.concat([Buffer.alloc(100), portrait.subarray(0, 20)]))).toBe(1);
  expect(left(Buffer.from('00000000000089504e470d0a1a0a00', 'hex'))).toBe(1);
  expect(left(new Uint8Array(100_000))).toBe(0);
  expect(left('nobody was here')).toBe(0);
});
