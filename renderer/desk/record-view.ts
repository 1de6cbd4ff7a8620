import * as v from 'valibot';
import { checkSchema, conditionSchema, orderViewSchema } from '../../preload/contract.ts';

const { issuer, text, amount, reference, expiresAt, source } = orderViewSchema.entries;
const orderShown = v.object({
  order: v.object({ issuer, text, amount, reference, expiresAt }),
  source,
  boundBy: v.picklist(['active-authentication', 'station']),
});

const documentShown = v.object({
  type: v.picklist(['passport', 'identity-card', 'residence-permit', 'other']),
  issuer: v.string(),
  number: v.string(),
});

// A record's content is sealed as it was; the page reads of it what it can show and leaves the rest to the whole text.
const shown = v.object({
  // There where the identity is protected: lists name nobody then, and others than supervisors are shown no details.
  holder: v.optional(v.nullable(v.object({ protected: v.optional(v.unknown()) })), null),
  withheld: v.optional(v.literal('protected-identity')),
  // Missing in records of earlier apps.
  stationKind: v.optional(v.nullable(v.picklist(['attended', 'unattended']))),
  document: v.nullable(documentShown),
  // Missing where one document was laid.
  second: v.optional(v.object({ document: v.nullable(documentShown), checks: v.array(checkSchema) })),
  checks: v.array(checkSchema),
  // Missing where the case had none.
  order: v.optional(orderShown),
  face: v.nullable(v.object({ answer: v.picklist(['same', 'not-same', 'unsure']), reason: v.nullable(v.string()) })),
  verdict: v.object({
    reasons: v.array(v.string()),
    passedOver: v.array(v.string()),
    // Missing in records of earlier apps.
    conditions: v.optional(v.array(conditionSchema), []),
  }),
  decision: v.object({
    reason: v.nullable(v.string()),
    by: v.object({ sign: v.string(), source: v.picklist(['typed', 'operating-system', 'operator']) }),
  }),
  stolenStatus: v.optional(v.string(), 'not checked'),
  begunAt: v.string(),
  endedAt: v.string(),
  taps: v.number(),
});

export type ShownRecord = v.InferOutput<typeof shown>;

/** The parts of a record that the page shows by name; null where the content is of another schema. */
export function shownRecord(content: Readonly<Record<string, unknown>>): ShownRecord | null {
  const read = v.safeParse(shown, content);
  return read.success ? read.output : null;
}
