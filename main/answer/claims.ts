import type { NumberSource } from '../holders/document-numbers.ts';
import type { RecordContent } from '../records/types.ts';

/**
 * What an order may ask of the person, by the names of OpenID Connect Core §5.1, OpenID Identity Assurance (`nationalities`),
 * and OIDC Sweden; `document` is number, kind, issuer and expiry of what was shown.
 */
export const askedClaims = [
  'given_name',
  'family_name',
  'birthdate',
  'nationalities',
  'https://id.oidc.se/claim/personalIdentityNumber',
  'https://id.oidc.se/claim/coordinationNumber',
  'document',
] as const;
export type AskedClaim = (typeof askedClaims)[number];

type Ground = Pick<RecordContent, 'document' | 'checks' | 'holder'>;

/** A claim about the person (`document` is evidence and none), as the chip's DG1 says it; undefined where it says nothing. */
export function claimOf(name: Exclude<AskedClaim, 'document'>, content: Ground) {
  const person = content.document?.holder;
  if (person === undefined) return undefined;
  const number = provedNumber(content);
  switch (name) {
    case 'given_name':
      return person.givenNames === '' ? undefined : person.givenNames;
    case 'family_name':
      return person.surname === '' ? undefined : person.surname;
    case 'birthdate':
      return provedBirthDate(content) ?? undefined;
    case 'nationalities':
      return [person.nationality];
    case 'https://id.oidc.se/claim/personalIdentityNumber':
      return number?.kind === 'personal' ? number.value : undefined;
    case 'https://id.oidc.se/claim/coordinationNumber':
      return number?.kind === 'coordination' ? number.value : undefined;
  }
}

// DG1 writes two digits of the year: only a date whose century was told, or that can be of one century alone, is anybody's.
function provedBirthDate({ document, checks, holder }: Ground): string | null {
  const found = checks.find(({ id }) => id === 'holder.birth-date');
  if (found === undefined) return holder?.fromDocument === true ? holder.birthDate : null;
  if (found.result !== 'successful') return null;
  const printed = document?.holder.birthDate ?? null;
  return found.detail.source === 'DG1' ? printed : (holder?.birthDate ?? null);
}

const inDocument: readonly string[] = ['DG1 optional data', 'DG11 personal number'] satisfies readonly NumberSource[];

// Only a number that the document bears and that was found to be this person's: what a chip carries in its optional data is
// not yet a number of Sweden.
function provedNumber({ document, checks, holder }: Ground) {
  const found = checks.find(({ id }) => id === 'holder.personal-number');
  const compared = found?.result === 'successful' && inDocument.includes(String(found.detail.source));
  const value = holder?.personalNumber ?? '';
  if (document?.issuer !== 'SWE' || !/^\d{12}$/.test(value)) return null;
  if (!compared && holder?.fromDocument !== true) return null;
  // Of a coordination number the day is 60 more (Skatteverket, SKV 707).
  return { kind: Number(value.slice(6, 8)) > 60 ? ('coordination' as const) : ('personal' as const), value };
}
