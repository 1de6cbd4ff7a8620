import type { SecurityInfo } from '../../chip/security-infos.ts';
import { equal } from '../../result/bytes.ts';
import { type Check, successful, unsuccessful } from '../../result/check.ts';

/** What the comparison rests on; null where the file was not read or could not be understood. */
export interface CardAccessFacts {
  readonly cardAccess: readonly SecurityInfo[] | null;
  readonly dataGroup14: readonly SecurityInfo[] | null;
  /** Of EF.CardSecurity, null where it was not read. */
  readonly cardSecurity: readonly SecurityInfo[] | null;
  /** Whether DG14 is identical to what a security object with a verified signature lists. */
  readonly dataGroup14Verified: boolean;
}

/**
 * `card-access.consistency`: EF.CardAccess is read before anything is authentic, so each of its SecurityInfos must stand
 * in the verified DG14 again, also those that nobody knows; else PACE could have been weakened (9303-11 §4.2 step 3,
 * §9.2.11). DG14 may hold more.
 */
export function cardAccessConsistency(facts: CardAccessFacts): Check {
  const { cardAccess, dataGroup14, cardSecurity } = facts;
  if (cardAccess === null) return unsuccessful('card-access.consistency', 'not supported', 'access.not-offered');
  if (dataGroup14 === null)
    return unsuccessful('card-access.consistency', 'undetermined', 'data-group.missing', { dataGroup: 14 });
  const isIn = (info: SecurityInfo, infos: readonly SecurityInfo[]) =>
    infos.some((other) => equal(info.raw, other.raw));
  const missing = cardAccess.filter(
    (info) => !isIn(info, dataGroup14) || (cardSecurity !== null && !isIn(info, cardSecurity)),
  );
  if (missing.length > 0) {
    const protocols = missing.map((info) => info.protocol);
    return unsuccessful('card-access.consistency', 'failed', 'card-access.differs', { missing: protocols });
  }
  if (!facts.dataGroup14Verified) {
    return unsuccessful('card-access.consistency', 'undetermined', 'data-group.not-verified', { dataGroup: 14 });
  }
  return successful('card-access.consistency', { securityInfos: cardAccess.length });
}
