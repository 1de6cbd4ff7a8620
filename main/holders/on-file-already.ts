import type { PlainDate } from '../result/plain-date.ts';
import type { Holder } from './holder.ts';
import { matchName } from './match-name.ts';
import { allNumbers } from './match-personal-number.ts';
import { looseForm, wordsOf } from './name-words.ts';
import { everybody, type Register, unlessTooMany } from './new-holders.ts';
import { registeredNumber } from './search.ts';

const nothingInZone = { name: { surname: '', givenNames: '', maybeTruncated: false } } as const;

/**
 * Who on file has a number of this person, who is about to go there too, or bears their name and is born on one of these days, or
 * on one that nobody knows; null where so many bear the name that nobody can look. No days: of any.
 */
export function onFileAlready(
  person: Pick<Holder, 'surname' | 'givenNames' | 'personalNumber' | 'numbers'>,
  days: readonly PlainDate[],
  register: Register,
): readonly Holder[] | null {
  const { surname, givenNames } = person;
  const byNumber = allNumbers(person).flatMap((number) =>
    register.find({ kind: 'personal-number', personalNumber: registeredNumber(number) }),
  );
  const words = [...new Set(wordsOf(surname === '' ? givenNames : surname).map(looseForm))];
  const born = days.length === 0 ? [{}] : days.map((birthDate) => ({ birthDate, orNoBirthDate: true }));
  const looked = words.flatMap((word) =>
    born.map((day) => unlessTooMany(() => register.find({ kind: 'name', words: [word], ...day }, everybody))),
  );
  if (looked.includes(null)) return null;
  const byName = looked
    .flatMap((bearers) => bearers ?? [])
    .filter(
      ({ holder }) => matchName(holder, nothingInZone, { fullName: { surname, givenNames } }).result !== 'failed',
    );
  return [...new Map([...byNumber, ...byName].map(({ holder }) => [holder.id, holder] as const)).values()];
}
