import * as v from 'valibot';
import { sha256 } from '../crypto/sealing.ts';
import { concat, toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { aNumber, columnsOf, oneRow } from './answers-of-headquarters.ts';
import type { Connection } from './connection.ts';

/*
 * Parcels from station to station as they lie at headquarters (`schema/0006-parcels.ts`). Nothing here opens one: it is proved and
 * opened by who it is for. What headquarters answers is bounded and of the asked form, or none of it is used.
 */

/** `referrals`: cases for a colleague there. `outcomes`: how cases that came from there ended. */
export const parcelKinds = ['referrals', 'outcomes'] as const;
export type SentParcelKind = (typeof parcelKinds)[number];

/** A parcel that lies at headquarters: who sent it, SHA-256 over it (lower-case hex), and how many bytes it has. */
export interface LyingParcel {
  readonly sender: string;
  readonly digest: string;
  readonly kind: SentParcelKind;
  readonly bytes: number;
}

/** What became of a parcel of this station's own: `refused` is why its addressee could not take it, as that one says. */
export interface OwnParcel {
  readonly digest: string;
  readonly state: 'lies there' | 'taken' | 'refused';
  readonly refused: string | null;
}

const chunk = 1024 * 1024;
const aStation = v.pipe(v.string(), v.regex(/^station-[0-9a-f]{16}$/));
const digestForm = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const lyingColumns = { sender: aStation, digest: digestForm, kind: v.picklist(parcelKinds), bytes: aNumber };
const ownColumns = {
  digest: digestForm,
  taken: v.boolean(),
  refused: v.nullable(v.pipe(v.string(), v.regex(/^[a-z]{1,20}\.[a-z-]{1,40}$/))),
};

/** What an addressee looks for: of these senders, but not these digests. */
export interface ParcelsWanted {
  readonly station: string;
  readonly senders: readonly string[];
  readonly except: readonly string[];
  readonly most: number;
}

/**
 * Parcels for a station that it has not taken: the oldest of each sender, then the next of each, and so on. However many lie there of one,
 * none waits for more than a few of each other one.
 */
export async function lyingParcels(
  { ask }: Pick<Connection, 'ask'>,
  { station, senders, except, most }: ParcelsWanted,
): Promise<readonly LyingParcel[]> {
  const { rows } = await ask(
    `SELECT sender, digest, kind, bytes FROM (
       SELECT sender, digest, kind, length(content) AS bytes, received_at,
         row_number() OVER (PARTITION BY sender ORDER BY received_at, digest) AS place
       FROM styrk.parcels
       WHERE addressee = $1 AND taken_at IS NULL AND sender = ANY ($2::text[]) AND digest <> ALL ($3::text[])
     ) AS waiting ORDER BY place, received_at, digest LIMIT $4`,
    [station, senders, except, most],
  );
  return listed(rows, most).map((row) => columnsOf(row, lyingColumns));
}

/** Which of these digests are of parcels for a station that it has not taken. */
export async function stillLying(
  { ask }: Pick<Connection, 'ask'>,
  station: string,
  digests: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await ask(
    `SELECT DISTINCT digest FROM styrk.parcels WHERE addressee = $1 AND taken_at IS NULL AND digest = ANY ($2::text[])`,
    [station, digests],
  );
  return listed(rows, digests.length).map((row) => columnsOf(row, { digest: digestForm }).digest);
}

/** Of these, the senders whose cases a station has taken there. */
export async function sendersTaken(
  { ask }: Pick<Connection, 'ask'>,
  station: string,
  senders: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await ask(
    `SELECT DISTINCT sender FROM styrk.parcels
     WHERE addressee = $1 AND kind = 'referrals' AND taken_at IS NOT NULL AND refused IS NULL AND sender = ANY ($2::text[])`,
    [station, senders],
  );
  return listed(rows, senders.length).map((row) => columnsOf(row, { sender: aStation }).sender);
}

/** Others of whom a parcel lies there for a station, at most so many. */
export async function strangeSenders(
  { ask }: Pick<Connection, 'ask'>,
  { station, senders, most }: Omit<ParcelsWanted, 'except'>,
): Promise<readonly string[]> {
  const { rows } = await ask(
    `SELECT DISTINCT sender FROM styrk.parcels WHERE addressee = $1 AND taken_at IS NULL AND sender <> ALL ($2::text[]) LIMIT $3`,
    [station, senders, most],
  );
  return listed(rows, most).map((row) => columnsOf(row, { sender: aStation }).sender);
}

/** What lies there, in pieces so that no answer is larger than one may be; null where it is gone by now. */
export async function contentOfParcel(
  { ask }: Pick<Connection, 'ask'>,
  { sender, digest, bytes }: LyingParcel,
): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes; at += chunk) {
    const { rows } = await ask(
      `SELECT substring(content FROM $3 FOR $4) AS part FROM styrk.parcels
       WHERE sender = $1 AND digest = $2 AND content IS NOT NULL`,
      [sender, digest, at + 1, chunk],
    );
    if (rows.length === 0) return null;
    const { part } = columnsOf(oneRow(rows), { part: v.instance(Uint8Array) });
    if (part.length !== Math.min(chunk, bytes - at))
      throw new Failure('service.answer-malformed', { reason: 'length' });
    parts.push(part);
  }
  return concat(...parts);
}

