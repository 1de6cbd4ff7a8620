import { refuseReason } from '../keeping/answering.ts';
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
    'A station keeps the newest day that it has seen, in its records and its lists, and the instants of its records. With a clock ' +
      'before them nothing can be said of dates and limits (clock.went-back). Where the clock is right and they were wrong (a record ' +
      'written while the clock ran ahead, by hours or by years), this says so: today by the clock is the newest day from now on, and ' +
      'records and lists dated later no longer count for it. A desk that runs goes by it at once.',
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
      refuseReason(reason);
      const known = station.newestDay()?.day ?? 'none';
      const seen = `Newest day known: ${known}, newest instant: ${station.newestAt()}.`;
      await confirmed(call, `${seen} Today by the clock: ${clock.today()}, ${clock.now()}.`);
      return acts.acceptClock({ names, reason });
    });
    call.answer({ ...accepted }, () => `The newest day known is ${accepted.day}.\n`);
    return 0;
  },
};
