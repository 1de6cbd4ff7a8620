import { type PlainDate, parsePlainDate } from '../result/plain-date.ts';
import { unusable } from './arguments.ts';
import type { CommandCall, OptionDescriptions } from './command.ts';

/** The clock that is given to the command and not to the machine. */
export const dayOption: OptionDescriptions = {
  at: {
    kind: 'value',
    value: 'YYYY-MM-DD',
    help: 'the day for which dates and the age of lists are judged (default: today)',
  },
};

/** The day of `--at`, null where it is not given. Fails with `arguments.unusable`. */
export function givenDay({ given }: Pick<CommandCall, 'given'>): PlainDate | null {
  const text = given.value('at');
  if (text === null) return null;
  const day = parsePlainDate(text);
  if (day === null) throw unusable('a day of the calendar, YYYY-MM-DD', { option: '--at' });
  return day;
}

/** The day for which the call judges: that of `--at`, else today by the machine's clock. Fails with `arguments.unusable`. */
export function judgingDay(call: Pick<CommandCall, 'given' | 'machine'>): PlainDate {
  return givenDay(call) ?? call.machine.clock.today();
}
