import type { Command } from './command.ts';
import { confirmed } from './confirmed.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { byAdministrators, twoAdministrators } from './two-administrators.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {
    by: byAdministrators,
    reason: { kind: 'value', value: 'TEXT', help: 'why the day that the station has seen was wrong' },
  },
  description: [
    'A station keeps the newest day that it has seen, in its records and its lists. With a clock before that day nothing can be ' +
      'said of dates (clock.went-back). Where the clock is right and that day was wrong (a record written while the clock ran ' +
      'ahead), this says so: today by the clock is the newest day from now on, and lists dated later no longer count for it.',
    'Two administrators answer for it; the act is kept, chained and signed. An ordinary data folder needs its key ' +
      '(--passphrase-file). You are asked to type yes.',
    'With --json: { "before": day | null, "day" }',
  ],
  examples: ["styrk clock accept --by 'A. Berg' --by 'C. Dahl' --reason 'clock battery replaced'"],
  run: async (call) => {
    const reason = call.given.value('reason') ?? '';
    const { clock } = call.machine;
    const accepted = await withUnlockedKeeping(call, async ({ acts, station }, operators) => {
      const names = twoAdministrators(call.given, operators);
      const known = station.newestDay()?.day ?? 'none';
      await confirmed(call, `Newest day known: ${known}. Today by the clock: ${clock.today()}.`);
      return acts.acceptClock({ names, reason });
    });
    call.answer({ ...accepted }, () => `The newest day known is ${accepted.day}.\n`);
    return 0;
  },
};
