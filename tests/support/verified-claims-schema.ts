import * as v from 'valibot';

/*
 * The part of the schema of `verified_claims` (OpenID Identity Assurance Schema Definition 1.0, final of October 2024, §5) that a
 * document and checks of it use: what is required, of which type, and that nothing that is there is empty. Written from the text
 * of the standard; the published schema files could not be had here.
 */

const instant = v.pipe(v.string(), v.isoTimestamp());
const day = v.pipe(v.string(), v.isoDate());
const text = v.pipe(v.string(), v.minLength(1));
const list = <const Item extends v.GenericSchema>(item: Item) => v.pipe(v.array(item), v.minLength(1));

const checkDetails = v.strictObject({
  check_method: text,
  organization: v.optional(text),
  check_id: v.optional(text),
  time: v.optional(instant),
});

const evidence = v.strictObject({
  type: v.literal('document'),
  check_details: v.optional(list(checkDetails)),
  document_details: v.optional(
    v.strictObject({
      type: text,
      document_number: v.optional(text),
      date_of_issuance: v.optional(day),
      date_of_expiry: v.optional(day),
      issuer: v.optional(v.strictObject({ name: v.optional(text), country_code: v.optional(text) })),
    }),
  ),
});

const verification = v.strictObject({
  trust_framework: text,
  assurance_level: v.optional(text),
  assurance_process: v.optional(
    v.strictObject({
      policy: v.optional(text),
      procedure: v.optional(text),
      assurance_details: v.optional(
        list(
          v.strictObject({
            assurance_type: v.optional(text),
            evidence_ref: v.optional(list(v.strictObject({ check_id: text }))),
          }),
        ),
      ),
    }),
  ),
  time: v.optional(instant),
  verification_process: v.optional(text),
  evidence: v.optional(list(evidence)),
});

export const verifiedClaimsSchema = v.strictObject({
  verification,
  claims: v.pipe(
    v.record(v.string(), v.unknown()),
    v.check((claims) => Object.keys(claims).length > 0),
  ),
});
