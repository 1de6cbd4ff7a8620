import type { RandomSource } from '../crypto/random.ts';
import { agreedWith, agreeWith, type SharedSecret } from '../crypto/recipient.ts';
import { isSignatureOf, nonceLength, open, seal } from '../crypto/sealing.ts';
import { toHex } from '../result/bytes.ts';
import { canonicalBytes } from '../result/canonical-json.ts';
import type { Station } from '../store/types.ts';

/*
 * What headquarters alone can read (docs/fleet.md, decision 0019). For a batch the station makes an X25519 key, agrees with
 * headquarters' key on a secret and throws its own half away; from the secret comes one key for each row by HKDF-SHA256, and
 * under that the row is sealed with XChaCha20-Poly1305. Of a record only its own key is sealed so: its content goes as it lies
 * in the chain, and the chain's hash over it can be checked by who reads nothing.
 */

/** Which row a seal is for: it opens in no other place. */
export interface SealPlace {
  readonly part: 'records' | 'answers';
  readonly station: string;
  readonly number: number;
  /** The record's hash in the chain, or the digest of the answer; lower-case hex. */
  readonly digest: string;
}

/** What lies beside every seal of a batch. */
export interface SealHead {
  /** The station's half of the agreement, 32 bytes. */
  readonly ephemeral: Uint8Array;
  /** Ed25519 by the station over `ephemeral` and the key it was used with, 64 bytes. */
  readonly signature: Uint8Array;
}

/** Seals the rows of one batch. Disposing of it wipes what could open them here. */
export interface BatchSealing extends Disposable {
  readonly head: SealHead;
  readonly seal: (place: SealPlace, plain: Uint8Array) => Uint8Array;
}

/** Begins a batch for headquarters' key (X25519, 32 bytes: `isRecipientKey`). */
export function sealFor(
  headquarters: Uint8Array,
  station: Pick<Station, 'id' | 'sign'>,
  random: RandomSource,
): BatchSealing {
  const { ephemeral, shared } = agreeWith(headquarters, random);
  const signature = station.sign(signedHead(station.id, headquarters, ephemeral));
  const nonces = inDraws(random, noncesAtOnce * nonceLength);
  return {
    head: { ephemeral, signature },
    seal: (place, plain) => {
      const bound = boundTo(place);
      using key = shared.keyFor(bound);
      return seal(key.reveal(), plain, bound, nonces);
    },
    [Symbol.dispose]: () => shared[Symbol.dispose](),
  };
}

/** Whether the station made this head for this key of headquarters'. */
export function isHeadOf(
  station: Pick<Station, 'id' | 'publicKey'>,
  headquarters: Uint8Array,
  { ephemeral, signature }: SealHead,
): boolean {
  return isSignatureOf(station.publicKey, signedHead(station.id, headquarters, ephemeral), signature);
}

/** What was sealed, on headquarters' side; null where key, place or bytes are not those of the seal. */
export function openSealed(
  secretKey: Uint8Array,
  { ephemeral }: Pick<SealHead, 'ephemeral'>,
  place: SealPlace,
  sealed: Uint8Array,
): Uint8Array | null {
  let agreed: SharedSecret;
  try {
    agreed = agreedWith(ephemeral, secretKey);
  } catch {
    return null;
  }
  using shared = agreed;
  const bound = boundTo(place);
  using key = shared.keyFor(bound);
  return open(key.reveal(), sealed, bound);
}

const noncesAtOnce = 64;

// So many bytes are drawn at once and each is given out once: a call of the machine's source costs more than its bytes. For nonces,
// which lie in clear beside what they seal.
function inDraws(random: RandomSource, atOnce: number): RandomSource {
  let drawn: Uint8Array = new Uint8Array(0);
  let at = 0;
  return (length) => {
    if (at + length > drawn.length) [drawn, at] = [random(Math.max(atOnce, length)), 0];
    at += length;
    return drawn.subarray(at - length, at);
  };
}

const utf8 = new TextEncoder();

function boundTo({ part, station, number, digest }: SealPlace): Uint8Array {
  // Texts and numbers, by their names in the order of RFC 8785: JSON as the runtime writes it is canonical then.
  return utf8.encode(JSON.stringify({ digest, format: 'styrk-fleet-seal', number, part, station, version: 1 }));
}

function signedHead(station: string, headquarters: Uint8Array, ephemeral: Uint8Array): Uint8Array {
  return canonicalBytes({
    format: 'styrk-fleet-ephemeral',
    version: 1,
    station,
    headquarters: toHex(headquarters),
    ephemeral: toHex(ephemeral),
  });
}
