import { toBase64 } from '../../result/base64.ts';
import { equal } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import { type Checkpoint, parseCheckpoint, parseSize } from './checkpoint.ts';
import { malformed } from './log-failure.ts';
import { longestNote, parseNote, type SignedNote } from './note.ts';
import { signersOf, type VerifierKey } from './note-keys.ts';
import { hashIn } from './tlog-proof.ts';
import { isContinued } from './verify-proofs.ts';

/*
 * C2SP tlog-witness, add-checkpoint: what a log asks, and by which rule a witness answers. Nothing here keeps anything.
 */

/** What a log sends: the size that it believes the witness saw last, the way from there, and its checkpoint as a note. */
export interface AddCheckpoint {
  readonly old: number;
  readonly path: readonly Uint8Array[];
  readonly note: string;
}

const longestPath = 63;
/** In characters. */
export const longestRequest = longestNote + 16 * 1024;

/** The body of the request. */
export function formatAddCheckpoint({ old, path, note }: AddCheckpoint): string {
  return `old ${old}\n${path.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`;
}

/** Reads the body. Throws `log.malformed`. */
export function parseAddCheckpoint(text: string): AddCheckpoint {
  if (text.length > longestRequest) throw malformed('request', 'too-long');
  const end = text.indexOf('\n\n');
  if (end < 0) throw malformed('request', 'no-empty-line');
  const [first = '', ...lines] = text.slice(0, end).split('\n');
  const old = first.startsWith('old ') ? parseSize(first.slice('old '.length)) : null;
  if (old === null) throw malformed('request', 'old-size');
  if (lines.length > longestPath) throw malformed('request', 'path');
  return { old, path: lines.map((line) => hashIn(line, 'request')), note: text.slice(end + 2) };
}

/** What the witness saw last of a log. */
export type Seen = Pick<Checkpoint, 'size' | 'root'>;

/** How a witness answers. A `conflict` is a checkpoint that the log signed and that does not continue what was seen. */
export type Judged =
  | { readonly status: 200; readonly checkpoint: Checkpoint; readonly note: SignedNote }
  | { readonly status: 400 | 403 | 404 }
  | { readonly status: 409; readonly size: number }
  | { readonly status: 409 | 422; readonly conflict: Checkpoint };

/**
 * By the rules of the text, in their order. `seen` answers null for a log of which nothing was cosigned. Another root at the
 * size that was seen last is 409, a path that does not lead from there 422.
 */
export function judgeAddCheckpoint(
  body: string,
  logs: readonly VerifierKey[],
  seen: (origin: string) => Seen | null,
): Judged {
  let request: AddCheckpoint;
  let note: SignedNote;
  let checkpoint: Checkpoint;
  try {
    request = parseAddCheckpoint(body);
    note = parseNote(request.note);
    checkpoint = parseCheckpoint(note.text);
  } catch (thrown) {
    if (thrown instanceof Failure) return { status: 400 };
    throw thrown;
  }
  const keys = logs.filter(({ name }) => name === checkpoint.origin);
  if (keys.length === 0) return { status: 404 };
  if (signersOf(note, keys).length === 0) return { status: 403 };
  if (request.old > checkpoint.size) return { status: 400 };
  const last = seen(checkpoint.origin);
  if (request.old !== (last?.size ?? 0)) return { status: 409, size: last?.size ?? 0 };
  if (last !== null && last.size === checkpoint.size && !equal(last.root, checkpoint.root))
    return { status: 409, conflict: checkpoint };
  // Of a log that was never seen every state is taken, and the text asks for no path from nothing.
  const isNext =
    last === null || last.size === 0 ? request.path.length === 0 : isContinued(last, checkpoint, request.path);
  return isNext ? { status: 200, checkpoint, note } : { status: 422, conflict: checkpoint };
}
