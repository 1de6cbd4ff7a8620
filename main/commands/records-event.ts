import { retentionEvents } from '../records/retention.ts';
import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { customerOption, dayOf, meantRecords, recordsCount, signsOf } from './records-meant.ts';

const takenBack = 'taken-back';

export const command: Command = {
  positionals: '[RECORD] EVENT',
  fewest: 1,
  most: 2,
  options: {
    ...customerOption,
    on: { kind: 'value', value: 'YYYY-MM-DD', help: 'the day of the event' },
  },
  description: [
    'Says from which day the years run for which a record is kept: relationship-ended or transaction-done, on a day; taken-back ' +
      'where that was wrong. RECORD is its number or its id; --customer means all records that were there on that day. Without an ' +
      'event a record stays. The act is kept, chained and signed, and names records by number alone.',
    'With --json: { "act", "records": [n] }',
  ],
  examples: [
    'styrk records event 17 transaction-done --on 2026-11-02',
    'styrk records event --customer 4711 relationship-ended --on 2026-11-30',
    'styrk records event 17 taken-back',
  ],
  asFound: true,
  run: (call) =>
    withUnlockedKeeping<ExitStatus>(call, ({ retention }, operators) => {
      const { given } = call;
      const [first = '', second] = given.positionals;
      const [record, word] = second === undefined ? [null, first] : [first, second];
      const kind = retentionEvents.find((known) => known === word);
      if (kind === undefined && word !== takenBack)
        throw unusable(`not one of ${[...retentionEvents, takenBack].join(', ')}`, { argument: 'EVENT' });
      const event = kind === undefined ? null : { kind, on: dayOf(given, 'on') };
      const { act, records } = retention.report(meantRecords(given, record), event, signsOf(operators));
      call.answer({ act, records }, () =>
        event === null
          ? `${recordsCount(records.length)}: no event any more.\n`
          : `${recordsCount(records.length)}: ${event.kind} on ${event.on}.\n`,
      );
      return 0;
    }),
};
