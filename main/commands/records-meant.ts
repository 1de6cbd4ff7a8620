import type { MeantRecords } from '../keeping/retention/retention-keeping.ts';
import { operatingSystemUser } from '../machine/clock.ts';
import { type PlainDate, parsePlainDate } from '../result/plain-date.ts';
import type { Operator } from '../store/operators/operator.ts';
import { unusable } from './arguments.ts';
import type { OptionDescriptions, ParsedArguments } from './command.ts';

/** The option that means all records of somebody on file. */
export const customerOption: OptionDescriptions = {
  customer: {
    kind: 'value',
    private: true,
    value: 'ID',
    help: 'all records of this customer, by the id that the register gives',
  },
};

/** The records that a call means: those of `--customer`, else the one that it names. Fails with `arguments.unusable`. */
export function meantRecords(given: ParsedArguments, record: string | null): MeantRecords {
  const customer = given.value('customer');
  if (customer !== null && record !== null)
    throw unusable('a record or a customer, not both', { option: '--customer' });
  if (customer !== null) return { customer };
  if (record === null) throw unusable('a record, or --customer', { argument: 'RECORD' });
  return { record };
}

/** A day that an option must give. Fails with `arguments.unusable`. */
export function dayOf(given: ParsedArguments, option: string): PlainDate {
  const day = parsePlainDate(given.value(option) ?? '');
  if (day === null) throw unusable('a day of the calendar, YYYY-MM-DD', { option: `--${option}` });
  return day;
}

/** Who signs an act: the operators who gave the command, else whose account it is. */
export function signsOf(operators: readonly Operator[]): readonly string[] {
  return operators.length > 0 ? operators.map(({ sign }) => sign) : [operatingSystemUser()];
}

/** `1 record`, `3 records`. */
export function recordsCount(count: number): string {
  return `${count} ${count === 1 ? 'record' : 'records'}`;
}
