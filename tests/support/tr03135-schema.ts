import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { checkResults } from '../../main/result/check.ts';

/*
 * The attachment of an answer with the results of BSI TR-03135: its form, and the guideline's own tables as they were written out
 * beside the project: which results a table knows.
 */

interface Part {
  table: string;
  name: string;
  result: (typeof checkResults)[number];
  code?: string | null | undefined;
  dataGroups?: Record<string, string> | undefined;
  parts?: Part[] | undefined;
}

/** Table 5.42. */
export const dataGroupWords = [
  'identical',
  'not identical',
  'present',
  'not present',
  'non conformance',
  'aborted',
] as const;

const result = v.picklist(checkResults);
const part: v.GenericSchema<Part> = v.strictObject({
  table: v.pipe(v.string(), v.regex(/^5\.\d\d$/)),
  name: v.pipe(v.string(), v.minLength(1)),
  result,
  code: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^[a-z-]+\.[a-z-]+$/)))),
  dataGroups: v.optional(v.record(v.pipe(v.string(), v.regex(/^DG\d\d?$/)), v.picklist(dataGroupWords))),
  parts: v.optional(v.array(v.lazy(() => part))),
});

/** The attachment, member by member. */
export const resultsSchema = v.strictObject({
  schema: v.literal('styrk-tr-03135'),
  version: v.literal(1),
  guideline: v.literal('BSI TR-03135-1 2.5'),
  transaction: v.string(),
  endedAt: v.pipe(v.string(), v.isoTimestamp()),
  system: v.strictObject({ name: v.literal('Styrk'), version: v.string() }),
  result,
  parts: v.pipe(v.array(part), v.minLength(1)),
  notMade: v.array(v.string()),
});

/** Every result of the tree, totals before what they are made of. */
export function flat(parts: readonly Part[]): readonly Part[] {
  return parts.flatMap((one) => [one, ...flat(one.parts ?? [])]);
}

const file = process.env.STYRK_CONFORMANCE ?? resolve(import.meta.dirname, '../../../shared/conformance');

/** What the guideline says, as written out; null where it does not lie beside the project. */
export function guideline(): {
  readonly words: readonly string[];
  readonly tables: ReadonlyMap<string, ReadonlySet<string>>;
} | null {
  const path = resolve(file, 'tr-03135.md');
  if (!existsSync(path)) return null;
  const text = readFileSync(path, 'utf8');
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const words = /\| Value \|[\s\S]*?\n\n/.exec(text)?.[0].split('\n').slice(2) ?? [];
  const tables = new Map<string, ReadonlySet<string>>();
  let columns: readonly string[] = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith('|')) continue;
    const row = cells(line);
    if (row[0] === 'Check') columns = row;
    const table = /\(T(5\.\d\d)\)/.exec(row[0] ?? '')?.[1];
    if (table === undefined || columns[1] !== 'successful') continue;
    // A result without a column is told in words: of those that stand here only `aborted`, which every table has.
    const known = columns.filter((_, index) => index > 0 && !/^-/.test(row[index] ?? '-'));
    tables.set(table, new Set([...known, 'aborted']));
  }
  return { words: words.map((line) => cells(line)[0] ?? '').filter((word) => word !== ''), tables };
}
