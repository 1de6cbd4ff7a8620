import type { Mrz, PersonalDetails } from '../../document/types.ts';
import { type Check, checkIds } from '../../result/check.ts';
import { inspectedDocument } from '../inspected-document.ts';
import type { InspectedDocument } from '../types.ts';
import type { Contents } from './contents.ts';
import type { Facts } from './facts.ts';
import { consistencyCheck, contentChecks, documentChecks } from './file-checks.ts';
import { byClock, isIdentical, isSigned, passiveAuthenticationChecks, withDefects } from './passive-checks.ts';
import { openingChecks, proofChecks } from './session-checks.ts';

/** What facts come to. */
export interface Judgement {
  /** Every check of a document exactly once, in the order of `checkIds`. */
  readonly checks: readonly Check[];
  readonly document: InspectedDocument | null;
  readonly mrz: Mrz | null;
  /** Null also where the signed EF.SOD does not vouch for DG11: then it proves nothing of the person. */
  readonly details: PersonalDetails | null;
  /** Whether the path of the security object ends in the simulator's issuers. */
  readonly specimen: boolean;
}

/**
 * The one way from facts to checks, for a chip that was read just now, for what was saved of one and for loose files: what
 * a door could not see is a fact (`evidence.facts` null, a file that is missing), never another rule. Pure: no clock, no
 * lookup; the same facts come to the same checks. `contents` are what the files of `facts` say.
 */
export function judgeFacts(facts: Facts, contents: Contents): Judgement {
  const passive = passiveAuthenticationChecks(facts);
  const checks = [
    ...openingChecks(facts, contents),
    ...passive,
    ...documentChecks(facts, contents, passive),
    ...contentChecks(facts, contents),
    consistencyCheck(facts, contents, passive),
    ...proofChecks(facts, contents, passive),
  ];
  const mrz = contents.of('EF.DG1');
  // Hashes alone are anybody's: without the issuer's signature over them DG11 says nothing of the person.
  const details = isSigned(passive) && isIdentical(passive, 'DG11') ? contents.of('EF.DG11') : null;
  return {
    checks: withDefects(facts, checks)
      .map((check) => byClock(facts, check))
      .toSorted((a, b) => checkIds.indexOf(a.id) - checkIds.indexOf(b.id)),
    document: mrz === null ? null : inspectedDocument(mrz, details),
    mrz,
    details,
    specimen: passive.some(({ id, detail }) => id === 'passive-authentication.path' && detail.training === true),
  };
}
