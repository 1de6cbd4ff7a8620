import type { Command } from './command.ts';
import { confirmed } from './confirmed.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { historyText } from './trust-history.ts';
import { byAdministrators, twoAdministrators } from './two-administrators.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: { by: byAdministrators },
  description: [
    'Takes the newest change of the trust store back: everything is as it was before it. Again for the one before. Two ' +
      'administrators answer for it by name; the history keeps both the change and its taking back, and updates do not take ' +
      'the same files again. The state before the last 20 changes is kept. A withdrawn signer (trust unpin) is not restored, and ' +
      'one that was pinned with the change stays pinned. What was revoked stays revoked.',
    'The act is kept, chained and signed. An ordinary data folder needs its key (--passphrase-file). You are asked to type yes.',
    'With --json: { "restored": entry of trust history }. Exit status 2 (trust.nothing-to-restore) where there is nothing.',
  ],
  examples: ["styrk trust restore --by 'A. Berg' --by 'C. Dahl'"],
  asFound: true,
  run: async (call) => {
    const restored = await withUnlockedKeeping(call, async ({ acts }, operators) => {
      const names = twoAdministrators(call.given, operators);
      const next = acts.nextRestored();
      const told =
        next === null ? 'Nothing is there to take back.' : `This change is taken back:\n${historyText([next])}`;
      await confirmed(call, told);
      return acts.restore(names);
    });
    call.answer({ restored }, () => `${historyText([restored])}\n`);
    return 0;
  },
};
