import type { Command } from './command.ts';
import { extractOptions, writeExtract } from './extract-file.ts';

export const command: Command = {
  positionals: '[RECORD]',
  fewest: 0,
  most: 1,
  options: extractOptions,
  description: [
    'An extract for the person whose data it is (GDPR article 15): all records of a customer and what the register says of them, ' +
      'signed by the station, without the names of staff. That it was made is kept as an act. What was erased is in no extract.',
    'With --json: { "file", "records": [n], "pdf": { "file", "undrawn" } }; "pdf" is null without --pdf, "undrawn" counts characters that ' +
      'stand as their Unicode numbers on the pages.',
  ],
  examples: ['styrk records extract --customer 4711 --out extract.json'],
  asFound: true,
  run: (call) => writeExtract(call, 'person'),
};
