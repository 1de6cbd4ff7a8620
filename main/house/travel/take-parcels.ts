import type { Connection } from '../../fleet/connection.ts';
import {
  contentOfParcel,
  type LyingParcel,
  lyingParcels,
  markTaken,
  stillLying,
  strangeSenders,
} from '../../fleet/parcels.ts';
import { largestSignedFile } from '../../fleet/signed-file.ts';
import { asFailure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import { isBefore, minutesAfter } from '../../result/instant.ts';
import type { RefusedParcel } from '../../store/parcels.ts';
import type { UnlockedStore } from '../../store/types.ts';
import type { TravelBook } from './known-stations.ts';
import type { ReferralTravel } from './travel.ts';

/** What a round of parcels stands on. `now` is ISO 8601. */
export interface RoundGround {
  readonly connection: Pick<Connection, 'ask'>;
  readonly opened: Pick<UnlockedStore, 'acts' | 'atOnce' | 'outbox' | 'parcels' | 'records' | 'referrals' | 'station'>;
  readonly travel: Pick<ReferralTravel, 'answer' | 'handOver' | 'take' | 'told'>;
  readonly book: TravelBook;
  readonly now: () => string;
  /** Lets others of the process come to their turn. */
  readonly turn: () => Promise<void>;
  /** Ends of these cases are told once more: their station asks again, and may have been put back to before it knew. */
  readonly tellAgain: (ids: readonly string[]) => void;
  /** Somebody waits for it: pauses after what failed do not count. */
  readonly byHand: boolean;
}

/** So many of each kind one round takes, or makes; the next one goes on. */
export const mostOfRound = 100;
/** So often one parcel is tried by itself. */
export const mostTries = 8;
const longestPauseMinutes = 60;
const mostStrangers = 20;
/** So long something that was refused is told: the longer where nothing of its kind was taken of that station since. */
const toldMinutes = 24 * 60;
const toldMinutesAlone = 7 * 24 * 60;

// What lies in the parcel itself and no second try mends. The other station makes another, or is told that it cannot be.
const standing: readonly FailureCode[] = [
  'referral.file-malformed',
  'referral.file-old',
  'referral.other-station',
  'referral.not-handed',
  'fleet.signature-wrong',
  'order.already-confirmed',
  'record.malformed',
];

// Once said at headquarters it lies there no more.
const isSaid = ({ code, tries }: Pick<RefusedParcel, 'code' | 'tries'>): boolean =>
  standing.includes(code) || tries >= mostTries;

/**
 * Whether so many minutes have gone by that a next try is due: 1 after the first, doubled with each, an hour at most. A last try that is
 * still to come was written down by a clock that was ahead: the next one is due.
 */
export function isDue({ tries, at }: { readonly tries: number; readonly at: string }, now: string): boolean {
  const pause = tries === 0 ? 0 : Math.min(longestPauseMinutes, 2 ** (tries - 1));
  return isBefore(now, at) || !isBefore(now, minutesAfter(at, pause));
}

/**
 * Fetches what lies at headquarters for this station, of each sender in turn, and takes it: first here, then it is said there, so that
 * what breaks off between is found once more and known. One that cannot be taken keeps none of the others back. Answers how many parcels were
 * taken. Fails as the connection does, and where the folder itself cannot be written (`storage.busy`, ..).
 */
export async function takeParcels(ground: RoundGround): Promise<number> {
  const { connection, opened, book, turn } = ground;
  const { parcels, station } = opened;
  const senders = book.stations.map((known) => known.station);
  const before = parcels.refused();
  const except = before.filter((refused) => refused.digest !== '' && rest(refused, ground)).map(({ digest }) => digest);
  const taken: LyingParcel[] = [];
  for (const each of await lyingParcels(connection, { station: station.id, senders, except, most: mostOfRound })) {
    const tries =
      before.find(({ station: from, digest }) => from === each.sender && digest === each.digest)?.tries ?? 0;
    if ((await takeOne(each, tries, ground)) === 'taken') taken.push(each);
    await turn();
  }
  await tellStrangers(ground, senders);
  await forgetTold(ground, taken);
  return taken.length;
}

// What went away there by itself, and what was told for long enough. What was taken meanwhile has the others tried and told as before.
async function forgetTold({ connection, opened, now }: RoundGround, taken: readonly LyingParcel[]): Promise<void> {
  const { parcels, station } = opened;
  const told = parcels.refused();
  const open = told.filter((each) => each.digest !== '' && !isSaid(each)).map(({ digest }) => digest);
  const lying = open.length === 0 ? [] : await stillLying(connection, station.id, open);
  for (const each of told) {
    const cameSince = taken.some(({ sender, kind }) => sender === each.station && kind === each.kind);
    const most = isSaid(each) && cameSince ? toldMinutes : toldMinutesAlone;
    const isGone = open.includes(each.digest) && !lying.includes(each.digest);
    if (isGone || isBefore(each.since, minutesAfter(now(), -most))) parcels.forgetRefused(each.station, each.digest);
  }
}

// A station that is trusted anew since may be taken by its new key.
function rest({ station, tries, triedAt }: RefusedParcel, { book, now, byHand }: RoundGround): boolean {
  const since = book.trusted(station)?.since;
  if (byHand || (since !== undefined && isBefore(triedAt, since))) return false;
  return !isDue({ tries, at: triedAt }, now());
}

// `tries`: how often it was tried before.
async function takeOne(lying: LyingParcel, tries: number, ground: RoundGround): Promise<'taken' | 'refused' | 'gone'> {
  const { connection, opened, now } = ground;
  const { sender: station, digest, kind, bytes } = lying;
  const content = bytes > largestSignedFile ? new Uint8Array() : await contentOfParcel(connection, lying);
  if (content === null) return 'gone';
  const code = await hindrance(content, station, ground);
  // After the last try its sender is told as well, and may make another.
  if (code === null || isSaid({ code, tries: tries + 1 })) await markTaken(connection, lying, code);
  if (code === null) opened.parcels.forgetRefused(station, digest);
  else opened.parcels.noteRefused({ station, digest, kind, code }, now());
  return code === null ? 'taken' : 'refused';
}

// Null where all of it is here now, also from a time before. What concerns the folder, and no parcel, ends the round.
async function hindrance(
  content: Uint8Array,
  sender: string,
  { travel, tellAgain }: RoundGround,
): Promise<FailureCode | null> {
  const tried = async (): Promise<FailureCode | null> => {
    try {
      const brought = await travel.take(content, null, 'headquarters', sender);
      return brought.kind === 'referrals' ? null : (brought.refused[0]?.code ?? null);
    } catch (thrown) {
      const { code, fields } = asFailure(thrown);
      if (code === 'referral.taken') {
        tellAgain(String(fields.referrals ?? '').split(' '));
        return null;
      }
      if (code.startsWith('storage.') || code === 'trust.tampered') throw thrown;
      return code;
    }
  };
  const code = await tried();
  // Another process may have taken the same end between the look and the act: then it is here.
  return code === 'referral.not-handed' ? tried() : code;
}

// Nothing of theirs is fetched; that something lies there is told, until it is gone or they are trusted.
async function tellStrangers({ connection, opened, now }: RoundGround, senders: readonly string[]): Promise<void> {
  const { parcels, station } = opened;
  const strangers = await strangeSenders(connection, { station: station.id, senders, most: mostStrangers });
  const told = parcels.refused().filter(({ digest }) => digest === '');
  for (const { station: one } of told) if (!strangers.includes(one)) parcels.forgetRefused(one, '');
  for (const one of strangers)
    if (!told.some((each) => each.station === one))
      parcels.noteRefused({ station: one, digest: '', kind: 'referrals', code: 'referral.station-unknown' }, now());
}
