import { digest } from '../../crypto/hash.ts';
import { equal } from '../../result/bytes.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { isSignerNamed } from '../cms/signed-data-signature.ts';
import { sameCountry } from '../country-codes.ts';
import { isFreshOn } from '../path/freshness.ts';
import type { DefectFinding, KnownDefect, StoredDefectList, TrustLimits } from '../types.ts';
import type { Certificate } from '../x509/certificate.ts';
import { openDefectList, plainNumber } from './defect-list.ts';
import type { DefectEntry } from './defect-types.ts';

/** What is known of a document when it is looked up; null where it was not read. */
export interface DefectSubject {
  readonly signer: Certificate | null;
  /** Who issued it, as far as anything says so: the code of DG1, the country of the signer's issuer. */
  readonly states: readonly string[];
  /** Document code of the MRZ: `P`, `ID`. */
  readonly documentType: string | null;
  readonly documentNumber: string | null;
  readonly issued: PlainDate | null;
}

/** Looks a document up in the lists that were verified at import. A list that cannot be read any more fails the reading. */
export function findDefects(
  stored: readonly StoredDefectList[],
  subject: DefectSubject,
  { at, limits }: { readonly at: PlainDate; readonly limits: TrustLimits },
): DefectFinding {
  const found = { true: [] as KnownDefect[], unknown: [] as KnownDefect[] };
  const speaking = stored
    .map(openDefectList)
    .map(({ entries, state, ...list }) => ({ entries, list, speaks: speaksFor(state, subject.states) }))
    .filter(({ speaks }) => speaks !== false);
  for (const { entries, list, speaks } of speaking)
    for (const entry of entries) {
      const answer = applies(entry, subject);
      if (answer === false) continue;
      const named = entry.signer !== null || entry.certificateHash !== null;
      const certain = answer === true && speaks === true;
      found[certain ? 'true' : 'unknown'].push(...entry.defects.map((defect) => ({ defect, list, named })));
    }
  const lists = speaking.map(({ list }) => list);
  return {
    lists,
    at,
    limits,
    fresh: lists.some(({ kind, date }) => isFreshOn({ kind, date, nextUpdate: null }, at, limits)),
    known: found.true,
    possible: found.unknown,
  };
}

/**
 * Whether a list speaks for a document: a state's deviation list for its own ones (9303-3 §7). `unknown` where a code is in
 * no table; a document of which nobody knows the state is nobody's.
 */
function speaksFor(state: string | null, states: readonly string[]): boolean | 'unknown' {
  if (state === null) return true;
  const answers = states.map((code) => sameCountry(code, state));
  if (answers.length === 0 || answers.includes(false)) return false;
  return answers.includes(null) ? 'unknown' : true;
}

/**
 * Whether an entry means this document: every condition that it states is met, and it states one (9303-3 §7). `unknown` where
 * only the day of issue is missing: a chip that keeps DG12 to itself does not leave a list that way.
 */
export function applies(entry: DefectEntry, subject: DefectSubject): boolean | 'unknown' {
  const { signer, certificateHash, documentType, issued, documentNumbers } = entry;
  const conditions: (boolean | 'unknown' | null)[] = [
    signer === null ? null : subject.signer !== null && isSignerNamed(signer, subject.signer),
    certificateHash === null
      ? null
      : subject.signer !== null && equal(digest(certificateHash.hash, subject.signer.der), certificateHash.value),
    // One letter stands for all document codes that begin with it (9303-12 §7.1.1.6).
    documentType === null ? null : (subject.documentType ?? '').startsWith(documentType),
    issued === null ? null : subject.issued === null ? 'unknown' : isWithin(subject.issued, issued),
    documentNumbers === null
      ? null
      : subject.documentNumber !== null && documentNumbers.has(plainNumber(subject.documentNumber)),
  ];
  const stated = conditions.filter((condition) => condition !== null);
  if (stated.length === 0 || stated.includes(false)) return false;
  if (!stated.includes('unknown')) return true;
  return stated.includes(true) ? 'unknown' : false;
}

function isWithin(day: PlainDate, { first, last }: NonNullable<DefectEntry['issued']>): boolean {
  return first <= day && day <= last;
}
