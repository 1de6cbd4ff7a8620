import { stationKinds } from '../verification/types.ts';
import { unusable } from './arguments.ts';
import type { Command } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { stationAnswer, stationText } from './station-show.ts';

export const command: Command = {
  positionals: 'KIND',
  fewest: 1,
  most: 1,
  options: {
    name: { kind: 'value', value: 'NAME', help: 'what the station is called by those who work at it' },
  },
  description: [
    'Says what this station is: "attended" where a member of staff sees the person whose document is read, else "unattended". ' +
      'It is set once at set-up and changed by an administrator alone, needs the key of the folder, and stands in each record ' +
      'from then on.',
    'An ordinary data folder needs its key (--passphrase-file); a training folder has its own.',
    'With --json: { "kind": "attended" | "unattended", "countsAs": "attended" | "unattended", "name": TEXT | null }',
  ],
  examples: ['styrk station set attended --passphrase-file KEY.txt'],
  run: async (call) => {
    const [given] = call.given.positionals;
    const kind = stationKinds.find((known) => known === given);
    if (kind === undefined) throw unusable(`not one of ${stationKinds.join(', ')}`, { argument: 'KIND' });
    const named = call.given.value('name');
    const name = await withUnlockedKeeping(call, ({ acts, station }) => {
      acts.setStation({ kind, name: named });
      return station.name();
    });
    call.answer(stationAnswer(kind, name), () => stationText(kind, name));
    return 0;
  },
};
