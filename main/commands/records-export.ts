import type { Command } from './command.ts';
import { extractOptions, writeExtract } from './extract-file.ts';

export const command: Command = {
  positionals: '[RECORD]',
  fewest: 0,
  most: 1,
  options: extractOptions,
  description: [
    'Records as one file that the station signs, whole, for the bank and for authorities: contents as they were sealed, the results ' +
      'by BSI TR-03135, copies of the document where the policy keeps them. That it was made is kept as an act.',
    'With --json: { "file", "records": [n], "pdf": { "file", "undrawn" } }; "pdf" is null without --pdf, "undrawn" counts characters that ' +
      'stand as their Unicode numbers on the pages.',
  ],
  examples: [
    'styrk records export 17 --out record-17.json',
    'styrk records export 17 --out record-17.json --pdf record-17.pdf --language sv',
    'styrk records export --customer 4711 --out customer.json',
  ],
  asFound: true,
  run: (call) => writeExtract(call, 'bank'),
};
