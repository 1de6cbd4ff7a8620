import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';

const ways = {
  'personal-number': 'by personal number',
  id: 'by id',
  reference: 'by reference',
  name: 'by name',
} as const;

export const command: Command = {
  positionals: 'QUERY...',
  fewest: 1,
  most: 16,
  options: {},
  description: [
    'Finds holders by a number in any writing (other Nordic states too), id, reference, or name: words or their beginnings in ' +
      'any order, with a birth date (1985-03-02), a birth year or an initial where many have the name. At most twenty: of more ' +
      'it says how many, about, and asks for the birth date.',
    'An ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "holders": [ { "id", "personalNumber", "givenNames", "surname", "birthDate", "matchedBy": ' +
      '"personal-number" | "id" | "reference" | "name" } ] }',
  ],
  examples: ['styrk holders find --training asa', 'styrk holders find --training Göran Sjöström'],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async (house) => {
      const matches = await house.findHolders(call.given.positionals.join(' '));
      const holders = matches.map(({ holder, matchedBy }) => ({ ...holder, matchedBy }));
      call.answer({ holders }, () => {
        if (holders.length === 0) return 'No one on file fits.\n';
        const rows = holders.map(({ id, givenNames, surname, personalNumber, birthDate, matchedBy }) => [
          printable(id),
          printable(`${givenNames} ${surname}`),
          personalNumber ?? '',
          birthDate ?? '',
          ways[matchedBy],
        ]);
        return `${columns(rows).join('\n')}\n`;
      });
      return 0;
    }),
};
