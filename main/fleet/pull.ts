import * as v from 'valibot';
import { concat } from '../result/bytes.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import type { PulledRepository } from '../store/pulled.ts';
import { aNumber, columnsOf, oneRow } from './answers-of-headquarters.ts';
import type { Connection } from './connection.ts';
import { type Issue, type IssueKind, issueKinds, isTaken, openIssue } from './issue.ts';
import { openSealedIssue, sealedKinds } from './sealed-issue.ts';
import { largestSignedFile } from './signed-file.ts';

/** How an issue fared. `older`: it is new, and what it holds the station has newer already. */
export interface TakenIssue {
  readonly kind: IssueKind;
  readonly number: number;
  readonly outcome: 'taken' | 'known' | 'older';
}

/** The import of what headquarters issued, by its kind. What is aborted leaves what was there before. */
export type TakeIssue = (issue: Issue, around: { readonly signal: AbortSignal }) => Promise<void>;

/** What taking an issue stands on. `take` is the import of that kind, with all its own gates. */
export interface IssueGround {
  readonly pulled: PulledRepository;
  readonly issuingKey: Uint8Array;
  /** Opens what is sealed for the stations; null where none was set. */
  readonly receivingKey: SecretBytes | null;
  readonly take: TakeIssue;
  readonly signal: AbortSignal;
  readonly now: () => string;
}

const chunk = 1024 * 1024;

/**
 * Fetches what headquarters issued and takes what is new. Fails as the connection, `takeIssue` and the imports do, and with
 * `fleet.issue-older` where headquarters no longer has what it had sent.
 */
export async function pullAll(connection: Connection, ground: IssueGround): Promise<readonly TakenIssue[]> {
  const taken: TakenIssue[] = [];
  for (const kind of issueKinds) {
    const newest = await newestOf(connection, kind);
    const present = ground.pulled.get(kind)?.number ?? 0;
    if (newest.number < present) throw new Failure('fleet.issue-older', { kind, number: newest.number, present });
    if (newest.number === present) continue;
    const result = await takeIssue(await fetched(connection, kind, newest), ground);
    if (result.kind !== kind || result.number !== newest.number)
      throw new Failure('service.answer-malformed', { reason: 'issue' });
    taken.push(result);
  }
  return taken;
}

async function newestOf(connection: Connection, kind: IssueKind): Promise<{ number: number; length: number }> {
  const { rows } = await connection.ask(
    `SELECT coalesce(max(number), 0) AS number,
       coalesce((SELECT length(content) FROM styrk.issues WHERE kind = $1 ORDER BY number DESC LIMIT 1), 0) AS length
     FROM styrk.issues WHERE kind = $1`,
    [kind],
  );
  const found = columnsOf(oneRow(rows), { number: aNumber, length: aNumber });
  if (found.length > largestSignedFile) throw new Failure('service.answer-too-large', { limit: largestSignedFile });
  return found;
}

// In pieces, so that no answer is larger than one may be.
async function fetched(
  connection: Connection,
  kind: IssueKind,
  { number, length }: { readonly number: number; readonly length: number },
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < length; at += chunk) {
    const { rows } = await connection.ask(
      'SELECT substring(content FROM $3 FOR $4) AS part FROM styrk.issues WHERE kind = $1 AND number = $2',
      [kind, number, at + 1, chunk],
    );
    const { part } = columnsOf(oneRow(rows), { part: v.instance(Uint8Array) });
    if (part.length !== Math.min(chunk, length - at))
      throw new Failure('service.answer-malformed', { reason: 'length' });
    parts.push(part);
  }
  return concat(...parts);
}

/**
 * Takes an issue, whichever way it came, once: proved by headquarters' key, newer than the last of its kind, and by the same import
 * as a file that an administrator chose. Fails with `fleet.malformed`, `fleet.signature-wrong`, `fleet.issue-older`, `fleet.not-set`
 * (it is sealed, and no receiving key was set), and as that import.
 */
export async function takeIssue(bytes: Uint8Array, ground: IssueGround): Promise<TakenIssue> {
  const { pulled, take, now } = ground;
  const issue = await openIssue(bytes, ground.issuingKey);
  const { kind, number, digest, issuedAt } = issue;
  if (isTaken(issue, pulled)) return { kind, number, outcome: 'known' };
  let outcome: TakenIssue['outcome'] = 'taken';
  try {
    await take({ ...issue, content: contentOf(issue, ground.receivingKey) }, { signal: ground.signal });
  } catch (thrown) {
    // Taken before another way, or broken off after it was: what is held is newer or the same.
    if (asFailure(thrown).code !== 'bundle.older') throw thrown;
    outcome = 'older';
  }
  pulled.put({ kind, number, digest, issuedAt, takenAt: now() });
  return { kind, number, outcome };
}

function contentOf({ kind, content }: Issue, receivingKey: SecretBytes | null): Uint8Array {
  if (!sealedKinds.includes(kind)) return content;
  if (receivingKey === null) throw new Failure('fleet.not-set', { part: 'receiving key' });
  return openSealedIssue(kind, content, receivingKey);
}
