import * as v from 'valibot';
import { isRecipientKey } from '../../crypto/recipient.ts';
import { sha256 } from '../../crypto/sealing.ts';
import { openSigned, writeSigned } from '../../fleet/signed-file.ts';
import { longest } from '../../result/bounds.ts';
import { fromHex, toHex } from '../../result/bytes.ts';
import { canonicalBytes } from '../../result/canonical-json.ts';
import { asFailure, Failure } from '../../result/failure.ts';

/*
 * Who a station is, for another one of the same bank that is to take its cases, or to hand it some: a file that it signs itself and
 * that proves nothing but that its keys belong together. Two administrators of the other station compare its fingerprint with what this
 * one shows, and trust it by that (docs/referrals.md).
 */

/** Keys of 32 bytes as lower-case hex. */
export interface StationCard {
  readonly station: string;
  /** What the station is called; empty where nobody has named it. */
  readonly name: string;
  /** Ed25519: it signs what comes from there. */
  readonly publicKey: string;
  /** X25519: for it is sealed what goes there. */
  readonly receivingKey: string;
}

/** A station's id, as it is made. */
export const aStationId = v.pipe(v.string(), v.regex(/^station-[0-9a-f]{16}$/));
const aKey = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** The form of a card, wherever it comes from. */
export const stationCardSchema = v.strictObject({
  station: aStationId,
  // Read aloud beside the fingerprint: what nobody sees is no part of a name.
  name: v.pipe(v.string(), v.maxLength(longest.stationName), v.regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u)),
  publicKey: aKey,
  receivingKey: v.pipe(
    aKey,
    v.check((key) => isRecipientKey(fromHex(key))),
  ),
});

/** The most that such a file may have, in bytes. */
const largestCard = 4096;

/** SHA-256 over station and keys, in hex: what two people compare. The name is no part of it: it may change. */
export function cardFingerprint({ station, publicKey, receivingKey }: StationCard): string {
  return toHex(sha256(canonicalBytes({ format: 'styrk-station-card', version: 1, station, publicKey, receivingKey })));
}

/** The card as a file, signed by the station itself. */
export function writeCard(card: StationCard, sign: (message: Uint8Array) => Uint8Array): Uint8Array {
  return writeSigned('card', { ...card }, new Uint8Array(), sign);
}

/** The card in such a file. Fails with `referral.file-malformed`, and `fleet.signature-wrong` where its own key has not signed it. */
export async function readCard(bytes: Uint8Array): Promise<StationCard> {
  if (bytes.length > largestCard) throw new Failure('referral.file-malformed', { reason: 'length' });
  const { manifest } = await openSigned('card', bytes, (said) => fromHex(cardIn(said).publicKey)).catch(
    (thrown: unknown) => {
      throw asTravel(thrown);
    },
  );
  return cardIn(manifest);
}

function cardIn({ length: _, sha256: __, ...said }: Readonly<Record<string, unknown>>): StationCard {
  const read = v.safeParse(stationCardSchema, said);
  if (!read.success) throw new Failure('referral.file-malformed', { reason: 'card' });
  return read.output;
}

/** The same in the words of cases that travel. */
export function asTravel(thrown: unknown): Failure {
  const failure = asFailure(thrown);
  return failure.code === 'fleet.malformed' ? new Failure('referral.file-malformed', failure.fields, failure) : failure;
}
