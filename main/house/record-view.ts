import { holderChecksFor, isWithheld, personFor, type Viewer } from '../holders/holder-view.ts';
import type { InspectedDocument } from '../inspection/types.ts';
import type { RecordContent } from '../records/types.ts';
import type { Check } from '../result/check.ts';

/** A record's content as it is shown: whole, or (`withheld`) without what tells of a person whose identity is protected. */
export type ShownContent = Readonly<Record<string, unknown>>;

// What says how the case was dealt with. A field that is not named here, now or by a later app, tells of the person until somebody
// has looked at it. Reasons are staff's own words for whoever looks at records.
const ofTheCase = [
  'schema',
  'schemaVersion',
  'id',
  'training',
  'station',
  'stationKind',
  'purpose',
  'policy',
  'verdict',
  'decision',
  'face',
  'paper',
  'whyNotEid',
  'begunAt',
  'endedAt',
  'readAt',
  'handledBy',
  'referral',
  'elsewhere',
  'taps',
  'access',
  'reading',
  'freshness',
  'retention',
  'stolenStatus',
] as const satisfies readonly (keyof RecordContent)[];

// Checks of the chip and of who made it: what they found names no holder.
const ofTheChip: readonly string[] = [
  'access.',
  'secure-messaging',
  'card-access.',
  'passive-authentication.',
  'chip-authentication',
  'active-authentication',
  'pace-cam',
  'common-data.',
];

/**
 * A record as this viewer may see it. `protectedNow` says that the person it is about is on file as protected today, whatever the
 * record of then says. The record itself stays whole, and what proves it (hash, signature, log) is over all of it.
 */
export function contentFor(viewer: Viewer, content: RecordContent, protectedNow: boolean): ShownContent {
  const { holder, document, second, order, checks } = content;
  const person = { protected: protectedNow ? true : holder?.protected };
  if (holder === null || !isWithheld(viewer, person)) return { ...content };
  const kept = Object.fromEntries(ofTheCase.flatMap((key) => (key in content ? [[key, content[key]]] : [])));
  return {
    ...kept,
    withheld: 'protected-identity',
    holder: personFor(viewer, { ...holder, ...person }),
    document: bare(document),
    ...(second === undefined
      ? {}
      : { second: { ...second, document: bare(second.document), checks: second.checks.map(chipAlone) } }),
    checks: holderChecksFor(viewer, person, checks).map(chipAlone),
    ...(order === undefined
      ? {}
      : { order: { ...order, order: { ...order.order, text: '', reference: null, customer: null } } }),
  };
}

function bare(document: InspectedDocument | null) {
  if (document === null) return null;
  const { type, code, issuer } = document;
  return { type, code, issuer, number: '', expiry: null, holder: null };
}

function chipAlone(check: Check): Check {
  return ofTheChip.some((beginning) => check.id.startsWith(beginning)) ? check : { ...check, detail: {} };
}
