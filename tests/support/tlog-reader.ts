import { createHash, createPublicKey, verify } from 'node:crypto';

/*
 * A second hand at C2SP tlog-proof, written from the texts of tlog-proof, tlog-checkpoint, signed-note, tlog-cosignature and
 * RFC 9162 §2.1.3.2 with node:crypto alone: it shares nothing with the product, and knows a key by its text.
 */

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

interface ReadKey {
  readonly name: string;
  readonly keyId: string;
  readonly type: number;
  readonly material: Buffer;
}

function readKey(text: string): ReadKey {
  const [name = '', keyId = ''] = text.split('+', 2);
  const bytes = Buffer.from(text.slice(name.length + keyId.length + 2), 'base64');
  const expected = sha256(Buffer.from(`${name}\n`), bytes)
    .subarray(0, 4)
    .toString('hex');
  if (expected !== keyId) throw new Error('the number is not of this key');
  return { name, keyId, type: bytes[0] ?? 0, material: bytes.subarray(1) };
}

/** The message that this kind of signature is over, and the signature in it. */
function messageOf(
  key: ReadKey,
  text: string,
  signature: Buffer,
): { message: Buffer; signature: Buffer; time: bigint | null } {
  if (key.type === 1) return { message: Buffer.from(text), signature, time: null };
  const time = signature.readBigUInt64BE(0);
  const rest = signature.subarray(8);
  if (key.type === 4) return { message: Buffer.from(`cosignature/v1\ntime ${time}\n${text}`), signature: rest, time };
  const [origin = '', size = '', root = ''] = text.split('\n');
  const number = (value: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(value);
    return bytes;
  };
  const opaque = (value: string) => Buffer.concat([Buffer.from([Buffer.byteLength(value)]), Buffer.from(value)]);
  const message = Buffer.concat([
    Buffer.from('subtree/v1\n\0'),
    opaque(key.name),
    number(time),
    opaque(origin),
    number(0n),
    number(BigInt(size)),
    Buffer.from(root, 'base64'),
  ]);
  return { message, signature: rest, time };
}

const frames: Readonly<Record<number, string>> = {
  1: '302a300506032b6570032100',
  4: '302a300506032b6570032100',
  // SubjectPublicKeyInfo of id-ml-dsa-44 (RFC 9881).
  6: '30820532300b0609608648016503040311038205210' + '0',
};

/** Whether one line of the note is this key's over its text. */
export function hasSigned(note: string, keyText: string): boolean {
  const key = readKey(keyText);
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  return note
    .slice(end + 2)
    .split('\n')
    .some((line) => {
      const [dash, name, encoded = ''] = line.split(' ');
      const bytes = Buffer.from(encoded, 'base64');
      if (dash !== '—' || name !== key.name || bytes.subarray(0, 4).toString('hex') !== key.keyId) return false;
      const { message, signature } = messageOf(key, text, bytes.subarray(4));
      const der = Buffer.concat([Buffer.from(frames[key.type] ?? '', 'hex'), key.material]);
      return verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
    });
}

/** What a proof says once it is proved; throws where it is not. */
export function readProof(text: string, entry: Uint8Array, logKey: string, witnesses: readonly string[] = []) {
  const end = text.indexOf('\n\n');
  const lines = text.slice(0, end).split('\n');
  if (lines.shift() !== 'c2sp.org/tlog-proof@v1') throw new Error('no proof');
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const index = Number((lines.shift() ?? '').replace(/^index /, ''));
  const note = text.slice(end + 2);
  const [origin = '', size = '', root = ''] = note.split('\n');
  if (!hasSigned(note, logKey) || origin !== readKey(logKey).name) throw new Error('not signed by the log');
  if (!witnesses.every((key) => hasSigned(note, key))) throw new Error('not cosigned');
  let fn = BigInt(index);
  let sn = BigInt(size) - 1n;
  if (fn > sn) throw new Error('no leaf of this tree');
  let reached = sha256(Buffer.of(0), entry);
  for (const line of lines) {
    const sibling = Buffer.from(line, 'base64');
    if (sn === 0n) throw new Error('too long a path');
    if ((fn & 1n) === 1n || fn === sn) {
      reached = sha256(Buffer.of(1), sibling, reached);
      while ((fn & 1n) === 0n && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else reached = sha256(Buffer.of(1), reached, sibling);
    fn >>= 1n;
    sn >>= 1n;
  }
  if (sn !== 0n || reached.toString('base64') !== root) throw new Error('does not lead to the root');
  return { index, origin, size: Number(size) };
}
