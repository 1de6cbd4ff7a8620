import type { Holder } from '../../holders/holder.ts';
import type { PlainDate } from '../../result/plain-date.ts';

/** A holder as it is sealed with others: what everybody has without its names, and the line of the file. */
export type CompactHolder = readonly [
  line: number,
  id: string,
  personalNumber: string | null,
  givenNames: string,
  surname: string,
  birthDate: string | null,
  rest?: Omit<Holder, 'id' | 'personalNumber' | 'givenNames' | 'surname' | 'birthDate'>,
];

/** The holder without names of fields, with the line of the file. */
export function compactHolder(holder: Holder, line: number): CompactHolder {
  const { id, personalNumber, givenNames, surname, birthDate, ...rest } = holder;
  const always = [line, id, personalNumber, givenNames, surname, birthDate] as const;
  return Object.keys(rest).length === 0 ? always : [...always, rest];
}

/** The holder again. */
export function holderOfCompact(compact: CompactHolder): Holder {
  const [, id, personalNumber, givenNames, surname, birthDate, rest] = compact;
  return { id, personalNumber, givenNames, surname, birthDate: birthDate as PlainDate | null, ...rest };
}
