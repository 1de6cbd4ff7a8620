import { parse } from 'csv-parse/sync';
import { longest } from '../result/bounds.ts';
import { Failure } from '../result/failure.ts';
import { type PlainDate, parsePlainDate } from '../result/plain-date.ts';
import type { Holder, ImportedHolders, RowRemark } from './holder.ts';
import { type NumberRemark, readRowNumber } from './numbers/row-number.ts';

const columns = ['id', 'personalNumber', 'givenNames', 'surname', 'birthDate'] as const;
const nameColumns: ReadonlySet<number> = new Set([columns.indexOf('givenNames'), columns.indexOf('surname')]);
const largestFile = 64 * 1024 * 1024;
const mostRows = 250_000;
const longestRow = 4096;
const longestId = 64;
const earliestBirth = '1800-01-01';

interface Row {
  readonly record: readonly string[];
  /** The line on which it begins. */
  readonly line: number;
}

/** How far the parser has come: lines that are read, and those of them that were empty. */
interface ReadingPlace {
  readonly lines: number;
  readonly empty_lines: number;
}

/**
 * Reads a register export: CSV in UTF-8 with the header `id,personalNumber,givenNames,surname,birthDate`, separated by
 * comma or semicolon, as a spreadsheet writes it: any kind of line break from row to row, empty rows, a line break inside
 * a quoted name. All or nothing: the first bad row throws `holder.import-malformed` with the line on which it begins and the
 * reason, never its contents. `today` bounds birth dates; the century of a number with ten digits is settled by the birth date
 * of its row, and by `today` where it has none; a number of another day is refused, and what is odd and taken is told. One number may stand in two rows: states have given numbers twice.
 */
export function importHoldersFromCsv(bytes: Uint8Array, today: PlainDate): ImportedHolders {
  const rows = rowsOf(textOf(bytes));
  const header = rows[0];
  if (header === undefined || !isHeader(header.record)) throw malformed(header?.line ?? 1, 'header');
  if (rows.length - 1 > mostRows) throw malformed(rows[mostRows + 1]?.line ?? 0, 'too-many-rows');

  const holders: Holder[] = [];
  const lines: number[] = [];
  const remarks: RowRemark[] = [];
  const ids = new Set<string>();
  for (const { record, line } of rows.slice(1)) {
    const holder = holderOf(record, line, today, (remark) => remarks.push({ line, remark }));
    if (ids.has(holder.id)) throw malformed(line, 'id-twice');
    ids.add(holder.id);
    holders.push(holder);
    lines.push(line);
  }
  return { holders, lines, remarks };
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
  // One kind of line break: the parser takes its row end from the first row, and counts CRLF inside quotes as two lines.
  const plain = text.replace(/\r\n?/g, '\n');
  const firstLine = plain.slice(0, longestRow).trimStart().split('\n', 1)[0] ?? '';
  const rows: Row[] = [];
  let place: ReadingPlace = { lines: 0, empty_lines: 0 };
  // A row begins after the one before it and the empty lines between them, wherever a quoted line break makes it end.
  const lineAfter = (at: ReadingPlace): number => place.lines + 1 + at.empty_lines - place.empty_lines;
  try {
    parse(plain, {
      delimiter: firstLine.includes(';') ? ';' : ',',
      record_delimiter: '\n',
      skip_empty_lines: true,
      max_record_size: longestRow,
      relax_column_count: true,
      on_record: (record: readonly string[], at: ReadingPlace) => {
        if (record.some((field) => field.trim() !== '')) rows.push({ record, line: lineAfter(at) });
        place = { lines: at.lines, empty_lines: at.empty_lines };
        return null;
      },
    });
  } catch (thrown) {
    throw malformed(isReadingPlace(thrown) ? lineAfter(thrown) : 1, 'quotes-or-length');
  }
  return rows;
}

function isReadingPlace(thrown: unknown): thrown is ReadingPlace {
  const { lines, empty_lines: empty } = thrown as { lines?: unknown; empty_lines?: unknown };
  return typeof lines === 'number' && typeof empty === 'number';
}

function isHeader(record: readonly string[]): boolean {
  return record.length === columns.length && columns.every((name, index) => record[index]?.trim() === name);
}

function holderOf(
  record: readonly string[],
  line: number,
  today: PlainDate,
  tell: (remark: NumberRemark) => void,
): Holder {
  if (record.length !== columns.length) throw malformed(line, 'columns');
  // A cell may hold a name on several lines; in a name a line break is a space.
  const tidy = (field: string, index: number): string =>
    (nameColumns.has(index) ? field.replace(/\s+/g, ' ') : field).normalize('NFC').trim();
  const [id, personalNumber, givenNames, surname, birthDate] = record.map(tidy);
  const fields = [id, personalNumber, givenNames, surname, birthDate];
  if (fields.some((field) => field === undefined || /\p{Cc}|\p{Cs}/u.test(field))) throw malformed(line, 'characters');
  if (!id) throw malformed(line, 'id-missing');
  if (id.length > longestId) throw malformed(line, 'id-too-long');
  if (!givenNames && !surname) throw malformed(line, 'name-missing');
  if ((givenNames ?? '').length > longest.personName || (surname ?? '').length > longest.personName)
    throw malformed(line, 'name-too-long');
  const born = birthDate ? birthDateOf(birthDate, line, today) : null;
  const number = personalNumber ? readRowNumber('SWE', personalNumber, { today, birthDate: born }) : null;
  if (number?.outcome === 'refused') throw malformed(line, `personal-number-${number.fault}`);
  for (const remark of number?.remarks ?? []) tell(remark);
  return {
    id,
    personalNumber: number?.number.key ?? null,
    givenNames: givenNames ?? '',
    surname: surname ?? '',
    birthDate: born,
  };
}

function birthDateOf(text: string, line: number, today: PlainDate): PlainDate {
  const date = parsePlainDate(text);
  if (date === null) throw malformed(line, 'birth-date');
  if (date > today || date < earliestBirth) throw malformed(line, 'birth-date-out-of-range');
  return date;
}
