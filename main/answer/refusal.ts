import * as v from 'valibot';
import { asFailure } from '../result/failure.ts';
import { failureCodes } from '../result/failure-codes.ts';
import { claimNames } from './signed-order.ts';

/** Which part of the order it was: claims, and members of `order`, by the names that its bank gives them. */
const refusalFields = claimNames;

const jsonFaults = ['not UTF-8', 'not JSON', 'a member twice', 'too deep'] as const;
const headerParts = ['alg', 'kid', 'typ', 'another member', ...jsonFaults] as const;

/** What of it was not right, or what the station does not know: words of ours, never of the message. */
const refusalReasons: readonly string[] = [
  // Of the token.
  ...['not a token', 'not base64url', 'no signature', 'algorithm', 'signature', 'another member'],
  ...jsonFaults,
  ...headerParts.map((part) => `header: ${part}`),
  // Of who sent it, and how.
  ...['issuer', 'key', 'way', 'extension', 'page', 'folder', 'system', 'message'],
];

/** The members of a refusal as it is told. */
export const refusalEntries = {
  code: v.picklist(failureCodes),
  field: v.optional(v.picklist(refusalFields)),
  reason: v.optional(v.picklist(refusalReasons)),
};
const refusalSchema = v.strictObject(refusalEntries);

/** Why an order was refused, as its bank's system hears it: by names of a closed list, and nothing that the message made up. */
export type Refusal = Readonly<v.InferOutput<typeof refusalSchema>>;

/** What its bank's system is told of a failure. */
export function refusalOf(thrown: unknown): Refusal {
  const { code, fields } = asFailure(thrown);
  const field = refusalFields.find((known) => known === fields.field);
  const reason = refusalReasons.find((known) => known === fields.reason);
  return { code, ...(field === undefined ? {} : { field }), ...(reason === undefined ? {} : { reason }) };
}
