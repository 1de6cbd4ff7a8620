import type { Holder, KnownDocument } from '../holders/holder.ts';
import { allNumbers } from '../holders/match-personal-number.ts';
import { canonicalBytes } from '../result/canonical-json.ts';
import { fingerprintOf } from '../trust/x509/fingerprint.ts';

/** A document as known documents are told apart. */
type Known = Pick<KnownDocument, 'issuer' | 'kind' | 'number'>;

/**
 * SHA-256, in lower-case hex, of everything on file that a document was compared with: names, birth date, the numbers of all
 * countries with their validity, the level of a coordination number, and the known documents, `except` the one given. Who saw a
 * document and when is no part of it, nor is the status, which is looked up for each case.
 */
export function holderRow(holder: Holder, except: Known | null = null): string {
  const { id, personalNumber, givenNames, surname, birthDate, identityLevel, documents = [] } = holder;
  const numbers = allNumbers(holder).map(({ country, key, validFrom, validTo }) => [country, key, validFrom, validTo]);
  const known = documents.map(({ issuer, kind, number }) => [issuer, kind, number]);
  const left = except === null ? known : known.filter((one) => !same(one, [except.issuer, except.kind, except.number]));
  return fingerprintOf(
    canonicalBytes({
      id,
      personalNumber,
      givenNames,
      surname,
      birthDate,
      identityLevel: identityLevel ?? null,
      numbers: sorted(numbers),
      documents: sorted(left),
    }),
  );
}

function sorted(rows: readonly (readonly (string | null)[])[]): readonly (readonly (string | null)[])[] {
  const key = (row: readonly (string | null)[]): string => JSON.stringify(row);
  return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function same(one: readonly (string | null)[], other: readonly (string | null)[]): boolean {
  return one.every((part, index) => part === other[index]);
}
