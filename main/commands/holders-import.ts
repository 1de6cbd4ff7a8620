import type { RowRemark } from '../holders/holder.ts';
import { importHoldersFromCsv } from '../holders/import-csv.ts';
import type { NumberRemark } from '../holders/numbers/row-number.ts';
import { readInputFile } from '../machine/input-file.ts';
import { asFailure } from '../result/failure.ts';
import type { Command, CommandCall } from './command.ts';
import { withHouse } from './folder-of-call.ts';

const largestRegister = 64 * 1024 * 1024;

export const command: Command = {
  positionals: 'FILE',
  fewest: 1,
  most: 1,
  options: {},
  description: [
    'Takes a register of holders: CSV in UTF-8, separated by comma or semicolon, with the header ' +
      'id,personalNumber,givenNames,surname,birthDate (YYYY-MM-DD). All rows are taken or none: the first bad one is named ' +
      'by its line. A holder whose id is known is replaced. What is stored is sealed, and found by keyed indexes alone.',
    'An ordinary data folder needs its key (--passphrase-file).',
    'Two holders may have one number: both are taken, and the lines are named of which somebody else on file has the number.',
    'With --json: { "read", "added", "replaced", "sharing": lines of which somebody else has the number, ' +
      '"remarks": [{ "line", "remark": "stale-sign" | "neighbour-day" }] }',
  ],
  examples: ['styrk holders import register.csv --passphrase-file /run/secrets/styrk'],
  run: async (call) => {
    const [path = ''] = call.given.positionals;
    const bytes = readInputFile(path, largestRegister);
    const { holders, lines, remarks } = registerIn(bytes, call);
    const { added, replaced, sharing } = await withHouse(call, { key: 'needed', readers: 'machine' }, async (house) =>
      house.importHolders(holders, lines),
    );
    call.answer(
      {
        read: holders.length,
        added,
        replaced,
        sharing,
        remarks: remarks.map(({ line, remark }) => ({ line, remark })),
      },
      () =>
        `${holders.length} ${holders.length === 1 ? 'holder' : 'holders'} read, ${added} added, ${replaced} replaced.\n${sharingText(sharing)}${remarksText(remarks)}`,
    );
    return 0;
  },
};

// The failure names line and reason for a program; whoever mends the file is told what the line lacks.
function registerIn(bytes: Uint8Array, call: CommandCall) {
  try {
    return importHoldersFromCsv(bytes, call.machine.clock.today());
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    const words = code === 'holder.import-malformed' ? reasons[String(fields.reason)] : undefined;
    if (words !== undefined) call.note(`Line ${fields.line}: ${words}.`);
    throw thrown;
  }
}

// Each reason of `importHoldersFromCsv`. Never what the line holds: it is somebody's personal data.
const reasons: Readonly<Record<string, string>> = {
  header: 'the header is not id,personalNumber,givenNames,surname,birthDate',
  'too-many-rows': 'there are more rows than one file may have',
  'not-utf-8': 'the file is not written in UTF-8',
  'quotes-or-length': 'a quotation mark is not closed, or the row is too long',
  columns: 'there are not five columns',
  characters: 'there is a character that no name or number has',
  'id-missing': 'the id is missing',
  'id-too-long': 'the id is too long',
  'id-twice': 'an earlier line has the same id',
  'name-missing': 'given names and surname are both missing',
  'name-too-long': 'a name is too long',
  'birth-date': 'the birth date is not written YYYY-MM-DD, or is no day',
  'birth-date-out-of-range': 'the birth date lies in the future or too far back',
  'personal-number-form': 'the personal number has not ten or twelve digits',
  'personal-number-contradiction':
    'the century of the personal number cannot be told, or its birth date says otherwise',
  'personal-number-future': 'the personal number is of a day to come',
  'personal-number-date': 'the personal number names no day',
  'personal-number-check-digit': 'the last digit of the personal number does not fit the others',
};

const mostLines = 20;

function sharingText(lines: readonly number[]): string {
  return lines.length === 0
    ? ''
    : `Somebody else on file has the number of line ${named(lines)}: have the register looked at.\n`;
}

// `readRowNumber`: taken, and told.
const remarkWords: Readonly<Record<NumberRemark, string>> = {
  'stale-sign': 'The number has a minus where the person has turned a hundred',
  'neighbour-day': 'The number names another day of the month than the birth date',
};

function remarksText(remarks: readonly RowRemark[]): string {
  const kinds = [...Map.groupBy(remarks, ({ remark }) => remark)];
  return kinds
    .map(([remark, rows]) => `${remarkWords[remark]}: line ${named(rows.map(({ line }) => line))}.\n`)
    .join('');
}

function named(lines: readonly number[]): string {
  const more = lines.length > mostLines ? ` and ${lines.length - mostLines} more` : '';
  return `${lines.slice(0, mostLines).join(', ')}${more}`;
}
