import type { Database } from 'better-sqlite3';
import { prepared } from '../prepared.ts';
import type { MarkedTable } from './marked-tables.ts';

/** How the rows of a table are written down to be marked; SQL expressions over its columns. */
export interface RowText {
  /** The primary key, as a JSON array. */
  readonly key: string;
  /** The same for a row of this name (`NEW`, `OLD`). */
  readonly keyOf: (row: string) => string;
  /** All but large contents. */
  readonly outline: string;
  /** Every column. */
  readonly whole: string;
  /** The same for a row of this name. */
  readonly wholeOf: (row: string) => string;
  /** The order of the primary key. */
  readonly order: string;
  /** Finds the row whose key is the one parameter. */
  readonly byKey: string;
  /** Finds the row whose key is what this expression says. */
  readonly byKeyOf: (expression: string) => string;
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
}

/**
 * JSON arrays tell texts, numbers and nothing apart and hide no NUL; bytes stand in hex. The columns are those that the
 * table has, so that marks of an earlier schema can be compared before it is brought up.
 */
export function rowText(database: Database, { name, contents }: MarkedTable): RowText {
  const columns = prepared<[string], Column>(database, 'SELECT name, type, pk FROM pragma_table_info(?)').all(name);
  const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  const outline = columns.filter((column) => !contents.includes(column.name));
  const keyOf = (row: string): string => `json_array(${key.map((column) => `${row}${column.name}`).join(', ')})`;
  const byKeyOf = (expression: string): string =>
    key.map((column, index) => `${column.name} = json_extract(${expression}, '$[${index}]')`).join(' AND ');
  const wholeOf = (row: string): string => `json_array(${columns.map((column) => cell(column, row)).join(', ')})`;
  return {
    key: keyOf(''),
    keyOf: (row) => keyOf(`${row}.`),
    outline: `json_array(${outline.map((column) => cell(column)).join(', ')})`,
    whole: wholeOf(''),
    wholeOf: (row) => wholeOf(`${row}.`),
    order: key.map((column) => column.name).join(', '),
    byKey: byKeyOf('@key'),
    byKeyOf,
  };
}

function cell({ name, type }: Column, row = ''): string {
  const value = `${row}${name}`;
  return type === 'BLOB' ? `iif(${value} IS NULL, NULL, hex(${value}))` : value;
}
