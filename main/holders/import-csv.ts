import { parse } from 'csv-parse/sync';
import { Failure } from '../result/failure.ts';
import { type PlainDate, parsePlainDate } from '../result/plain-date.ts';
import type { Holder, ImportedHolders } from './holder.ts';
import { parsePersonalNumber } from './personal-number.ts';

const columns = ['id', 'personalNumber', 'givenNames', 'surname', 'birthDate'] as const;
const largestFile = 64 * 1024 * 1024;
const mostRows = 250_000;
const longestRow = 4096;
const longestId = 64;
const longestName = 200;
const earliestBirth = '1800-01-01';

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads a register export: CSV in UTF-8 with the header `id,personalNumber,givenNames,surname,birthDate`, separated by
 * comma or semicolon. All or nothing: the first bad row throws `holder.import-malformed` with its line and the reason,
 * never its contents. `today` bounds birth dates and settles the century of numbers with ten digits.
 */
export function importHoldersFromCsv(bytes: Uint8Array, today: PlainDate): ImportedHolders {
  const rows = rowsOf(textOf(bytes));
  const header = rows[0];
  if (header === undefined || !isHeader(header.record)) throw malformed(1, 'header');
  if (rows.length - 1 > mostRows) throw malformed(mostRows + 2, 'too-many-rows');

  const holders: Holder[] = [];
  const lines: number[] = [];
  const ids = new Set<string>();
  const personalNumbers = new Set<string>();
  for (const { record, info } of rows.slice(1)) {
    const holder = holderOf(record, info.lines, today);
    if (ids.has(holder.id)) throw malformed(info.lines, 'id-twice');
    if (holder.personalNumber !== null && personalNumbers.has(holder.personalNumber))
      throw malformed(info.lines, 'personal-number-twice');
    ids.add(holder.id);
    if (holder.personalNumber !== null) personalNumbers.add(holder.personalNumber);
    holders.push(holder);
    lines.push(info.lines);
  }
  return { holders, lines };
}

function malformed(line: number, reason: string): Failure {
  return new Failure('holder.import-malformed', { line, reason });
}

function textOf(bytes: Uint8Array): string {
  if (bytes.length > largestFile) throw new Failure('input.too-large', { limit: largestFile });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed(1, 'not-utf-8');
  }
}

function rowsOf(text: string): readonly Row[] {
  const firstLine = text.slice(0, longestRow).split(/\r\n|\n|\r/, 1)[0] ?? '';
  const delimiter = firstLine.includes(';') ? ';' : ',';
  try {
    return parse(text, {
      delimiter,
      info: true,
      skip_empty_lines: true,
      max_record_size: longestRow,
      relax_column_count: true,
    }) as unknown as readonly Row[];
  } catch (thrown) {
    const lines = (thrown as { lines?: unknown }).lines;
    throw malformed(typeof lines === 'number' ? lines : 1, 'quotes-or-length');
  }
}

function isHeader(record: readonly string[]): boolean {
  return record.length === columns.length && columns.every((name, index) => record[index]?.trim() === name);
}

function holderOf(record: readonly string[], line: number, today: PlainDate): Holder {
  if (record.length !== columns.length) throw malformed(line, 'columns');
  const [id, personalNumber, givenNames, surname, birthDate] = record.map((field) => field.normalize('NFC').trim());
  const fields = [id, personalNumber, givenNames, surname, birthDate];
  if (fields.some((field) => field === undefined || /\p{Cc}|\p{Cs}/u.test(field))) throw malformed(line, 'characters');
  if (!id) throw malformed(line, 'id-missing');
  if (id.length > longestId) throw malformed(line, 'id-too-long');
  if (!givenNames && !surname) throw malformed(line, 'name-missing');
  if ((givenNames ?? '').length > longestName || (surname ?? '').length > longestName)
    throw malformed(line, 'name-too-long');
  return {
    id,
    personalNumber: personalNumber ? personalNumberOf(personalNumber, line, today) : null,
    givenNames: givenNames ?? '',
    surname: surname ?? '',
    birthDate: birthDate ? birthDateOf(birthDate, line, today) : null,
  };
}

function personalNumberOf(text: string, line: number, today: PlainDate): string {
  const number = parsePersonalNumber(text, today);
  if (!number.valid) throw malformed(line, `personal-number-${number.fault}`);
  return number.digits;
}

function birthDateOf(text: string, line: number, today: PlainDate): PlainDate {
  const date = parsePlainDate(text);
  if (date === null) throw malformed(line, 'birth-date');
  if (date > today || date < earliestBirth) throw malformed(line, 'birth-date-out-of-range');
  return date;
}
