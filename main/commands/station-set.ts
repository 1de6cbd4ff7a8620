import { stationKinds } from '../verification/types.ts';
import { unusable } from './arguments.ts';
import type { Command } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { stationAnswer, stationText } from './station-show.ts';

export const command: Command = {
  positionals: 'KIND',
  fewest: 1,
  most: 1,
  options: {},
  description: [
    'Says what this station is: "attended" where a member of staff sees the person whose document is read, else "unattended". ' +
      'It is set once at set-up and changed by an administrator alone, needs the key of the folder, and stands in each record ' +
      'from then on.',
    'An ordinary data folder needs its key (--passphrase-file); a training folder has its own.',
    'With --json: { "kind": "attended" | "unattended", "countsAs": "attended" | "unattended" }',
  ],
  examples: ['styrk station set attended --passphrase-file KEY.txt'],
  run: async (call) => {
    const [given] = call.given.positionals;
    const kind = stationKinds.find((known) => known === given);
    if (kind === undefined) throw unusable(`not one of ${stationKinds.join(', ')}`, { argument: 'KIND' });
    await withUnlockedKeeping(call, ({ acts }) => acts.setKind(kind));
    call.answer(stationAnswer(kind), () => stationText(kind));
    return 0;
  },
};
