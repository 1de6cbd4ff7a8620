import * as v from 'valibot';
import { longest } from '../main/result/bounds.ts';
import { code, count, list, nothing, purposeSchema, text } from './contract-parts.ts';

/*
 * The policies by which the station judges, explained in words: a part of the contract (`contract.ts`). The words come from the main
 * process, in the language of the interface, made of the policy as it judges: nothing stands there that no case is held to.
 */

/** Bounds of what is shown. */
const bounds = { policies: 20, entries: 200, lines: 100, gaps: 200 } as const;
const line = text(2000);
const id = v.union([v.literal('document'), purposeSchema]);
/** `in-force`; `own`: the app's own where another one is in force; `chosen`: the one in the file that somebody looks at. */
const edition = v.picklist(['in-force', 'own', 'chosen']);

const entrySchema = v.object({
  /** The check, or the field: by it two policies are laid beside each other. */
  key: text(80),
  about: line,
  lines: list(line, bounds.lines),
});

/** The calls of this part. */
export const policiesMethods = {
  /**
   * The policies in force, that for documents first, and the file that is looked at. Fails with `policy.malformed`,
   * `policy.issuer-not-pinned`, `trust.tampered`.
   */
  'policies.all': {
    args: nothing,
    answer: v.object({
      policies: list(
        v.object({
          id,
          version: count,
          /** The app's own version. */
          ownVersion: count,
          /** When and from whom it came in a bundle; null for the app's own. */
          from: v.nullable(v.object({ takenAt: text(30), station: v.nullable(text(longest.issuerName)) })),
        }),
        bounds.policies,
      ),
      chosen: v.nullable(
        v.object({
          file: text(longest.fileName),
          id,
          version: count,
          /** Why an import would refuse it; null where it would not. */
          refusal: v.nullable(code),
        }),
      ),
    }),
  },
  /** One policy in words. Fails as `policies.all`, and with `purpose.unknown` where no such edition is there. */
  'policies.explain': {
    args: v.tuple([id, edition]),
    answer: v.object({
      name: line,
      version: count,
      checks: list(entrySchema, bounds.entries),
      terms: list(entrySchema, bounds.entries),
      /** What in it can never count or is left open. */
      gaps: list(line, bounds.gaps),
    }),
  },
  /**
   * Lets somebody choose a file with a policy in a dialog of the system, to be looked at beside those in force; whether one was chosen.
   * Nothing is changed by it. Fails with `policy.malformed`, `input.too-large`, and as the reading of the file does.
   */
  'policies.choose': { args: nothing, answer: v.boolean() },
} as const;

export type PoliciesMethod = keyof typeof policiesMethods;
export type PoliciesView = v.InferOutput<(typeof policiesMethods)['policies.all']['answer']>;
export type PolicyView = v.InferOutput<(typeof policiesMethods)['policies.explain']['answer']>;
export type PolicyEdition = v.InferOutput<typeof edition>;
