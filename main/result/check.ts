import { type FailureCode, failureCodes } from './failure-codes.ts';

/** The five results of a check (BSI TR-03135-1 §3.5). Never a boolean: *cannot be told* is not *wrong*. */
export const checkResults = ['successful', 'failed', 'undetermined', 'not supported', 'aborted'] as const;
export type CheckResult = (typeof checkResults)[number];

/** Every check of the house, in the order in which people are shown them. */
export const checkIds = [
  'access.pace',
  'access.bac',
  'access.downgrade',
  'secure-messaging',
  'passive-authentication.hashes',
  'passive-authentication.signature',
  'passive-authentication.path',
  'passive-authentication.revocation',
  'passive-authentication.validity',
  'passive-authentication.country',
  'card-access.consistency',
  'common-data.consistency',
  'chip-authentication',
  'active-authentication',
  'pace-cam',
  'document.mrz',
  'document.expiry',
  'document.type',
  'document.portrait',
  'document.data-groups',
  'document.defects',
  'document.paper',
  'register.validity',
  'document.second',
  'holder.personal-number',
  'holder.name',
  'holder.birth-date',
  'holder.status',
  'holder.age',
  'face.comparison',
  'face.presentation-attack',
  'face.injection-attack',
] as const;
export type CheckId = (typeof checkIds)[number];

// Staff look at the paper, ask a register or have a second document read for an errand: one inspection answers none of these.
const ofCase: readonly CheckId[] = ['document.paper', 'register.validity', 'document.second'];

/** The checks that one inspection answers, each once: what a document says by itself, of no holder and no face. */
export const inspectionCheckIds: readonly CheckId[] = checkIds.filter(
  (id) => !id.startsWith('holder.') && !id.startsWith('face.') && !ofCase.includes(id),
);

/** JSON values only: a check's detail goes into the record, the page and the side door's answer as it stands. */
export type Detail = null | boolean | number | string | readonly Detail[] | { readonly [key: string]: Detail };

/** One question with one result and its evidence. `code` is null exactly when the result is `successful`. */
export interface Check {
  readonly id: CheckId;
  readonly result: CheckResult;
  readonly code: FailureCode | null;
  readonly detail: { readonly [key: string]: Detail };
}

/** A check that ended well, with what it rests on. */
export function successful(id: CheckId, detail: Check['detail'] = {}): Check {
  return { id, result: 'successful', code: null, detail };
}

/** A check that did not end well: the code names why, in words that the failure catalogue knows. */
export function unsuccessful(
  id: CheckId,
  result: Exclude<CheckResult, 'successful'>,
  code: FailureCode,
  detail: Check['detail'] = {},
): Check {
  return { id, result, code, detail };
}

/** A check that this version does not make. It is shown as such and caps the verdict at `refer` outside training. */
export function notMade(id: CheckId): Check {
  return unsuccessful(id, 'undetermined', 'check.not-made');
}

const known: ReadonlySet<unknown> = new Set(failureCodes);

/**
 * What is odd about the thing that was checked, beside the result (`detail.remarks`): people are told it with the result,
 * whichever it is.
 */
export function remarksOf({ detail }: { readonly detail: { readonly remarks?: unknown } }): readonly FailureCode[] {
  const { remarks } = detail;
  return Array.isArray(remarks) ? remarks.filter((remark): remark is FailureCode => known.has(remark)) : [];
}
