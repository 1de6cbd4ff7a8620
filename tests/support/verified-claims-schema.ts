import * as v from 'valibot';

/*
 * The part of the schema of `verified_claims` (OpenID Identity Assurance Schema Definition 1.0, "Verified claims") that a document
 * and checks of it use: what is required, of which form, and that no list that is there is empty. Compared member by member with
 * the working group's own text after the final of October 2024 (openid-ida-verified-claims-1_0-03, incorporating errata set 1). The
 * final as it was published could not be had here, and neither could the JSON Schema files that go with it: those of draft 12,
 * which could, are no part of the standard and say less (`check_method` and the document's `type` are required by the text alone).
 */

// ISO 8601 as the standard narrows it: `YYYY-MM-DDThh:mm[:ss]TZD`, no fractions of a second.
const instant = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)$/));
const day = v.pipe(v.string(), v.isoDate());
const text = v.pipe(v.string(), v.minLength(1));
const list = <const Item extends v.GenericSchema>(item: Item) => v.pipe(v.array(item), v.minLength(1));

const checkDetails = v.strictObject({
  check_method: text,
  organization: v.optional(text),
  check_id: v.optional(text),
  time: v.optional(instant),
});

// `name`, the members of the `address` claim of OpenID Connect Core §5.1.1, and two of its own.
const issuer = v.strictObject({
  name: v.optional(text),
  formatted: v.optional(text),
  street_address: v.optional(text),
  locality: v.optional(text),
  region: v.optional(text),
  postal_code: v.optional(text),
  country: v.optional(text),
  country_code: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{1,3}$/))),
  jurisdiction: v.optional(text),
});

const evidence = v.strictObject({
  type: v.literal('document'),
  check_details: v.optional(list(checkDetails)),
  document_details: v.optional(
    v.strictObject({
      type: text,
      document_number: v.optional(text),
      serial_number: v.optional(text),
      date_of_issuance: v.optional(day),
      date_of_expiry: v.optional(day),
      issuer: v.optional(issuer),
    }),
  ),
});

const assuranceDetails = v.strictObject({
  assurance_type: v.optional(text),
  assurance_classification: v.optional(text),
  evidence_ref: v.optional(
    list(
      v.strictObject({
        check_id: text,
        evidence_metadata: v.optional(v.strictObject({ evidence_classification: v.optional(text) })),
      }),
    ),
  ),
});

const verification = v.pipe(
  v.strictObject({
    trust_framework: text,
    assurance_level: v.optional(text),
    assurance_process: v.optional(
      v.strictObject({
        policy: v.optional(text),
        procedure: v.optional(text),
        assurance_details: v.optional(list(assuranceDetails)),
      }),
    ),
    time: v.optional(instant),
    verification_process: v.optional(text),
    evidence: v.optional(list(evidence)),
  }),
  // What an `evidence_ref` names stands in the `check_details` of the evidence.
  v.check(({ assurance_process: process, evidence: shown }) => {
    const checked = new Set(shown?.flatMap((one) => one.check_details?.map(({ check_id: id }) => id) ?? []));
    const named = process?.assurance_details?.flatMap((one) => one.evidence_ref ?? []) ?? [];
    return named.every(({ check_id: id }) => checked.has(id));
  }, 'evidence_ref names a check that is not there'),
);

/** One `verified_claims` object. `claims` may be empty, where the verification alone is told. */
export const verifiedClaimsSchema = v.strictObject({ verification, claims: v.record(v.string(), v.unknown()) });
