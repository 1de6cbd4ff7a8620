import type { RandomSource } from '../../crypto/random.ts';
import { agreedWith, agreeWith } from '../../crypto/recipient.ts';
import { keyLength, open, seal, sealOverhead, sha256 } from '../../crypto/sealing.ts';
import { concat, equal } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import type { SecretBytes } from '../../result/secret-bytes.ts';

/*
 * The form of a backup: a line that names it, which key it is for, an ephemeral X25519 key, and frames. Each frame holds a piece
 * sealed with XChaCha20-Poly1305, bound to all before the frames, to its place and to whether it is the last: none can be left
 * out, moved, or cut off. Nothing is ever whole in memory.
 */

const title = new TextEncoder().encode('styrk-backup 1\n');
const keyIdLength = 8;
const beginningLength = title.length + keyIdLength + keyLength;
const frameHeader = 5;
/** Of plain text, in one frame. */
export const pieceBytes = 64 * 1024;

/** By what a backup says for whom it is. */
function keyIdOf(publicKey: Uint8Array): Uint8Array {
  return sha256(publicKey).subarray(0, keyIdLength);
}

/** The frames of one backup, to be sealed or opened under one key. */
export interface BackupKey extends Disposable {
  readonly beginning: Uint8Array;
  readonly key: SecretBytes;
}

/** A fresh key for a backup to this recipient, with the bytes that begin it. */
export function newBackupKey(recipient: Uint8Array, random: RandomSource): BackupKey {
  const { ephemeral, shared } = agreeWith(recipient, random);
  using onlyHere = shared;
  return backupKey(concat(title, keyIdOf(recipient), ephemeral), onlyHere.keyFor(info));
}

/** The key by which the recipient opens a backup that begins so. Fails with `backup.malformed`, `backup.wrong-key`. */
export function keyOfBackup(beginning: Uint8Array, secretKey: Uint8Array, publicKey: Uint8Array): BackupKey {
  if (beginning.length !== beginningLength || !equal(beginning.subarray(0, title.length), title))
    throw new Failure('backup.malformed', { part: 'beginning' });
  if (!equal(beginning.subarray(title.length, title.length + keyIdLength), keyIdOf(publicKey)))
    throw new Failure('backup.wrong-key');
  let shared: ReturnType<typeof agreedWith>;
  try {
    shared = agreedWith(beginning.subarray(title.length + keyIdLength), secretKey);
  } catch {
    throw new Failure('backup.malformed', { part: 'key' });
  }
  using onlyHere = shared;
  return backupKey(beginning, onlyHere.keyFor(info));
}

const info = new TextEncoder().encode('styrk/backup/1');

function backupKey(beginning: Uint8Array, key: SecretBytes): BackupKey {
  return { beginning, key, [Symbol.dispose]: () => key.purge() };
}

/** The bytes of a backup whose plain text this is. */
export async function* sealedFrames(
  plain: AsyncIterable<Uint8Array>,
  { beginning, key }: Omit<BackupKey, typeof Symbol.dispose>,
  random: RandomSource,
): AsyncGenerator<Uint8Array> {
  yield beginning;
  let place = 0;
  let waiting: Uint8Array = new Uint8Array(0);
  const frame = (piece: Uint8Array, last: boolean): Uint8Array => {
    const sealed = seal(key.reveal(), piece, contextOf(beginning, place++, last), random);
    const header = new Uint8Array(frameHeader);
    header[0] = last ? 1 : 0;
    new DataView(header.buffer).setUint32(1, sealed.length);
    return concat(header, sealed);
  };
  for await (const bytes of plain) {
    waiting = waiting.length === 0 ? bytes : concat(waiting, bytes);
    // The last piece is kept back: only the end of all says that it is the last.
    while (waiting.length > pieceBytes) {
      yield frame(waiting.subarray(0, pieceBytes), false);
      waiting = waiting.subarray(pieceBytes);
    }
  }
  yield frame(waiting, true);
}

/** The plain text of a backup, piece by piece; what was given out counts only once all of it came. Fails with `backup.malformed`. */
export async function* openedFrames(
  bytes: ByteReader,
  { beginning, key }: Omit<BackupKey, typeof Symbol.dispose>,
): AsyncGenerator<Uint8Array> {
  for (let place = 0; ; place++) {
    const header = await bytes.take(frameHeader);
    const last = header[0] === 1;
    const length = new DataView(header.buffer, header.byteOffset).getUint32(1);
    if ((header[0] ?? 2) > 1 || length < sealOverhead || length > pieceBytes + sealOverhead)
      throw new Failure('backup.malformed', { part: 'frame', place });
    const piece = open(key.reveal(), await bytes.take(length), contextOf(beginning, place, last));
    if (piece === null) throw new Failure('backup.malformed', { part: 'frame', place });
    yield piece;
    if (!last) continue;
    if (await bytes.ended()) return;
    throw new Failure('backup.malformed', { part: 'end' });
  }
}

function contextOf(beginning: Uint8Array, place: number, last: boolean): Uint8Array {
  const tail = new Uint8Array(9);
  new DataView(tail.buffer).setBigUint64(0, BigInt(place));
  tail[8] = last ? 1 : 0;
  return concat(beginning, tail);
}

/** Takes a stream of bytes in lengths of one's own. `take` fails with `backup.malformed` where it ends before. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #waiting: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async take(length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let missing = length;
    while (missing > 0) {
      if (!(await this.#fill())) throw new Failure('backup.malformed', { part: 'cut' });
      const part = this.#waiting.subarray(0, missing);
      this.#waiting = this.#waiting.subarray(part.length);
      missing -= part.length;
      parts.push(part);
    }
    return parts.length === 1 ? (parts[0] ?? new Uint8Array(0)) : concat(...parts);
  }

  /** At most so many, as they come; null at the end. */
  async some(most: number): Promise<Uint8Array | null> {
    if (!(await this.#fill())) return null;
    const part = this.#waiting.subarray(0, most);
    this.#waiting = this.#waiting.subarray(part.length);
    return part;
  }

  async ended(): Promise<boolean> {
    return !(await this.#fill());
  }

  async #fill(): Promise<boolean> {
    while (this.#waiting.length === 0) {
      const next = await this.#source.next();
      if (next.done === true) return false;
      this.#waiting = next.value;
    }
    return true;
  }
}

/** How long what begins a backup is. */
export const backupBeginning = beginningLength;
