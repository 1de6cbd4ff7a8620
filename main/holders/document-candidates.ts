import { documentKind } from '../document/document-kind.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { Holder } from './holder.ts';
import { matchHolder } from './match.ts';
import { matchBirthDate } from './match-birth-date.ts';
import { matchName } from './match-name.ts';
import { allNumbers } from './match-personal-number.ts';
import { isLikePerson } from './new-holder.ts';
import { newHolder, type Register } from './new-holders.ts';
import { numberKey } from './numbers/read-number.ts';
import type { ReadPerson } from './read-person.ts';
import { documentKey, documentKeys } from './search.ts';

/** Why somebody on file may be the person whom a document names, the surest first. `alike`: name and birth date leave it open. */
const candidateReasons = ['number', 'known-document', 'earlier-number', 'name-and-birth-date', 'alike'] as const;
type CandidateReason = (typeof candidateReasons)[number];

/** Somebody on file who may be the document's person. Nobody is taken by it: people say who it is. */
export interface Candidate {
  readonly holder: Holder;
  readonly reasons: readonly CandidateReason[];
  /** What of the document is another than what is on file: it may be somebody else all the same. */
  readonly against: readonly FailureCode[];
}

export interface Candidates {
  /** Those for whom the surest reason speaks first; of equals those whom nothing speaks against. */
  readonly found: readonly Candidate[];
  /** So many on file bear the name that nobody looked whether one of them is meant. */
  readonly tooMany: boolean;
}

/**
 * Who on file a document may belong to, by its lines alone: whoever has its number, or had it, whose document it is known to be, and
 * whoever bears the name and may be born on the day.
 */
export function documentCandidates(read: ReadPerson, register: Register): Candidates {
  const { person, onFile, tooMany } = newHolder(read, register);
  const { documentCode, issuer, documentNumber } = read.mrz;
  const document = { issuer, kind: documentKind(documentCode, issuer), number: documentNumber };
  const known = register.find({ kind: 'document', document }).map(({ holder }) => holder);
  const once = new Map([...onFile, ...known].map((holder) => [holder.id, holder]));
  const numbers = new Set(allNumbers(person).map(numberKey));
  const found = [...once.values()].map((holder): Candidate => {
    const same = allNumbers(holder).filter((number) => numbers.has(numberKey(number)));
    const fits = [matchName(holder, read.mrz, read.details), matchBirthDate(holder, read)];
    const isSure = fits.every(({ result }) => result === 'successful');
    const is: Readonly<Record<CandidateReason, boolean>> = {
      number: same.some(({ validTo }) => validTo === null),
      'known-document': documentKeys(holder).includes(documentKey(document)),
      'earlier-number': same.some(({ validTo }) => validTo !== null),
      'name-and-birth-date': isSure,
      alike: !isSure && isLikePerson(holder, read),
    };
    const reasons = candidateReasons.filter((reason) => is[reason]);
    return { holder, reasons, against: speaksAgainst(holder, read) };
  });
  return { found: found.toSorted((a, b) => rank(a) - rank(b) || a.against.length - b.against.length), tooMany };
}

/** What the lines say against the document being this person's. What they leave open says nothing against. */
export function speaksAgainst(holder: Holder, { mrz, today }: Omit<ReadPerson, 'details'>): readonly FailureCode[] {
  return matchHolder({ holder, mrz, details: null, today }).flatMap(({ result, code }) =>
    result === 'failed' && code !== null ? [code] : [],
  );
}

function rank({ reasons: [surest] }: Candidate): number {
  return surest === undefined ? candidateReasons.length : candidateReasons.indexOf(surest);
}
