import type { Command } from './command.ts';
import { writeExtract } from './extract-file.ts';
import { customerOption } from './records-meant.ts';

export const command: Command = {
  positionals: '[RECORD]',
  fewest: 0,
  most: 1,
  options: {
    ...customerOption,
    out: { kind: 'value', value: 'FILE', help: 'where it goes: a file that is not there yet' },
  },
  description: [
    'Records as one file that the station signs, whole, for the bank and for authorities: contents as they were sealed, the results ' +
      'by BSI TR-03135, copies of the document where the policy keeps them. That it was made is kept as an act.',
    'With --json: { "file", "records": [n] }',
  ],
  examples: [
    'styrk records export 17 --out record-17.json',
    'styrk records export --customer 4711 --out customer.json',
  ],
  asFound: true,
  run: (call) => writeExtract(call, 'bank'),
};
