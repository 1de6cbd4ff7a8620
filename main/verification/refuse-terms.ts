import type { CheckId } from '../result/check.ts';
import type { Failure } from '../result/failure.ts';
import { floorChecks, stricter } from './floor.ts';
import { silentTerms } from './terms.ts';
import type { Policy, PolicyRule, Purpose } from './types.ts';

// A credential is renewed, a customer taken on and a device replaced by a document that was read for it; an age is no errand
// of anybody on file, whose earlier record could be known again.
const alwaysRead: readonly Policy['id'][] = ['document', 'renew-bankid', 'new-customer', 'replace-device', 'age'];
const holderless: readonly Purpose[] = ['age'];

/**
 * Refuses terms that no policy can have: those of an errand in the one for documents, a freshness where the document is to be
 * read each time, overrides of the floor, thresholds that cross, and rules that count an open answer as none where the answer is required.
 */
export function refuseTerms(policy: Policy, malformed: (reason: string, check?: CheckId) => Failure): void {
  const { id, freshness, overrides, age, rules } = policy;
  if (id === 'document') {
    const { conditions: _, ...ofErrand } = silentTerms;
    const stated = (Object.keys(ofErrand) as (keyof typeof ofErrand)[]).find(
      (key) => JSON.stringify(policy[key]) !== JSON.stringify(silentTerms[key]),
    );
    if (stated !== undefined) throw malformed(`${stated} belongs to a purpose`);
  }
  if (freshness !== null && alwaysRead.includes(id)) throw malformed('the document is read each time for this purpose');
  if (freshness?.purposes.some((purpose) => holderless.includes(purpose)))
    throw malformed('a record of nobody on file cannot count again');
  // The level of a number is looked at where the person is compared, which an earlier reading leaves out.
  if (freshness !== null && policy.identityLevels !== null)
    throw malformed('an earlier reading cannot count where levels of numbers do');
  const { machineComparison } = policy;
  if (machineComparison !== null && machineComparison.againstBelow > machineComparison.supportsFrom)
    throw malformed('a machine would support and not support at once');
  if (policy.identityLevels !== null && policy.holder !== 'on-file')
    throw malformed('levels of numbers are those of people on file');
  if (policy.permitFor !== null && policy.documentsInCase === 'one')
    throw malformed('a permit is required where one document is taken');
  if (policy.orderSource === 'signed' && policy.order === 'none')
    throw malformed('a signed order where none has a place');
  if (policy.knownDocuments !== 'none' && policy.holder !== 'on-file')
    throw malformed('documents go on file of people on file');
  if ((id === 'age') !== (age !== null)) throw malformed('an age is asked for by the purpose age, and by no other');
  const overridden = overrides.flatMap(({ checks }) => checks).find((check) => floorChecks(id).includes(check));
  if (overridden !== undefined) throw malformed('below the floor', overridden);
  const refused = (check: CheckId): Failure => malformed('what is required would be passed over', check);
  if (policy.paper === 'required' && passesOver(rules, 'document.paper', ['undetermined', 'not supported']))
    throw refused('document.paper');
  // Documents of other states are in no register that could be asked: what they lead to is the bank's to say.
  if (policy.register === 'required' && passesOver(rules, 'register.validity', ['undetermined']))
    throw refused('register.validity');
}

function passesOver(
  rules: readonly PolicyRule[],
  check: CheckId,
  open: readonly ('undetermined' | 'not supported')[],
): boolean {
  const rule = rules.find((each) => each.check === check);
  if (rule === undefined) return false;
  const outcomes = [...open.map((result) => rule.outcomes[result]), ...Object.values(rule.codes)];
  return outcomes.some((outcome) => stricter(outcome, 'refer') !== outcome);
}
