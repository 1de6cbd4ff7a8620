import { unusable } from './arguments.ts';
import type { Command } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { columns } from './layout.ts';
import { byAdministrators, twoAdministrators } from './two-administrators.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {
    'ml-dsa-44': {
      kind: 'flag',
      value: '',
      help: 'by ML-DSA-44 beside the own key; once more: by a new key from now on',
    },
    ed25519: { kind: 'flag', value: '', help: "by the station's own key alone from now on" },
    by: byAdministrators,
  },
  description: [
    "How checkpoints of the log are signed. The station's own key (Ed25519) signs each; with ML-DSA-44 (FIPS 204), which withstands " +
      'quantum computers, a second signature stands beside it, as C2SP tlog-checkpoint advises. It takes some milliseconds of each record. ' +
      'Keys that signed once stay known, for what they signed. Without options it shows the keys. Two administrators answer for ' +
      'a change, and the act is kept, chained and signed.',
    'An ordinary data folder needs its key (--passphrase-file). With --json: { "keys": [the own one, then those by ML-DSA-44, the newest first], "newest": [ "ed25519", "ml-dsa-44" ]: how the newest checkpoint is signed }',
  ],
  examples: ["styrk records sign --ml-dsa-44 --by 'A. Berg' --by 'C. Dahl'"],
  asFound: true,
  run: (call) =>
    withUnlockedKeeping(call, ({ log: keeping }, operators) => {
      const { given } = call;
      const [beside, alone] = [given.flag('ml-dsa-44'), given.flag('ed25519')];
      if (beside && alone) throw unusable('one of them', { option: '--ed25519' });
      if (beside || alone) keeping.signBy(beside ? 'ml-dsa-44' : 'ed25519', twoAdministrators(given, operators));
      const log = keeping.log();
      const keys = log?.verifierKeys() ?? [];
      const newest = log?.signedBy() ?? [];
      call.answer({ keys, newest }, () => {
        const rows = [...keys.map((key) => ['Key:', key]), ['Newest:', newest.join(' and ')]];
        return `${columns(rows).join('\n')}\n`;
      });
      return 0;
    }),
};
