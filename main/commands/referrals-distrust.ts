import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { answering, byOne } from './one-name.ts';

export const command: Command = {
  positionals: 'STATION',
  fewest: 1,
  most: 1,
  options: { by: byOne },
  description: [
    'Trusts a station with cases no more: from now on nothing of it is taken, and nothing handed over to it. Cases that wait there stay ' +
      'there; until it is trusted again nothing comes back. One administrator is enough; the act is kept, chained and signed. An ' +
      'ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "station" }',
  ],
  examples: ["styrk referrals distrust station-0123456789abcdef --by 'A. Berg' --passphrase-file KEY.txt"],
  run: (call) =>
    withHouse<ExitStatus>(
      call,
      { key: 'needed', readers: 'machine' },
      async ({ travel, operatingSystemUser }, operators) => {
        const [station = ''] = call.given.positionals;
        travel.distrust(station, [answering(call, operators, operatingSystemUser)]);
        call.answer({ station }, () => `${station} is trusted with cases no more.\n`);
        return 0;
      },
    ),
};
