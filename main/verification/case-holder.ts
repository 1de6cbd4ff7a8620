import { documentKind } from '../document/document-kind.ts';
import type { HeldNumber, Holder, KnownDocument } from '../holders/holder.ts';
import { currentNumber } from '../holders/match-personal-number.ts';
import { numberCountryOf } from '../holders/numbers/read-number.ts';
import type { InspectedDocument } from '../inspection/types.ts';
import type { CheckId } from '../result/check.ts';
import { parsePlainDate } from '../result/plain-date.ts';
import type { Role } from '../result/roles.ts';
import { holderRow } from './holder-row.ts';
import type { CaseFacts, CaseHolder, Policy } from './types.ts';

/**
 * What a record keeps of a person on file: who it was, and no more of what the register knows but a digest of it, by which a
 * later case sees whether they are on file as they were. Also of whom an earlier case took from a document: this one did not.
 */
export function caseHolder(holder: Holder): CaseHolder {
  return { ...named(holder), row: holderRow(holder) };
}

/** What a record keeps of a person whom its own case takes from a document: with the numbers that the document named. */
export function caseHolderTaken({ numbers = [], ...person }: Holder): CaseHolder {
  const told = numbers.map(({ country, key }) => ({ country, key }));
  return { ...named(person), fromDocument: true, ...(told.length > 0 ? { numbers: told } : {}) };
}

function named(holder: Holder): CaseHolder {
  const { id, personalNumber, givenNames, surname, birthDate } = holder;
  const isProtected = holder.protected === undefined ? {} : { protected: true as const };
  return { id, personalNumber, givenNames, surname, birthDate, ...isProtected };
}

/**
 * The person whom a case took from a document, as they go on file: with the numbers that it named, and with the document
 * itself as one that somebody has seen. Null where the case took nobody: they bear its id, and nobody whom an earlier case took
 * is written anew, with whatever document lay there, by another.
 */
export function holderTaken({ id: caseId, holder, document, second, decision, endedAt }: CaseFacts): Holder | null {
  if (holder?.fromDocument !== true || holder.id !== caseId || decision.outcome !== 'go-on') return null;
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

/**
 * The document that an accepted case puts on file as one that somebody has seen as this person's; null where it puts none. The
 * policy allows it, the verdict was `accept` and was gone on with, staff answered that it is this person, and the document was read
 * in this case: never of a permit, which is nobody's proof, and of a case that was referred, by verdict or by decision, only where
 * the policy says `approved`, a supervisor (`roleOf` tells the role of an operator by their id) decided it, and nothing spoke against
 * it but that such a document has no number.
 */
export function documentSeen(
  facts: CaseFacts,
  policy: Pick<Policy, 'knownDocuments'>,
  roleOf: (operatorId: string) => Role | null,
): KnownDocument | null {
  const { holder, document, decision, face, freshness, endedAt } = facts;
  const wentOn = decision.outcome === 'go-on' && face?.answer === 'same' && !freshness;
  const accepted = facts.verdict.verdict === 'accept' && facts.referral === undefined;
  const approved = policy.knownDocuments === 'approved' && isApproved(facts, roleOf);
  if (policy.knownDocuments === 'none' || !wentOn || !(accepted || approved)) return null;
  const seenOn = parsePlainDate(endedAt.slice(0, 'YYYY-MM-DD'.length));
  if (holder === null || document === null || document.number === '' || seenOn === null) return null;
  const seen = seenDocument(document, decision.by.sign, seenOn);
  return seen.kind === 'passport' || seen.kind === 'identity-card' ? seen : null;
}

// What one colleague let pass once is not green for ever: everything else must have passed, name and birth date among it, and the
// one who answers for it is another than those who had the case, of a role above theirs.
function isApproved(
  { verdict, checks, decision, referral, handledBy = [] }: CaseFacts,
  roleOf: (operatorId: string) => Role | null,
): boolean {
  const { source, operatorId } = decision.by;
  if (referral === undefined || source !== 'operator' || operatorId === undefined) return false;
  if (roleOf(operatorId) !== 'supervisor') return false;
  // Of whoever opened the referral at the desk the last is the one who decides.
  if ([referral.by, ...handledBy.slice(0, -1)].some((one) => one.operatorId === operatorId)) return false;
  const passed = (id: CheckId): boolean => {
    const made = checks.filter((check) => check.id === id);
    return made.length > 0 && made.every(({ result }) => result === 'successful');
  };
  const [number, ...more] = checks.filter(({ id }) => id === 'holder.personal-number');
  const hasNone =
    more.length === 0 && number?.code === 'holder.no-personal-number' && number.detail.inDocument === false;
  const alone =
    verdict.verdict === 'refer' && verdict.reasons.every((reason) => reason === 'holder.no-personal-number');
  return hasNone && alone && passed('holder.name') && passed('holder.birth-date');
}

/** A person with the documents that cases put on file as theirs, beside those that their own row names. */
export function withKnownDocuments(holder: Holder, seen: readonly KnownDocument[]): Holder {
  const { documents = [] } = holder;
  const isNamed = (one: KnownDocument): boolean =>
    documents.some(({ issuer, kind, number }) => issuer === one.issuer && kind === one.kind && number === one.number);
  const others = seen.filter((one) => !isNamed(one));
  return others.length === 0 ? holder : { ...holder, documents: [...documents, ...others] };
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
