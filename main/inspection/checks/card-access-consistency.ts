import type { SecurityInfo } from '../../chip/security-infos.ts';
import { equal } from '../../result/bytes.ts';
import { type Check, successful, unsuccessful } from '../../result/check.ts';
import type { PlainFailure } from '../../result/failure.ts';
import { isGone } from './access-checks.ts';
import { cardAccessUnclear } from './pace-offer.ts';

/** What the comparison rests on; null where the file was not read or could not be understood. */
export interface CardAccessFacts {
  readonly cardAccess: readonly SecurityInfo[] | null;
  /** Why EF.CardAccess was not read though it was asked for, or was read and could not be understood. */
  readonly unread: PlainFailure | null;
  readonly malformed: PlainFailure | null;
  readonly dataGroup14: readonly SecurityInfo[] | null;
  readonly dataGroup14Malformed: PlainFailure | null;
  /** Of EF.CardSecurity, null where it was not read. */
  readonly cardSecurity: readonly SecurityInfo[] | null;
  /** Whether DG14 is identical to what a security object with a verified signature lists. */
  readonly dataGroup14Verified: boolean;
}

const id = 'card-access.consistency';

/**
 * `card-access.consistency`: EF.CardAccess is read before anything is authentic, so each of its SecurityInfos must stand
 * in the verified DG14 again, also those that nobody knows; else PACE could have been weakened (9303-11 §4.2 step 3,
 * §9.2.11). DG14 may hold more.
 */
export function cardAccessConsistency(facts: CardAccessFacts, end: PlainFailure | null): Check {
  const { cardAccess, dataGroup14, cardSecurity } = facts;
  if (cardAccess === null) return withoutCardAccess(facts, end);
  if (dataGroup14 === null) {
    if (end !== null) return unsuccessful(id, 'aborted', end.code);
    const code = facts.dataGroup14Malformed?.code ?? 'data-group.missing';
    return unsuccessful(id, 'undetermined', code, { dataGroup: 14 });
  }
  const isIn = (info: SecurityInfo, infos: readonly SecurityInfo[]) =>
    infos.some((other) => equal(info.raw, other.raw));
  const missing = cardAccess.filter(
    (info) => !isIn(info, dataGroup14) || (cardSecurity !== null && !isIn(info, cardSecurity)),
  );
  if (missing.length > 0) {
    const protocols = missing.map((info) => info.protocol);
    return unsuccessful(id, 'failed', 'card-access.differs', { missing: protocols });
  }
  if (!facts.dataGroup14Verified) {
    return unsuccessful(id, 'undetermined', 'data-group.not-verified', { dataGroup: 14 });
  }
  return successful(id, { securityInfos: cardAccess.length });
}

// Only a chip that says so has no EF.CardAccess. One that is there and is nonsense offers we do not know what.
function withoutCardAccess({ unread, malformed }: CardAccessFacts, end: PlainFailure | null): Check {
  const unclear = cardAccessUnclear(unread ?? malformed);
  if (unclear !== null) return unsuccessful(id, 'undetermined', unclear.code, unclear.fields);
  if (unread !== null && !isGone(unread)) return unsuccessful(id, 'not supported', 'access.not-offered');
  if (end !== null) return unsuccessful(id, 'aborted', end.code);
  return unsuccessful(id, 'undetermined', 'file.not-read', { file: 'EF.CardAccess' });
}
