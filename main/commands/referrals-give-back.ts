import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { answering, byOne } from './one-name.ts';

export const command: Command = {
  positionals: 'ID',
  fewest: 1,
  most: 1,
  options: {
    from: { kind: 'value', value: 'STATION', help: 'the station that it came from, or was to come from' },
    reason: { kind: 'value', value: 'TEXT', help: 'why it is not decided here' },
    by: byOne,
  },
  description: [
    'Gives a case back to the station that handed it over, undecided, by a supervisor: it leaves the queue here and is never taken again, ' +
      'also where its file was lost and never came. It waits there again once the file of styrk referrals answer is taken in. So it is ' +
      'decided at one of the two alone, and the acts of both say so. An ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "id", "station" }',
  ],
  examples: ["styrk referrals give-back CASE --from station-0123456789abcdef --reason 'she waits there' --operator SU"],
  run: (call) =>
    withHouse<ExitStatus>(
      call,
      { key: 'needed', readers: 'machine' },
      async ({ travel, operatingSystemUser }, operators) => {
        const [id = ''] = call.given.positionals;
        const station = call.given.value('from');
        if (station === null) throw unusable('from which station?', { option: '--from' });
        const name = answering(call, operators, operatingSystemUser);
        travel.giveBack(station, id, { name, reason: call.given.value('reason') ?? '' });
        call.answer({ id, station }, () => `${id} goes back to ${station}: styrk referrals answer writes the file.\n`);
        return 0;
      },
    ),
};
