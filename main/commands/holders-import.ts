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
    'With --json: { "read", "added", "replaced" }',
  ],
  examples: ['styrk holders import register.csv --passphrase-file /run/secrets/styrk'],
  run: async (call) => {
    const [path = ''] = call.given.positionals;
    const bytes = readInputFile(path, largestRegister);
    const { holders, lines } = importHoldersFromCsv(bytes, call.machine.clock.today());
    const { added, replaced } = await withHouse(call, { key: 'needed', readers: 'machine' }, async (house) =>
      house.importHolders(holders, lines),
    );
    call.answer(
      { read: holders.length, added, replaced },
      () => `${holders.length} holders read, ${added} added, ${replaced} replaced.\n`,
    );
    return 0;
  },
};
