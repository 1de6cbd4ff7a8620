import { readInputFile } from '../machine/input-file.ts';
import type { Command, ExitStatus } from './command.ts';
import { confirmed } from './confirmed.ts';
import { withHouse } from './folder-of-call.ts';
import { printable } from './layout.ts';
import { inFours } from './referrals-stations.ts';
import { byAdministrators, twoAdministrators } from './two-administrators.ts';

/** A card has some hundred bytes. */
const largestFile = 64 * 1024;

export const command: Command = {
  positionals: 'CARD',
  fewest: 1,
  most: 1,
  options: { by: byAdministrators },
  description: [
    'Trusts another station of the bank with referred cases: what it hands over is taken here, and what is handed over to it is sealed ' +
      'for it. CARD is what styrk referrals stations --card wrote there. Whoever wrote the file can have written any key: compare the ' +
      'fingerprint with what styrk referrals stations shows at the other station. It vouches for nothing else: no list and no policy.',
    'Two administrators answer for it; the act is kept, chained and signed. An ordinary data folder needs its key ' +
      '(--passphrase-file). You are asked to type yes.',
    'With --json: { "station", "name", "fingerprint", "names", "since" }',
  ],
  examples: ["styrk referrals trust kiosk-2.card --by 'A. Berg' --by 'C. Dahl' --passphrase-file KEY.txt"],
  run: (call) => {
    const bytes = readInputFile(call.given.positionals[0] ?? '', largestFile);
    return withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async ({ travel }, operators) => {
      const names = twoAdministrators(call.given, operators);
      const { card, fingerprint } = await travel.readCard(bytes);
      const { station, name } = card;
      await confirmed(call, `Station ${station} ${printable(name)}\nFingerprint: ${inFours(fingerprint)}`);
      const { since } = travel.trust(card, names);
      call.answer(
        { station, name, fingerprint, names: [...names], since },
        () => `${station} is trusted with cases.\n`,
      );
      return 0;
    });
  },
};
