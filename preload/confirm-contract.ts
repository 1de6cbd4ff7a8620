import * as v from 'valibot';
import { longest, most } from '../main/result/bounds.ts';
import { type FailureCode, failureCodes } from '../main/result/failure-codes.ts';
import { languageSchema } from './contract.ts';

/*
 * What the confirmation window may ask: what is to be confirmed, and to say who confirms it. Two calls, and nothing of the desk's
 * contract; the desk's page has neither of them (docs/decisions/0015).
 */

const text = (length: number) => v.pipe(v.string(), v.maxLength(length));

/** An act as people are to read it, and how far its confirmation is. */
export const confirmViewSchema = v.object({
  language: languageSchema,
  /** What is done. */
  what: text(longest.actText),
  why: text(longest.actText),
  /** What it is done to. */
  rows: v.pipe(
    v.array(v.object({ label: text(longest.actText), value: text(longest.actText) })),
    v.maxLength(most.actRows),
  ),
  /** What is asked now: the next sign-in, two names where nobody signs in, the secret of a new operator, or a yes. */
  step: v.picklist(['sign-in', 'names', 'secret', 'yes']),
  /** How many people sign in, and who has. */
  persons: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2)),
  signed: v.pipe(v.array(v.object({ sign: text(longest.sign), name: text(longest.personName) })), v.maxLength(2)),
  /** Whose secret is chosen at the end; null where none is. */
  secretFor: v.nullable(text(longest.sign)),
});

const secret = text(1000);

/** What a person says in that window. */
export const confirmInputSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('sign-in'), sign: text(longest.sign), secret }),
  v.strictObject({ kind: v.literal('names'), first: text(longest.sign), second: text(longest.sign) }),
  v.strictObject({ kind: v.literal('secret'), secret }),
  v.strictObject({ kind: v.literal('yes') }),
  v.strictObject({ kind: v.literal('cancel') }),
]);

/** Each call: the schema of its arguments (a tuple) and of its answer. */
export const confirmMethods = {
  /** What is to be confirmed; null where nothing is. */
  ask: { args: v.tuple([]), answer: v.nullable(confirmViewSchema) },
  /**
   * One step of it; null where it was the last. Fails as signing in does, with `operator.role`, `operator.second-needed`,
   * `operator.secret-weak`, `trust.pin-same-person`, `decision.reason-missing`; what failed can be said again.
   */
  answer: { args: v.tuple([confirmInputSchema]), answer: v.nullable(confirmViewSchema) },
} as const;

export type ConfirmMethod = keyof typeof confirmMethods;
export type ConfirmView = v.InferOutput<typeof confirmViewSchema>;
export type ConfirmInput = v.InferOutput<typeof confirmInputSchema>;

/** How both calls answer across the bridge. */
export type ConfirmResult =
  | { readonly ok: true; readonly value: ConfirmView | null }
  | {
      readonly ok: false;
      readonly code: FailureCode;
      readonly fields: Readonly<Record<string, string | number | boolean | null>>;
    };

export const confirmResultSchema = v.variant('ok', [
  v.object({ ok: v.literal(true), value: v.nullable(confirmViewSchema) }),
  v.object({
    ok: v.literal(false),
    code: v.picklist(failureCodes),
    fields: v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()])),
  }),
]);

export const confirmChannel = (method: ConfirmMethod) => `styrk-confirm:${method}` as const;

/** What the window's preload script puts on its page as `window.styrkConfirm`. */
export interface ConfirmBridge {
  ask(): Promise<ConfirmResult>;
  answer(input: ConfirmInput): Promise<ConfirmResult>;
}
