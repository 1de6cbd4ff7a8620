import { importHoldersFromCsv } from '../holders/import-csv.ts';
import { readInputFile } from '../machine/input-file.ts';
import type { Command } from './command.ts';
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
    'With --json: { "read", "added", "replaced", "sharing": lines of which somebody else has the number }',
  ],
  examples: ['styrk holders import register.csv --passphrase-file /run/secrets/styrk'],
  run: async (call) => {
    const [path = ''] = call.given.positionals;
    const bytes = readInputFile(path, largestRegister);
    const { holders, lines } = importHoldersFromCsv(bytes, call.machine.clock.today());
    const { added, replaced, sharing } = await withHouse(call, { key: 'needed', readers: 'machine' }, async (house) =>
      house.importHolders(holders, lines),
    );
    call.answer(
      { read: holders.length, added, replaced, sharing },
      () => `${holders.length} holders read, ${added} added, ${replaced} replaced.\n${sharingText(sharing)}`,
    );
    return 0;
  },
};

const mostLines = 20;

function sharingText(lines: readonly number[]): string {
  if (lines.length === 0) return '';
  const named = lines.slice(0, mostLines).join(', ');
  const more = lines.length > mostLines ? ` and ${lines.length - mostLines} more` : '';
  return `Somebody else on file has the number of line ${named}${more}: have the register looked at.\n`;
}
