import { largestSignedFile } from '../fleet/signed-file.ts';
import { readInputFile } from '../machine/input-file.ts';
import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { answering, byOne } from './one-name.ts';

export const command: Command = {
  positionals: 'FILE',
  fewest: 1,
  most: 1,
  options: { by: byOne },
  description: [
    'Takes a file of another station that is trusted here: referred cases, which wait in the queue of this station from then on ' +
      '(styrk referrals list), or how cases that were handed over to it ended, each of which is a record here too, and is answered to its ' +
      'bank. A file that comes twice changes nothing. An ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "kind": "referrals", "from", "taken": [ids], "already": [ids] } or { "kind": "outcomes", "from", "decided": ' +
      '[ { "id", "outcome", "record", "answer" } ], "returned": [ids], "already": [ids], "refused": [ { "id", "code" } ] }; "answer" is the signed answer to a signed order, else null. Exit status: 0 taken, ' +
      '1 some of it refused, 2 nothing was taken.',
  ],
  examples: ['styrk referrals import /media/stick/kiosk-2.referrals --passphrase-file KEY.txt'],
  run: (call) => {
    const bytes = readInputFile(call.given.positionals[0] ?? '', largestSignedFile);
    return withHouse<ExitStatus>(
      call,
      { key: 'needed', readers: 'machine' },
      async ({ travel, operatingSystemUser }, operators) => {
        const brought = await travel.take(bytes, answering(call, operators, operatingSystemUser));
        if (brought.kind === 'referrals') {
          const { kind, from, taken, already } = brought;
          call.answer({ kind, from, taken: [...taken], already: [...already] }, () => {
            const known = already.length === 0 ? '' : `, ${already.length} had come before`;
            return `${taken.length} from ${from} wait here${known}.\n`;
          });
          return 0;
        }
        const { kind, from, decided, returned, already, refused } = brought;
        const told = {
          decided: decided.map((each) => ({ ...each })),
          returned: [...returned],
          already: [...already],
          refused: refused.map((each) => ({ ...each })),
        };
        call.answer({ kind, from, ...told }, () => {
          const lines = [
            ...decided.map(({ id, outcome, record }) => `${id}: ${outcome}, record ${record}`),
            ...returned.map((id) => `${id}: given back, waits here again`),
            ...refused.map(({ id, code }) => `${id}: not taken (${code})`),
            ...(already.length === 0 ? [] : [`${already.length} had come before.`]),
          ];
          return lines.map((line) => `${line}\n`).join('');
        });
        return refused.length === 0 ? 0 : 1;
      },
    );
  },
};
