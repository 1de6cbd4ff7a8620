import type { Command, ExitStatus } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { customerOption, dayOf, meantRecords, recordsCount, signsOf } from './records-meant.ts';

export const command: Command = {
  positionals: '[RECORD]',
  fewest: 0,
  most: 1,
  options: {
    ...customerOption,
    authority: { kind: 'value', value: 'TEXT', help: 'which authority or court asks for it, with its reference' },
    reason: { kind: 'value', value: 'TEXT', help: 'why' },
    until: { kind: 'value', value: 'YYYY-MM-DD', help: 'the last day; five years more than usual at most' },
  },
  description: [
    'Keeps records longer than their years, because an authority or a court asks for it, case by case. Authority and reason are ' +
      'sealed: whom an authority looks into is told to nobody. The act that is chained and signed holds numbers and the last day.',
    'With --json: { "hold", "records": [n] }; the number of the hold is what release takes.',
  ],
  examples: ["styrk records hold 17 --authority 'Finanspolisen 12-345' --reason 'pending inquiry' --until 2034-01-31"],
  asFound: true,
  run: (call) =>
    withUnlockedKeeping<ExitStatus>(call, ({ retention }, operators) => {
      const { given } = call;
      const meant = meantRecords(given, given.positionals[0] ?? null);
      const until = dayOf(given, 'until');
      const [authority, reason] = [given.value('authority') ?? '', given.value('reason') ?? ''];
      const { hold, records } = retention.hold(meant, { authority, reason, until }, signsOf(operators));
      call.answer({ hold, records }, () => `Hold ${hold}: ${recordsCount(records.length)}, until ${until}.\n`);
      return 0;
    }),
};
