import * as v from 'valibot';
import { optionalGroups } from '../document/optional-groups.ts';
import { type CheckId, checkIds } from '../result/check.ts';
import { failureCodes } from '../result/failure-codes.ts';
import { purposes } from './purposes.ts';
import { documentsSchema, termsEntries } from './terms-schema.ts';

const outcome = v.picklist(['accept', 'pass over', 'refer', 'reject']);
// What could not be told is evidence of nothing: it may be passed over, which is shown, and never counts as accepted.
const withoutEvidence = v.picklist(['pass over', 'refer', 'reject']);
const against = v.picklist(['refer', 'reject']);
// The proofs that a chip is no copy: the only checks of which one may stand for the others.
const cloneProtection = [
  'chip-authentication',
  'active-authentication',
  'pace-cam',
] as const satisfies readonly CheckId[];
/** A day, in minutes: a case that stands open longer is another visit. */
export const mostEvidenceMinutes = 24 * 60;
const failureCode = v.picklist(failureCodes);
const checkId = v.picklist(checkIds);
const checkedResult = v.picklist(['successful', 'failed', 'undetermined', 'not supported', 'aborted', 'absent']);
const list = <const Item extends v.GenericSchema>(item: Item, most: number) => v.pipe(v.array(item), v.maxLength(most));
const mostGroups = 200;

const ruleSchema = v.strictObject({
  check: checkId,
  outcomes: v.strictObject({
    successful: v.literal('accept'),
    failed: against,
    undetermined: withoutEvidence,
    'not supported': outcome,
    aborted: against,
    absent: against,
  }),
  trainingNotMade: v.optional(v.nullable(withoutEvidence), null),
  codes: v.optional(v.record(failureCode, withoutEvidence), {}),
});

/** A policy as its file states it. */
export const policySchema = v.strictObject({
  id: v.picklist(['document', ...purposes]),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  documents: v.nullable(documentsSchema),
  dataGroups: v.optional(v.array(v.picklist(optionalGroups)), []),
  evidenceMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostEvidenceMinutes))),
  holder: v.optional(v.picklist(['on-file', 'from-document', 'nobody'])),
  alone: v.optional(list(checkId, checkIds.length)),
  rules: list(ruleSchema, checkIds.length + 1),
  // Results that say more together than each alone can only be worse together.
  combinations: v.optional(
    list(
      v.strictObject({
        all: v.pipe(list(v.strictObject({ check: checkId, result: checkedResult }), checkIds.length), v.minLength(1)),
        outcome: against,
      }),
      mostGroups,
    ),
    [],
  ),
  alternatives: v.optional(
    list(
      v.strictObject({
        checks: v.pipe(list(v.picklist(cloneProtection), 10), v.minLength(2)),
        none: withoutEvidence,
        trainingNone: v.optional(v.nullable(withoutEvidence), null),
      }),
      mostGroups,
    ),
    [],
  ),
  ...termsEntries,
});
