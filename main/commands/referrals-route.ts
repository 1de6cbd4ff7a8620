import type { Command, ExitStatus } from './command.ts';
import { confirmed } from './confirmed.ts';
import { withHouse } from './folder-of-call.ts';
import { printable } from './layout.ts';
import { inFours } from './referrals-stations.ts';
import { byAdministrators, twoAdministrators } from './two-administrators.ts';

export const command: Command = {
  positionals: 'STATION',
  fewest: 1,
  most: 1,
  options: { by: byAdministrators },
  description: [
    'From now on the cases that are referred here go to that station by themselves, over the database of headquarters (styrk fleet set), ' +
      "as soon as it can be reached: they leave the queue here, and wait in that station's. It must be trusted (styrk referrals trust), and " +
      'trust this one. Nobody on the way reads them; how they ended comes back the same way. It takes the place of the route before, and ' +
      'ends with styrk referrals unroute, or when that station is trusted no more.',
    'Two administrators answer for it; the act is kept, chained and signed. An ordinary data folder needs its key ' +
      '(--passphrase-file). You are asked to type yes.',
    'With --json: { "station", "names", "since" }',
  ],
  examples: ["styrk referrals route station-0123456789abcdef --by 'A. Berg' --by 'C. Dahl' --passphrase-file KEY.txt"],
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async ({ travel, fleet }, operators) => {
      const [station = ''] = call.given.positionals;
      const names = twoAdministrators(call.given, operators);
      const known = travel.stations().find((each) => each.station === station);
      if (known !== undefined)
        await confirmed(
          call,
          `Cases go to ${station} ${printable(known.name)}\nFingerprint: ${inFours(known.fingerprint)}`,
        );
      const { since } = travel.setRoute(station, names);
      if (!fleet.isSet()) call.note('No headquarters is set: until styrk fleet set nothing goes there.');
      call.answer({ station, names: [...names], since }, () => `Referred cases go to ${station} by themselves.\n`);
      return 0;
    }),
};
