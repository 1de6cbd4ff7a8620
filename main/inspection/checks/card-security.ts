import type { Check, Detail } from '../../result/check.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import { sameCountry } from '../../trust/country-codes.ts';
import { applyDefects } from '../../trust/defects/apply-defects.ts';
import type { PassiveAuthentication } from '../../trust/types.ts';

/** Whether EF.CardSecurity may vouch for a key of this document, and why not. */
export interface CardSecurityStanding {
  readonly result: 'successful' | 'failed' | 'undetermined';
  readonly code: FailureCode | null;
  readonly detail: { readonly [part: string]: Detail };
}

const parts = ['signature', 'path', 'revocation', 'validity', 'country'] as const;
type Part = (typeof parts)[number];

// What says that others than the issuer made the file, or may have. A signer whose day is past proves nothing any more, but
// nobody forged anything by that.
const forged: readonly Part[] = ['signature', 'path', 'revocation', 'country'];

/**
 * Passive authentication of EF.CardSecurity as a whole (9303-11 §4.4.3.5.2, §5.1; TR-03135-1 §5.6.4): everything that is
 * asked of EF.SOD's signer is asked of its signer, whether it may sign documents of this type and what defect lists say of it
 * among that, and it must be of the same state as EF.SOD's. Whether a signer is revoked may be as open as it is of EF.SOD's, for
 * the same reason: that is weighed there.
 */
export function standingOf(
  cardSecurity: PassiveAuthentication,
  securityObject: PassiveAuthentication | null,
): CardSecurityStanding {
  const checks = new Map(applyDefects(cardSecurity.checks, cardSecurity.defects).map((check) => [check.id, check]));
  const partOf = (part: Part): Check | null => checks.get(`passive-authentication.${part}`) ?? null;
  const detail = Object.fromEntries(parts.map((part) => [part, partOf(part)?.result ?? null]));
  const failed = parts.filter((part) => partOf(part)?.result === 'failed');
  const worst = failed.find((part) => forged.includes(part));
  if (worst !== undefined) return { result: 'failed', code: partOf(worst)?.code ?? null, detail };
  const state = sameState(cardSecurity, securityObject);
  if (state === false) return { result: 'failed', code: 'certificate.country-differs', detail };
  const open = parts.find((part) => {
    const found = partOf(part);
    return found?.result !== 'successful' && !(part === 'revocation' && isAsOpen(found, securityObject));
  });
  if (open !== undefined) return { result: 'undetermined', code: partOf(open)?.code ?? 'check.aborted', detail };
  return state === true
    ? { result: 'successful', code: null, detail }
    : { result: 'undetermined', code: 'certificate.country-unknown', detail };
}

function isAsOpen(found: Check | null, securityObject: PassiveAuthentication | null): boolean {
  if (found === null || found.result === 'failed') return false;
  const beside = securityObject?.checks.find(({ id }) => id === found.id);
  return beside?.result === found.result && beside.code === found.code;
}

// Null where one of the two signers is not known, or names a state that is in no table.
function sameState(one: PassiveAuthentication, other: PassiveAuthentication | null): boolean | null {
  const [signer, beside] = [one.certificatePath[0], other?.certificatePath[0]];
  return signer === undefined || beside === undefined ? null : sameCountry(signer.country, beside.country);
}
