import * as v from 'valibot';
import type { RecordContent } from '../../records/types.ts';
import { longest } from '../../result/bounds.ts';
import { checkIds, checkResults } from '../../result/check.ts';
import { Failure } from '../../result/failure.ts';
import { failureCodes } from '../../result/failure-codes.ts';
import { filmSigns } from '../../result/film-signs.ts';
import { isInstant } from '../../result/instant.ts';
import { parseOrder } from '../../verification/order.ts';
import { givenOrder } from '../../verification/order-case.ts';
import { paperFindings, paperParts } from '../../verification/paper-findings.ts';
import { purposes } from '../../verification/purposes.ts';
import { registerAnswers } from '../../verification/register-check.ts';
import type { CaseFacts } from '../../verification/types.ts';
import { type Referral, referralOf } from '../referral.ts';
import { decidingId } from '../referral-deciders.ts';

/*
 * What travels, as it is read again: a trusted station signed it, and still nothing of it is believed to have a form before it was
 * looked at here. What a chip had said is bounded as if the worker told it (`referralOf`).
 */

/** The most cases that one file may hold. */
export const mostTravelling = 100;

/** The form of a case's id, of whatever station. An act holds several of them with blanks in between. */
export const caseIdForm = /^[0-9A-Za-z-]{1,60}$/;
const id = v.pipe(v.string(), v.regex(caseIdForm));
const instant = v.pipe(v.string(), v.maxLength(30), v.check(isInstant));
const text = v.pipe(v.string(), v.maxLength(longest.orderText));
const decider = v.strictObject({
  sign: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  source: v.picklist(['typed', 'operating-system', 'operator']),
  operatorId: v.optional(v.pipe(v.string(), v.maxLength(200))),
});
const verdict = v.object({
  verdict: v.picklist(['accept', 'refer', 'reject']),
  reasons: v.pipe(v.array(v.picklist(failureCodes)), v.maxLength(200)),
  decidedBy: v.nullable(v.picklist(checkIds)),
});
const keyKind = v.nullable(v.picklist(['mrz', 'fields', 'can']));
const taps = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const person = v.object({
  id: v.pipe(v.string(), v.maxLength(200)),
  personalNumber: v.nullable(text),
  givenNames: text,
  surname: text,
  birthDate: v.nullable(v.pipe(v.string(), v.maxLength(20))),
});

const referralSchema = v.object({
  id,
  at: instant,
  by: decider,
  handledBy: v.pipe(v.array(decider), v.maxLength(100)),
  reason: v.nullable(text),
  verdict,
  purpose: v.picklist(purposes),
  holder: v.nullable(person),
  holderNotOnFile: v.boolean(),
  keyKind,
  face: v.nullable(
    v.object({
      comparison: v.object({ answer: v.picklist(['same', 'not-same', 'unsure']), reason: v.nullable(text) }),
      portrait: v.nullable(v.instance(Uint8Array)),
    }),
  ),
  confirmed: v.nullable(v.object({ surname: text, givenNames: text, personalNumber: v.nullable(text) })),
  film: v.optional(
    v.object({
      pictures: v.number(),
      measured: v.array(v.picklist(filmSigns)),
      signs: v.array(v.object({ sign: v.picklist(filmSigns), score: v.number() })),
    }),
  ),
  answers: v.object({
    paper: v.nullable(v.record(v.picklist(paperParts), v.picklist(paperFindings))),
    register: v.nullable(
      v.object({
        answer: v.union([v.picklist(registerAnswers), v.object({ failed: v.picklist(failureCodes) })]),
        by: v.picklist(['staff', 'service']),
        person: v.nullable(text),
        at: instant,
        documentNumber: text,
        before: v.optional(v.picklist(registerAnswers)),
      }),
    ),
    ageLimit: v.nullable(taps),
    whyNotEid: v.nullable(text),
  }),
  order: v.nullable(v.object({ order: v.object({}), hash: v.string() })),
  readAt: v.nullable(instant),
  taps,
  // An earlier reading is another station's own, and counts there alone.
  reused: v.optional(v.never()),
  second: v.optional(v.object({ keyKind, readAt: v.nullable(instant), taps })),
});

function malformed(reason: string): Failure {
  return new Failure('referral.file-malformed', { reason });
}

function jsonIn(plain: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain));
  } catch {
    throw malformed('json');
  }
}

/** Of a file so much is left for its head, its signature and its seal, in bytes. */
export const headRoom = 65_536;

/** From the first, as many cases as `writeCases` makes no more of than so many bytes. */
export function casesThatFit<Waiting extends { readonly text: string }>(
  all: readonly Waiting[],
  most: number,
): readonly Waiting[] {
  let room = most - writeCases([]).length;
  const over = all.findIndex(({ text }) => {
    room -= Buffer.byteLength(JSON.stringify(text)) + 1;
    return room < 0;
  });
  return over === -1 ? all : all.slice(0, over);
}

/** Cases as a parcel holds them: each as `referralText`. */
export function writeCases(texts: readonly string[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ cases: texts }));
}

const casesSchema = v.strictObject({
  cases: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(mostTravelling)),
});

