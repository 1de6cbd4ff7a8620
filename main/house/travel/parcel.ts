import * as v from 'valibot';
import type { RandomSource } from '../../crypto/random.ts';
import { agreeWith } from '../../crypto/recipient.ts';
import { keyLength, open, seal } from '../../crypto/sealing.ts';
import { openSigned, writeSigned } from '../../fleet/signed-file.ts';
import { concat, fromHex } from '../../result/bytes.ts';
import { canonicalBytes } from '../../result/canonical-json.ts';
import { Failure } from '../../result/failure.ts';
import { isInstant } from '../../result/instant.ts';
import type { Receiving, Station } from '../../store/types.ts';
import { aStationId, asTravel, type StationCard } from './station-card.ts';

/*
 * What one station hands another as a file: signed by the sender (`signed-file.ts`), and sealed for the receiver, since it names
 * people. The manifest says who sends to whom and when, in clear and under the signature; the seal is bound to it. The content is the
 * sender's half of an X25519 agreement (32 bytes) and what is sealed under the key that comes of it.
 */

/** `referrals`: cases for a colleague there. `outcomes`: how those that came from there ended. */
export type ParcelKind = 'referrals' | 'outcomes';

/** Who sends to whom, and when (ISO 8601). */
export interface ParcelHead {
  readonly from: string;
  readonly to: string;
  readonly at: string;
  readonly training: boolean;
}

const headSchema = v.object({
  from: aStationId,
  to: aStationId,
  at: v.pipe(v.string(), v.maxLength(30), v.check(isInstant)),
  training: v.boolean(),
});
const headNames = ['from', 'to', 'at', 'training', 'length', 'sha256'];

const boundTo = (kind: ParcelKind, { from, to, at, training }: ParcelHead): Uint8Array =>
  canonicalBytes({ format: 'styrk-referral-seal', version: 1, kind, from, to, at, training });

/** Seals and signs a parcel. */
export function writeParcel(
  kind: ParcelKind,
  plain: Uint8Array,
  around: {
    readonly station: Pick<Station, 'id' | 'sign'>;
    readonly to: StationCard;
    readonly at: string;
    readonly training: boolean;
    readonly random: RandomSource;
  },
): Uint8Array {
  const { station, to, at, training, random } = around;
  const head: ParcelHead = { from: station.id, to: to.station, at, training };
  const bound = boundTo(kind, head);
  const { ephemeral, shared } = agreeWith(fromHex(to.receivingKey), random);
  using onlyHere = shared;
  using key = onlyHere.keyFor(bound);
  return writeSigned(kind, { ...head }, concat(ephemeral, seal(key.reveal(), plain, bound, random)), station.sign);
}

/**
 * What such a parcel holds: nothing of it is used before its signature is proved by the key of a station that is trusted here. Fails
 * with `referral.file-malformed` (torn, changed, training among ordinary data), `referral.other-station` (it is for another one),
 * `referral.station-unknown`, `fleet.signature-wrong`.
 */
export async function openParcel(
  kind: ParcelKind,
  bytes: Uint8Array,
  around: {
    readonly station: Pick<Station, 'id'>;
    readonly receiving: Receiving;
    readonly training: boolean;
    readonly trusted: (station: string) => StationCard | null;
  },
): Promise<{ readonly head: ParcelHead; readonly plain: Uint8Array }> {
  const { station, receiving, training, trusted } = around;
  const { manifest, content } = await openSigned(kind, bytes, (said) => {
    const { from, to } = headIn(said);
    if (to !== station.id) throw new Failure('referral.other-station', { station: to });
    const sender = trusted(from);
    if (sender === null) throw new Failure('referral.station-unknown', { station: from });
    return fromHex(sender.publicKey);
  }).catch((thrown: unknown) => {
    throw asTravel(thrown);
  });
  const head = headIn(manifest);
  if (head.training !== training) throw new Failure('referral.file-malformed', { reason: 'training' });
  const plain = opened(kind, head, content, receiving);
  if (plain === null) throw new Failure('referral.file-malformed', { reason: 'seal' });
  return { head, plain };
}

function headIn(manifest: Readonly<Record<string, unknown>>): ParcelHead {
  const read = v.safeParse(headSchema, manifest);
  if (!read.success || !Object.keys(manifest).every((name) => headNames.includes(name)))
    throw new Failure('referral.file-malformed', { reason: 'manifest' });
  return read.output;
}

function opened(kind: ParcelKind, head: ParcelHead, content: Uint8Array, receiving: Receiving): Uint8Array | null {
  try {
    using shared = receiving.agreedWith(content.subarray(0, keyLength));
    using key = shared.keyFor(boundTo(kind, head));
    return open(key.reveal(), content.subarray(keyLength), boundTo(kind, head));
  } catch {
    return null;
  }
}
