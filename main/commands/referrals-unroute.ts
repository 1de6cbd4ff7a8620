import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { answering, byOne } from './one-name.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: { by: byOne },
  description: [
    'Referred cases go nowhere by themselves any more: they wait here until somebody decides them or hands them over (styrk referrals ' +
      'export). Those that went are decided where they wait, and their ends come back. One administrator is enough; the act is kept, ' +
      'chained and signed. An ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "station" }: where they went until now, null where nowhere.',
  ],
  examples: ["styrk referrals unroute --by 'A. Berg' --passphrase-file KEY.txt"],
  run: (call) =>
    withHouse<ExitStatus>(
      call,
      { key: 'needed', readers: 'machine' },
      async ({ travel, operatingSystemUser }, operators) => {
        const station = travel.endRoute([answering(call, operators, operatingSystemUser)]);
        call.answer({ station }, () =>
          station === null ? 'Cases went nowhere by themselves.\n' : `Cases go to ${station} by themselves no more.\n`,
        );
        return 0;
      },
    ),
};
