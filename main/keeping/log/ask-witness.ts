import { callHttps, type HttpsAnswer, type HttpsAround } from '../../machine/https-call.ts';
import { parseSize } from '../../records/log/checkpoint.ts';
import { formatNote, parseNote, parseSignatureLines } from '../../records/log/note.ts';
import { signersOf, type VerifierKey } from '../../records/log/note-keys.ts';
import { formatAddCheckpoint } from '../../records/log/witness.ts';
import { Failure } from '../../result/failure.ts';
import type { RecordsLog } from '../../store/log/records-log.ts';
import { type WitnessAnchor, witnessKeys, witnessService } from './anchors.ts';

type Log = Pick<RecordsLog, 'newest' | 'consistency' | 'cosignedBy' | 'keepCosigned'>;

/** What a witness is asked (the body of add-checkpoint), from the size that it saw last. Fails as the log does. */
export function requestTo(
  log: Log,
  old: number,
): { readonly body: string; readonly size: number; readonly note: string } {
  const { size, note } = log.newest();
  return { size, note, body: formatAddCheckpoint({ old, path: log.consistency(old, size), note }) };
}

/**
 * Takes what a witness answered to a checkpoint. What is no signature of its own over that very text is nothing (C2SP
 * tlog-witness: unknown keys are ignored). Fails with `witness.answer-wrong`.
 */
export function takeCosignatures(
  log: Log,
  asked: { readonly size: number; readonly note: string },
  answer: string,
  { name, keys }: { readonly name: string; readonly keys: readonly VerifierKey[] },
): void {
  const { text, signatures } = parseNote(asked.note);
  let lines: ReturnType<typeof parseSignatureLines>;
  try {
    lines = parseSignatureLines(answer);
  } catch (thrown) {
    throw new Failure('witness.answer-wrong', { witness: name }, thrown);
  }
  const signed = signersOf({ text, signatures: lines }, keys);
  const own = lines.filter((line) => signed.some(({ key }) => key.name === line.name && key.keyId === line.keyId));
  if (own.length === 0) throw new Failure('witness.answer-wrong', { witness: name });
  log.keepCosigned(name, { size: asked.size, note: formatNote({ text, signatures: [...signatures, ...own] }) });
}

const statuses = [400, 403, 404, 409, 413, 422];

/**
 * Asks a witness for its cosignature of the newest checkpoint and keeps it (C2SP tlog-witness). One that saw another size is
 * asked once more from there. Fails with `witness.ahead` (it saw more than this folder has), `witness.disagrees` (another
 * history), `witness.unknown-log`, `witness.refused`, `witness.answer-wrong`, or as `callHttps` does.
 */
export async function askWitness(log: Log, witness: WitnessAnchor, around: HttpsAround): Promise<void> {
  const keys = witnessKeys(witness);
  const service = witnessService(witness);
  const { name } = keys;
  let old = log.cosignedBy(name)?.size ?? 0;
  if (old > log.newest().size) throw new Failure('witness.ahead', { witness: name });
  for (const again of [true, false]) {
    const asked = requestTo(log, old);
    const body = { type: 'text/plain; charset=utf-8', content: asked.body };
    const call = { method: 'POST', path: 'add-checkpoint', body, accept: 'any', answered: statuses } as const;
    const answer = await callHttps(service, call, around);
    const { status } = answer;
    if (status >= 200 && status < 300) return takeCosignatures(log, asked, textOf(answer), keys);
    if (status === 404) throw new Failure('witness.unknown-log', { witness: name });
    const seen = status === 409 ? seenSize(answer, name) : null;
    // A log grows while it is asked: what the witness saw may be what another process has asked it.
    if (seen !== null && seen > log.newest().size) throw new Failure('witness.ahead', { witness: name, size: seen });
    if (seen === null && (status === 409 || status === 422)) throw new Failure('witness.disagrees', { witness: name });
    if (seen === null || !again) throw new Failure('witness.refused', { witness: name, status });
    old = seen;
  }
}

function textOf({ content }: HttpsAnswer): string {
  return new TextDecoder().decode(content);
}

// 409 with a size says what it saw last; 409 without one says that it saw another root at this size. A size that nobody can read
// says neither, and calls nobody's history another.
function seenSize(answer: HttpsAnswer, name: string): number | null {
  if (answer.type !== 'text/x.tlog.size') return null;
  const size = parseSize(textOf(answer).replace(/\n$/, ''));
  if (size === null) throw new Failure('witness.answer-wrong', { witness: name });
  return size;
}
