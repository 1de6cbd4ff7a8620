import { isMlDsaSignature, mlDsaSign } from '../../crypto/ml-dsa.ts';
import { isSignatureOf, sign } from '../../crypto/sealing.ts';
import { concat } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import { parseCheckpoint } from './checkpoint.ts';
import type { CosignatureType } from './signature-types.ts';

/*
 * C2SP tlog-cosignature: what a witness signs, and a log whose key is ML-DSA-44. In front of the signature stands the time,
 * eight bytes, which is signed with it.
 */

const timeLength = 8;
const utf8 = new TextEncoder();

interface Cosigner {
  readonly name: string;
  readonly type: CosignatureType;
}

/** Time and signature over a checkpoint's text. `time` in seconds since 1970; 0 says nothing of when, and only ML-DSA-44 has it. */
export function cosign(cosigner: Cosigner, secretKey: Uint8Array, text: string, time: number): Uint8Array {
  const message = messageOf(cosigner, text, time);
  const signature = cosigner.type === 'cosignature-ed25519' ? sign(secretKey, message) : mlDsaSign(secretKey, message);
  return concat(unsigned64(time), signature);
}

/** When the cosigner signed this text by its own clock; null where the signature is not its own. */
export function timeOfCosignature(
  cosigner: Cosigner & { readonly publicKey: Uint8Array },
  text: string,
  timestamped: Uint8Array,
): number | null {
  if (timestamped.length <= timeLength) return null;
  const time = Number(new DataView(timestamped.buffer, timestamped.byteOffset).getBigUint64(0));
  if (!Number.isSafeInteger(time)) return null;
  const signature = timestamped.subarray(timeLength);
  let message: Uint8Array;
  try {
    message = messageOf(cosigner, text, time);
  } catch (thrown) {
    // A note that is no checkpoint has no cosignature.
    if (thrown instanceof Failure) return null;
    throw thrown;
  }
  const isSigned = cosigner.type === 'cosignature-ed25519' ? isSignatureOf : isMlDsaSignature;
  return isSigned(cosigner.publicKey, message, signature) ? time : null;
}

/** The signed message; throws `log.malformed` for a text that is no checkpoint. */
function messageOf({ name, type }: Cosigner, text: string, time: number): Uint8Array {
  const { origin, size, root } = parseCheckpoint(text);
  if (type === 'cosignature-ed25519') return utf8.encode(`cosignature/v1\ntime ${time}\n${text}`);
  return concat(
    utf8.encode('subtree/v1\n\0'),
    withLength(name),
    unsigned64(time),
    withLength(origin),
    unsigned64(0),
    unsigned64(size),
    root,
  );
}

// opaque <1..2^8-1> of RFC 8446 §3.4: one byte of length in front.
function withLength(text: string): Uint8Array {
  const bytes = utf8.encode(text);
  return concat(Uint8Array.of(bytes.length), bytes);
}

function unsigned64(number: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number));
  return bytes;
}
