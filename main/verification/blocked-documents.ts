import * as v from 'valibot';
import type { InspectedDocument } from '../inspection/types.ts';
import { type Check, unsuccessful } from '../result/check.ts';
import { Failure } from '../result/failure.ts';
import { daysBetween, type PlainDate, parsePlainDate } from '../result/plain-date.ts';
import { readStrictJson } from '../result/strict-json.ts';

/*
 * Documents that headquarters has blocked, for every station and whatever the issuer's own register says of them.
 */

/** Why headquarters blocked a document: words, so that nobody is described in it. */
const blockedReasons = ['lost', 'stolen', 'forged', 'misused', 'other'] as const;
const kinds = ['passport', 'identity-card', 'residence-permit', 'other'] as const;

/** A blocked document: who issued it, what it is, its number as its MRZ has it. `since` is a plain date. */
export interface BlockedDocument {
  readonly issuer: string;
  readonly kind: (typeof kinds)[number];
  readonly number: string;
  readonly reason: (typeof blockedReasons)[number];
  readonly since: string;
}

/** Which list of headquarters counts. Instants are ISO 8601. */
export interface BlockedListHead {
  readonly number: number;
  /** When headquarters signed it, and when the station took it. */
  readonly issuedAt: string;
  readonly takenAt: string;
  readonly documents: number;
}

/** What headquarters' list says of one document. */
export interface BlockedAnswer {
  readonly list: BlockedListHead;
  /** Null where it is not on the list: nobody says that it is valid. */
  readonly blocked: Pick<BlockedDocument, 'reason' | 'since'> | null;
}

/** The most documents, and bytes, of one list. */
const mostBlocked = 200_000;
const largestBlockedList = 32 * 1024 * 1024;
const longestLine = 1_000;

const lineSchema = v.strictObject({
  issuer: v.pipe(v.string(), v.regex(/^[A-Z]{1,3}$/)),
  kind: v.picklist(kinds),
  number: v.pipe(
    v.string(),
    v.maxLength(40),
    v.check((number) => plainNumber(number) !== ''),
  ),
  reason: v.picklist(blockedReasons),
  since: v.pipe(
    v.string(),
    v.check((day) => parsePlainDate(day) !== null),
  ),
});

/**
 * Reads a list: one JSON object on each line. All of it or nothing. Fails with `fleet.issue-unusable` (`line`), and with
 * `input.too-large`.
 */
export function readBlockedDocuments(bytes: Uint8Array): readonly BlockedDocument[] {
  if (bytes.length > largestBlockedList) throw new Failure('input.too-large', { limit: largestBlockedList });
  const found: BlockedDocument[] = [];
  let [from, line] = [0, 0];
  while (from < bytes.length) {
    const next = bytes.indexOf(0x0a, from);
    const end = next < 0 ? bytes.length : next;
    line += 1;
    if (end > from) found.push(documentOn(bytes.subarray(from, end), line));
    if (found.length > mostBlocked) throw new Failure('input.too-large', { limit: mostBlocked });
    from = end + 1;
  }
  return found;
}

function documentOn(bytes: Uint8Array, line: number): BlockedDocument {
  const json = bytes.length > longestLine ? { refused: 'too long' } : readStrictJson(bytes);
  const read = 'value' in json ? v.safeParse(lineSchema, json.value) : null;
  if (read?.success !== true) throw new Failure('fleet.issue-unusable', { kind: 'blocked', line });
  return read.output;
}

/** By what a document is found: issuers write the same number with and without fillers and spaces. */
export function blockedKey({ issuer, kind, number }: Pick<BlockedDocument, 'issuer' | 'kind' | 'number'>): string {
  return `${issuer} ${kind} ${plainNumber(number)}`;
}

function plainNumber(number: string): string {
  return number.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

/**
 * The checks of a case with headquarters' list laid over `register.validity`: a document that is on it is blocked, whatever the
 * issuer's register told, and also where the policy does not ask that register. Not being on it says nothing for a document: the
 * check stays as it was, and says which list was looked at and how old that is. `now` is ISO 8601 with `Z`.
 */
export function withBlockedList(
  checks: readonly Check[],
  document: InspectedDocument | null,
  answer: BlockedAnswer | null,
  now: string,
): readonly Check[] {
  if (answer === null || document === null) return checks;
  const { number, issuedAt, takenAt } = answer.list;
  const ageDays = daysBetween(dayOf(issuedAt), dayOf(now));
  const headquartersList = { number, issuedAt, takenAt, ageDays };
  const { blocked } = answer;
  if (blocked === null)
    return checks.map((check) =>
      check.id === 'register.validity' ? { ...check, detail: { ...check.detail, headquartersList } } : check,
    );
  const before = checks.find(({ id }) => id === 'register.validity')?.detail;
  const detail = { ...before, blockedBy: 'headquarters', ...blocked, headquartersList };
  return [
    ...checks.filter(({ id }) => id !== 'register.validity'),
    unsuccessful('register.validity', 'failed', 'register.blocked', detail),
  ];
}

/** The checks of a case where others touched what headquarters' list rests on: what failed without it stays. */
export function withTouchedList(checks: readonly Check[]): readonly Check[] {
  const validity = checks.find(({ id }) => id === 'register.validity');
  if (validity?.result === 'failed') return checks;
  return [
    ...checks.filter((check) => check !== validity),
    unsuccessful('register.validity', 'undetermined', 'trust.tampered', validity?.detail ?? {}),
  ];
}

const dayOf = (instant: string): PlainDate => instant.slice(0, 10) as PlainDate;
