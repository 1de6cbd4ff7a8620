import { failureWords } from '../../resources/failures/failures.ts';
import type { ShownMatch } from '../house/house.ts';
import { isDigitalIdCard } from '../result/digital-id-card.ts';
import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { holderName } from './holder-name.ts';
import { columns, printable } from './layout.ts';

const ways = {
  'personal-number': 'by personal number',
  id: 'by id',
  reference: 'by reference',
  name: 'by name',
  document: 'by document',
} as const;

function cells(holder: ShownMatch['holder']): string[] {
  const { id, personalNumber, birthDate } = holder;
  return [printable(id), printable(holderName(holder)), personalNumber ?? '', birthDate ?? ''];
}

export const command: Command = {
  positionals: 'QUERY...',
  privatePositionals: true,
  fewest: 1,
  most: 16,
  options: {},
  description: [
    'Finds holders by a number in any writing (other Nordic states too), id, reference, or name: words or their beginnings in ' +
      'any order, with a birth date (1985-03-02), a birth year or an initial where many have the name. At most twenty: of more ' +
      'it says how many, about, and asks for the birth date.',
    'A - instead of QUERY reads it from standard input: the list of processes shows arguments to whoever is on the machine. ' +
      'An ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "holders": [ { "id", "personalNumber", "givenNames", "surname", "birthDate", "matchedBy": ' +
      '"personal-number" | "id" | "reference" | "name" } ] }, and where the directory of the bank is set "directory": { "holders", "fetchedAt", "code" }: ' +
      'code is null where it answered now, and each id begins with directory: as verify takes it. Of a protected identity supervisors alone see more than its id and "protected": "withheld". The content of the code of a digital identity card (BANKIDF.) is verified by its service.',
  ],
  examples: [
    'styrk holders find --training asa',
    'styrk holders find --training Göran Sjöström',
    'styrk holders find --training - <NUMBER.txt',
  ],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async (house, [operator]) => {
      const viewer = operator?.role ?? null;
      const typed = call.given.positionals.join(' ');
      const query = isDigitalIdCard(typed) ? (await house.verifyDigitalId(typed)).personalNumber : typed;
      const matches = await house.findHolders(query, viewer);
      const directory = await house.findInDirectory(query, viewer);
      const holders = matches.map(({ holder, matchedBy }) => ({ ...holder, matchedBy }));
      if (directory?.code !== null && directory !== null)
        call.note(
          `${failureWords('en', directory.code).happened} (${directory.code}) The directory said so at ${directory.fetchedAt}.`,
        );
      call.answer(directory === null ? { holders } : { holders, directory }, () => {
        const others = (directory?.holders ?? []).map((holder) => [...cells(holder), "in the bank's directory"]);
        if (holders.length + others.length === 0) return 'No one on file fits.\n';
        const rows = matches.map(({ holder, matchedBy }) => [...cells(holder), ways[matchedBy]]);
        return `${columns([...rows, ...others]).join('\n')}\n`;
      });
      return 0;
    }),
};
