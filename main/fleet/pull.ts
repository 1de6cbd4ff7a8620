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

/** An issue that could not be taken: what was here of its kind before counts. */
export interface RefusedIssue {
  readonly kind: IssueKind;
  readonly number: number;
  readonly failure: Failure;
}

/** How a pull ended, kind by kind. */
export interface Pulled {
  readonly taken: readonly TakenIssue[];
  readonly refused: readonly RefusedIssue[];
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
 * Fetches what headquarters issued and takes what is new, each kind by itself: one that cannot be taken keeps none of the others back,
 * the blocked documents least of all. It is refused as `takeIssue` and the imports do, and with `fleet.issue-older` where headquarters
 * no longer has what it had sent. Fails as the connection does, which ends it for all.
 */
export async function pullAll(connection: Line, ground: IssueGround): Promise<Pulled> {
  const taken: TakenIssue[] = [];
  const refused: RefusedIssue[] = [];
  let lost: unknown = null;
  const line: Line = {
    ask: async (...asked) => {
      try {
        return await connection.ask(...asked);
      } catch (thrown) {
        lost = thrown;
        throw thrown;
      }
    },
  };
  for (const kind of issueKinds) {
    const newest = await newestOf(line, kind);
    try {
      const result = await pullOne(line, { kind, ...newest }, ground);
      if (result !== null) taken.push(result);
    } catch (thrown) {
      if (thrown === lost || ground.signal.aborted) throw thrown;
      refused.push({ kind, number: newest.number, failure: asFailure(thrown) });
    }
  }
  return { taken, refused };
}

type Line = Pick<Connection, 'ask'>;

async function pullOne(
  line: Line,
  newest: { readonly kind: IssueKind; readonly number: number; readonly length: number },
  ground: IssueGround,
): Promise<TakenIssue | null> {
  const { kind, number } = newest;
  const present = ground.pulled.get(kind)?.number ?? 0;
  if (number < present) throw new Failure('fleet.issue-older', { kind, number, present });
  if (number === present) return null;
  const result = await takeIssue(await fetched(line, kind, newest), ground);
  if (result.kind !== kind || result.number !== number)
    throw new Failure('service.answer-malformed', { reason: 'issue' });
  return result;
}

async function newestOf(connection: Line, kind: IssueKind): Promise<{ number: number; length: number }> {
  const { rows } = await connection.ask(
    `SELECT coalesce(max(number), 0) AS number,
       coalesce((SELECT length(content) FROM styrk.issues WHERE kind = $1 ORDER BY number DESC LIMIT 1), 0) AS length
     FROM styrk.issues WHERE kind = $1`,
    [kind],
  );
  return columnsOf(oneRow(rows), { number: aNumber, length: aNumber });
}

// In pieces, so that no answer is larger than one may be.
async function fetched(
  connection: Line,
  kind: IssueKind,
  { number, length }: { readonly number: number; readonly length: number },
): Promise<Uint8Array> {
  if (length > largestSignedFile) throw new Failure('service.answer-too-large', { limit: largestSignedFile });
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
    const { code, fields } = asFailure(thrown);
    // Taken before another way, or broken off after it was: what is held is newer or the same. Whoever is told of another failure
    // chose no file: which issue of headquarters it was is told with it.
    if (code !== 'bundle.older') throw new Failure(code, { ...fields, kind, number }, thrown);
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
