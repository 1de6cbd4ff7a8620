import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownReaders } from '../../../main/reader/reader-table.ts';
import { failureCodes } from '../../../main/result/failure-codes.ts';
import { specimenIds } from '../../../main/simulator/documents/specimen.ts';
import { faultCatalogue } from '../../../main/simulator/faults/fault-catalogue.ts';

const root = resolve(import.meta.dirname, '../../..');
const page = readFileSync(resolve(root, 'docs/field-cases.md'), 'utf8');
const rows = page.split('\n').flatMap((line) => {
  const [, row, thread, symptom, where] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
  return row !== undefined && /^\d+[a-c]?$/.test(row) ? [{ row, thread, symptom, where: where ?? '' }] : [];
});
const namesOf = (where: string) => [...where.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

const named: Readonly<Record<string, readonly string[]>> = {
  fault: faultCatalogue.map(({ name }) => name),
  specimen: specimenIds,
  code: failureCodes,
  reader: knownReaders.map(({ id }) => id),
};

function exists(name: string): boolean {
  const [kind = '', rest = ''] = name.split(/:(.*)/s);
  if (named[kind] !== undefined) return named[kind].includes(rest);
  const [path = '', words = ''] = name.split(/#(.*)/s);
  const file = resolve(root, path);
  return existsSync(file) && readFileSync(file, 'utf8').includes(words);
}

/** The numbers of the rows, table by table: lengths, access, chip and active authentication, data content, and PC/SC. */
const numbers = [
  ...['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '11b', '12', '13', '14', '15', '16', '17'],
  ...['18', '19', '20', '21', '22', '23', '24', '24b', '24c'],
  ...Array.from({ length: 26 }, (_, index) => String(25 + index)),
  ...Array.from({ length: 9 }, (_, index) => String(67 + index)),
  ...Array.from({ length: 9 }, (_, index) => String(76 + index)),
];

describe('the cases from the field', () => {
  it('are all there, each once and in order', () => {
    expect(rows.map(({ row }) => row)).toEqual(numbers);
  });

  it.each(rows)('$row ($thread) names where it is dealt with, and all of it exists', ({ where, thread, symptom }) => {
    expect(thread).not.toBe('');
    expect(symptom).not.toBe('');
    const names = namesOf(where);
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !exists(name))).toEqual([]);
  });

  it('a name that does not exist would be found', () => {
    for (const name of ['fault:none-such', 'main/none.ts', 'main/chip/bac.ts#none such words', 'reader:none'])
      expect(exists(name)).toBe(false);
  });
});
