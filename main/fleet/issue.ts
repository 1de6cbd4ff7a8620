import * as v from 'valibot';
import { sha256 } from '../crypto/sealing.ts';
import { toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { isInstant } from '../result/instant.ts';
import type { PulledRepository } from '../store/pulled.ts';
import { openSigned, writeSigned } from './signed-file.ts';

/**
 * What headquarters sends that this version takes: a station bundle (certificates, lists, policies), a register's file, blocked
 * documents, operators.
 */
export const issueKinds = ['trust', 'roster', 'blocked', 'operators'] as const;
export type IssueKind = (typeof issueKinds)[number];

/** What headquarters has stations take, proved. */
export interface Issue {
  readonly kind: IssueKind;
  /** Counts up for each kind. */
  readonly number: number;
  /** ISO 8601 with `Z`. */
  readonly issuedAt: string;
  readonly content: Uint8Array;
  /** SHA-256 over the content, lower-case hex. */
  readonly digest: string;
}

const manifestSchema = v.strictObject({
  kind: v.picklist(issueKinds),
  number: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  issuedAt: v.pipe(v.string(), v.maxLength(30), v.check(isInstant)),
  length: v.number(),
  sha256: v.string(),
});

/** Writes an issue as headquarters signs it. */
export function writeIssue(
  { kind, number, issuedAt, content }: Omit<Issue, 'digest'>,
  sign: (message: Uint8Array) => Uint8Array,
): Uint8Array {
  return writeSigned('issue', { kind, number, issuedAt }, content, sign);
}

/** Reads an issue that this key signed. Fails with `fleet.malformed` and `fleet.signature-wrong`. */
export async function openIssue(bytes: Uint8Array, issuingKey: Uint8Array): Promise<Issue> {
  const { manifest, content } = await openSigned('issue', bytes, () => issuingKey);
  const read = v.safeParse(manifestSchema, manifest);
  if (!read.success) throw new Failure('fleet.malformed', { reason: 'manifest' });
  const { kind, number, issuedAt } = read.output;
  return { kind, number, issuedAt, content, digest: toHex(sha256(content)) };
}

/** Whether an issue is the one that was taken last. Fails with `fleet.issue-older` where it is older, or another of the same number. */
export function isTaken({ kind, number, digest }: Issue, pulled: PulledRepository): boolean {
  const last = pulled.get(kind);
  if (last === null || number > last.number) return false;
  if (number === last.number && digest === last.digest) return true;
  throw new Failure('fleet.issue-older', { kind, number, present: last.number });
}
