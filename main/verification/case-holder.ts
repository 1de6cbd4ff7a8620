import { documentKind } from '../document/document-kind.ts';
import type { HeldNumber, Holder, KnownDocument } from '../holders/holder.ts';
import { currentNumber } from '../holders/match-personal-number.ts';
import { numberCountryOf } from '../holders/numbers/read-number.ts';
import type { InspectedDocument } from '../inspection/types.ts';
import { parsePlainDate } from '../result/plain-date.ts';
import type { CaseFacts, CaseHolder } from './types.ts';

/**
 * What a record keeps of a person on file: who it was, and no more of what the register knows. A holder that a case takes
 * from a document keeps the numbers that the document named.
 */
export function caseHolder({ id, ...person }: Holder): CaseHolder {
  const { personalNumber, givenNames, surname, birthDate, fromDocument, numbers = [] } = person;
  const named = fromDocument === true ? numbers.map(({ country, key }) => ({ country, key })) : [];
  return {
    id,
    personalNumber,
    givenNames,
    surname,
    birthDate,
    ...(fromDocument === true ? { fromDocument } : {}),
    ...(named.length > 0 ? { numbers: named } : {}),
    ...(person.protected === undefined ? {} : { protected: true }),
  };
}

/**
 * The person whom a case took from a document, as they go on file: with the numbers that it named, and with the document
 * itself as one that somebody has seen. Null where the case took nobody.
 */
export function holderTaken({ holder, document, second, decision, endedAt }: CaseFacts): Holder | null {
  if (holder?.fromDocument !== true) return null;
  const { id, personalNumber, givenNames, surname, numbers = [] } = holder;
  const seenOn = parsePlainDate(endedAt.slice(0, 'YYYY-MM-DD'.length));
  const seen = [document, second?.document ?? null].flatMap((each) =>
    each === null || seenOn === null ? [] : [seenDocument(each, decision.by.sign, seenOn)],
  );
  return {
    id,
    personalNumber,
    givenNames,
    surname,
    birthDate: holder.birthDate === null ? null : parsePlainDate(holder.birthDate),
    fromDocument: true,
    ...(numbers.length > 0 ? { numbers: numbers.flatMap(heldNumber) } : {}),
    ...(seen.length > 0 ? { documents: seen } : {}),
  };
}

function heldNumber({ country: code, key }: NonNullable<CaseHolder['numbers']>[number]): readonly HeldNumber[] {
  const country = numberCountryOf(code);
  return country === null ? [] : [currentNumber({ country, key })];
}

function seenDocument(
  { code, issuer, number }: InspectedDocument,
  seenBy: string,
  seenOn: KnownDocument['seenOn'],
): KnownDocument {
  return { issuer, kind: documentKind(code, issuer), number, seenBy, seenOn };
}
