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

export function holderOfCompact(compact: CompactHolder): Holder {
  const [, id, personalNumber, givenNames, surname, birthDate, rest] = compact;
  return { id, personalNumber, givenNames, surname, birthDate: birthDate as PlainDate | null, ...rest };
}
