import { type Check, type CheckId, checkIds, type Detail, unsuccessful } from '../../result/check.ts';
import { applyDefects } from '../../trust/defects/apply-defects.ts';
import { judgedByClock } from '../../trust/path/clock-check.ts';
import { isRight } from '../../trust/x509/weak-signature.ts';
import { endOf, type Facts, unreadIn } from './facts.ts';

const passiveAuthenticationIds = checkIds.filter((id) => id.startsWith('passive-authentication.'));

/** The checks of passive authentication, each once, as what was read lets them stand. */
export function passiveAuthenticationChecks(facts: Facts): readonly Check[] {
  const end = endOf(facts);
  const { securityObject, cardSecurity } = facts.passive;
  if (securityObject === null) {
    const missing = unreadIn(facts, 'EF.SOD');
    const chipSeen = facts.evidence.facts !== null;
    return passiveAuthenticationIds.map((id) => {
      if (chipSeen && (end !== null || missing === null))
        return unsuccessful(id, 'aborted', end?.code ?? 'check.aborted');
      // Of a chip that nobody saw, EF.CardSecurity may be all that there is: then its signature is the one in question.
      const alone = chipSeen ? undefined : cardSecurity?.checks.find((check) => check.id === id);
      const reason = missing?.code ?? null;
      return alone ?? unsuccessful(id, 'undetermined', 'security-object.missing', chipSeen ? { reason } : {});
    });
  }
  // A reading that was torn off proves nothing about the groups that it did not reach.
  return securityObject.checks.map((check) =>
    check.id === 'passive-authentication.hashes' && end !== null && check.result !== 'failed'
      ? unsuccessful(check.id, 'aborted', end.code, check.detail)
      : check,
  );
}

/** Known defects change what other checks came to, so they come last (TR-03135-1 §5.8). */
export function withDefects(facts: Facts, checks: readonly Check[]): readonly Check[] {
  const end = endOf(facts);
  if (end !== null) return [...checks, unsuccessful('document.defects', 'aborted', end.code)];
  const { securityObject, cardSecurity } = facts.passive;
  const alone = facts.evidence.facts === null ? cardSecurity : null;
  const defects = (securityObject ?? alone)?.defects ?? null;
  return defects === null
    ? [...checks, unsuccessful('document.defects', 'undetermined', 'security-object.missing')]
    : applyDefects(checks, defects);
}

// Expiry and the age of defect lists rest on the day; passive authentication's own checks have been judged by it already.
const datedIds: readonly CheckId[] = ['document.expiry', 'document.defects'];

/** The check as it stands by the station's clock. */
export function byClock({ at, newestKnown, behind }: Facts, check: Check): Check {
  return datedIds.includes(check.id) ? judgedByClock(check, at, { newestKnown, behind }) : check;
}

/** Whether a data group is what the security object lists; `DG14`. */
export function isIdentical(checks: readonly Check[], group: string): boolean {
  const groups = checks.find((check) => check.id === 'passive-authentication.hashes')?.detail.dataGroups;
  if (typeof groups !== 'object' || groups === null || Array.isArray(groups)) return false;
  return (groups as { readonly [group: string]: Detail })[group] === 'identical';
}

/**
 * Whether the security object's signature is right. Also where it is weak: that is told once, by its own check, and what the
 * issuer signed is not called unsigned for it.
 */
export function isSigned(checks: readonly Check[]): boolean {
  const signature = checks.find((check) => check.id === 'passive-authentication.signature');
  return signature !== undefined && isRight(signature);
}