/** The cases in a parcel of that station. Fails with `referral.file-malformed`. */
export function readCases(plain: Uint8Array, from: string): readonly Referral[] {
  const read = v.safeParse(casesSchema, jsonIn(plain));
  if (!read.success) throw malformed('cases');
  const cases = read.output.cases.map((each) => caseIn(each, from));
  if (new Set(cases.map((each) => each.id)).size < cases.length) throw malformed('case twice');
  return cases;
}

function caseIn(written: string, from: string): Referral {
  let referral: Referral;
  try {
    referral = referralOf(written);
  } catch {
    throw malformed('case');
  }
  if (!v.is(referralSchema, referral)) throw malformed('case');
  return { ...referral, order: orderIn(referral.order), from: { station: from } };
}

// The hash is that of the order that the colleague reads, whatever stood beside it.
function orderIn(given: Referral['order']): Referral['order'] {
  if (given === null) return null;
  const { order, source, issuerKey } = given;
  const isKnown = source === 'signed' ? typeof issuerKey === 'string' : source === 'typed' || source === 'qr';
  try {
    const again = givenOrder(parseOrder(order), source, source === 'signed' ? issuerKey : null);
    if (isKnown && again.hash === given.hash) return again;
  } catch {
    // Said below.
  }
  throw malformed('order');
}

/** How a case ended at the station that it was handed over to. */
export type Outcome =
  | {
      readonly id: string;
      readonly ended: 'decided';
      /** The record there, and its hash. */
      readonly content: RecordContent;
      readonly hash: string;
    }
  | {
      /** It was given back undecided, and is never taken there again: by whom, when (ISO 8601) and why. */
      readonly id: string;
      readonly ended: 'given-back';
      readonly signs: readonly string[];
      readonly at: string;
      readonly reason: string;
    };

/** Outcomes as a parcel holds them. */
export function writeOutcomes(outcomes: readonly Outcome[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ outcomes }));
}

const contentSchema = v.object({
  schema: v.literal('styrk-record'),
  schemaVersion: v.literal(1),
  id,
  training: v.boolean(),
  station: v.object({ id }),
  purpose: v.picklist(purposes),
  holder: v.nullable(person),
  checks: v.pipe(
    v.array(v.object({ id: v.picklist(checkIds), result: v.picklist(checkResults), detail: v.object({}) })),
    v.maxLength(200),
  ),
  verdict,
  decision: v.strictObject({
    outcome: v.picklist(['go-on', 'stop', 'refer', 'abandoned']),
    reason: v.nullable(text),
    by: decider,
  }),
  begunAt: instant,
  endedAt: instant,
  taps,
  referral: v.object({ recordId: id, at: instant, by: decider, station: id }),
  order: v.optional(v.object({ hash: v.string() })),
});

const outcomesSchema = v.strictObject({
  outcomes: v.pipe(
    v.array(
      v.variant('ended', [
        v.strictObject({
          id,
          ended: v.literal('decided'),
          content: contentSchema,
          hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
        }),
        v.strictObject({
          id,
          ended: v.literal('given-back'),
          signs: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(4)),
          at: instant,
          reason: text,
        }),
      ]),
    ),
    v.minLength(1),
    v.maxLength(mostTravelling),
  ),
});

/** The outcomes in a parcel. Fails with `referral.file-malformed`. */
export function readOutcomes(plain: Uint8Array): readonly Outcome[] {
  const told = jsonIn(plain);
  if (!v.is(outcomesSchema, told)) throw malformed('outcomes');
  // As it was written: what a record holds beside what is looked at here is kept with it.
  const { outcomes } = told as unknown as { readonly outcomes: readonly Outcome[] };
  if (new Set(outcomes.map((each) => each.id)).size < outcomes.length) throw malformed('case twice');
  return outcomes;
}

/**
 * The case that was decided there as the record of it here: of the very case that was handed over, for the same errand and order. Fails
 * with `referral.file-malformed`.
 */
export function outcomeFacts(
  { id: caseId, content, hash }: Extract<Outcome, { ended: 'decided' }>,
  waiting: Referral,
  around: { readonly from: string; readonly here: string; readonly training: boolean },
): CaseFacts {
  const { schema: _, schemaVersion: __, station, stolenStatus: ___, stationKind, readAt, ...facts } = content;
  const { referral, purpose, training, order } = facts;
  const isOfCase =
    caseId === waiting.id &&
    facts.id === decidingId(waiting.id) &&
    referral?.recordId === waiting.id &&
    referral.station === around.here &&
    station.id === around.from &&
    purpose === waiting.purpose &&
    training === around.training &&
    (order?.hash ?? null) === (waiting.order?.hash ?? null);
  if (!isOfCase) throw malformed('another case');
  const { verdict: judged } = facts;
  return {
    ...facts,
    ...(waiting.order === null || order === undefined ? {} : { order: { ...order, ...waiting.order } }),
    verdict: { ...judged, conditions: judged.conditions ?? [] },
    referral: { recordId: waiting.id, at: waiting.at, by: waiting.by },
    stationKind: stationKind ?? null,
    readAt: readAt ?? null,
    elsewhere: { station: around.from, hash },
  };
}