/** The addressee has it, or says why it cannot have it (`refused`): what it holds goes, the row stays. */
export async function markTaken(
  { ask }: Pick<Connection, 'ask'>,
  { sender, digest }: Pick<LyingParcel, 'sender' | 'digest'>,
  refused: FailureCode | null,
): Promise<void> {
  await ask(
    `UPDATE styrk.parcels SET content = NULL, taken_at = now(), refused = $3
     WHERE sender = $1 AND digest = $2 AND taken_at IS NULL`,
    [sender, digest, refused],
  );
}

/** Puts a parcel there; one that lies there already stays as it is. */
export async function putParcel(
  { ask }: Pick<Connection, 'ask'>,
  parcel: {
    readonly sender: string;
    readonly addressee: string;
    readonly kind: SentParcelKind;
    readonly content: Uint8Array;
  },
): Promise<void> {
  const { sender, addressee, kind, content } = parcel;
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  await ask(
    `INSERT INTO styrk.parcels (sender, digest, addressee, kind, content) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (sender, digest) DO NOTHING`,
    [sender, digestOfParcel(content), addressee, kind, bytes],
  );
}

/** By what a parcel is known at headquarters: SHA-256 over it, lower-case hex. */
export function digestOfParcel(content: Uint8Array): string {
  return toHex(sha256(content));
}

/** What became of a station's own parcels; one that is missing lies there no more. */
export async function ownParcels(
  { ask }: Pick<Connection, 'ask'>,
  sender: string,
  digests: readonly string[],
): Promise<ReadonlyMap<string, OwnParcel>> {
  const { rows } = await ask(
    `SELECT digest, taken_at IS NOT NULL AS taken, refused FROM styrk.parcels WHERE sender = $1 AND digest = ANY ($2::text[])`,
    [sender, digests],
  );
  const found = listed(rows, digests.length).map((row): OwnParcel => {
    const { digest, taken, refused } = columnsOf(row, ownColumns);
    return { digest, state: !taken ? 'lies there' : refused === null ? 'taken' : 'refused', refused };
  });
  return new Map(found.map((each) => [each.digest, each]));
}

/** Refuses an addressee that headquarters does not know. Fails with `fleet.not-enrolled`. */
export async function refuseUnenrolled({ ask }: Pick<Connection, 'ask'>, station: string): Promise<void> {
  const { rows } = await ask('SELECT station FROM styrk.addressees WHERE station = $1', [station]);
  if (rows.length === 0) throw new Failure('fleet.not-enrolled', { station });
}

function listed(rows: readonly unknown[], most: number): readonly unknown[] {
  if (rows.length > most) throw new Failure('service.answer-malformed', { reason: 'rows' });
  return rows;
}
