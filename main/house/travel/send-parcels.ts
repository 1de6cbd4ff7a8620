import {
  digestOfParcel,
  type OwnParcel,
  ownParcels,
  putParcel,
  refuseUnenrolled,
  type SentParcelKind,
  sendersTaken,
} from '../../fleet/parcels.ts';
import { largestSignedFile } from '../../fleet/signed-file.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import { type FailureCode, failureCodes } from '../../result/failure-codes.ts';
import { isBefore, minutesAfter } from '../../result/instant.ts';
import type { SentParcel } from '../../store/parcels.ts';
import { referralOf, unlessDamaged } from '../referral.ts';
import { decidingId, mayTravel } from '../referral-deciders.ts';
import { recordOf } from './kept-record.ts';
import { isDue, mostOfRound, mostTries, type RoundGround } from './take-parcels.ts';
import type { WrittenParcel } from './travel.ts';

/** How many parcels a round brought to headquarters, and why others did not go where the connection is not to blame. */
export interface SentOfRound {
  readonly referrals: number;
  readonly outcomes: number;
  readonly code: FailureCode | null;
}

/** What is remembered between rounds of one process, so that an idle one opens no case. */
export interface SentMemory {
  /** Cases that never travel, whoever they would go to. */
  readonly staying: Set<string>;
  /** Up to where it was seen that no end waits to be told. */
  toldUpTo: string;
  /** When the folder was last restored from a backup, as of so many acts; null where it never was. */
  restored: { readonly upTo: number; readonly at: string | null } | null;
}

/** An end is remembered for longer than it is told (`toldMinutes` in `travel.ts`). */
const rememberedMinutes = 90 * 24 * 60;
/** So long after its addressee had a case its end is asked for. */
const awayMinutes = 24 * 60;

// Refused for what may have been done to the parcel on its way, for its age, or for a clock that may be right by now: another one is made.
// What its addressee refuses for good stays so.
const madeAnew: readonly FailureCode[] = [
  'clock.went-back',
  'referral.file-malformed',
  'referral.file-old',
  'referral.other-station',
  'fleet.signature-wrong',
];

/**
 * Brings to headquarters what goes to other stations: cases that are routed, and the ends of cases that came over headquarters; each case
 * in a parcel of its own. A case leaves the queue here, and its parcel is noted, at once; then the parcel is put there. What breaks
 * off between, and what headquarters has no longer, is made and put once more: its addressee takes each case once. Fails as the
 * connection does, and where the folder cannot be written.
 */
export async function sendParcels(ground: RoundGround, memory: SentMemory): Promise<SentOfRound> {
  const { opened, now } = ground;
  const { acts, outbox, parcels } = opened;
  const upTo = `${acts.newest()}/${outbox.newest('records').number}`;
  if (upTo !== memory.toldUpTo || parcels.untaken().length > 0) parcels.tidy(minutesAfter(now(), -rememberedMinutes));
  await noteStates(ground);
  askAgain(ground, memory);
  const sent = { referrals: 0, outcomes: 0 };
  const codes: FailureCode[] = [];
  let made = 0;
  for (const { kind, id, station } of parcels.untaken().filter((each) => isToMake(each, ground))) {
    // What cannot be made takes no place of what can.
    if (made === mostOfRound) break;
    const went = await sendOne(kind, id, station, ground);
    if (went === 'sent') {
      sent[kind] += 1;
      made += 1;
    } else if (went !== null) codes.push(went);
  }
  // That none goes at all is told before what is wrong with one.
  const routed = await sendRouted(ground, memory, () => {
    sent.referrals += 1;
  });
  if (upTo !== memory.toldUpTo) {
    const ended = await sendEnds(ground);
    sent.outcomes += ended.sent;
    if (ended.all) memory.toldUpTo = upTo;
  }
  return { ...sent, code: [...routed, ...codes][0] ?? null };
}

// Asked of headquarters, which alone knows: also of those that were made and perhaps put there just before all ended.
async function noteStates({ connection, opened, now }: RoundGround): Promise<void> {
  const { parcels, station } = opened;
  const untaken = parcels.untaken();
  for (let from = 0; from < untaken.length; from += mostOfRound) {
    const some = untaken.slice(from, from + mostOfRound);
    const states = await ownParcels(
      connection,
      station.id,
      some.map(({ digest }) => digest),
    );
    for (const one of some) noteState(one, states.get(one.digest), { parcels, at: now() });
  }
}

function noteState(
  { digest, sentAt, code: before }: SentParcel,
  found: OwnParcel | undefined,
  { parcels, at }: { readonly parcels: RoundGround['opened']['parcels']; readonly at: string },
): void {
  if (found === undefined) {
    if (sentAt !== null) parcels.noteLost(digest, null);
  } else if (found.state === 'taken') parcels.noteTaken(digest, at, null);
  else if (found.state === 'lies there') {
    if (sentAt === null) parcels.noteSent(digest, at);
  } else {
    // A newer app may know more codes than this one.
    const code = failureCodes.find((known) => known === found.refused) ?? 'referral.file-malformed';
    if (!madeAnew.includes(code)) parcels.noteTaken(digest, at, code);
    else if (before === null || sentAt !== null) parcels.noteLost(digest, code);
  }
}

// Either of the two may have been put back to before: here the end that came is missing, there the case. Whoever has it tells how it ended,
// and whoever has it no more takes it.
function askAgain({ opened, book, now }: RoundGround, memory: SentMemory): void {
  const { acts, parcels } = opened;
  const away = parcels.away().filter(({ station }) => book.trusted(station) !== null);
  if (away.length === 0) return;
  const upTo = acts.newest();
  if (memory.restored?.upTo !== upTo)
    memory.restored = { upTo, at: acts.list().findLast(({ kind }) => kind === 'backup.restore')?.at ?? null };
  const { at } = memory.restored;
  // One that is still to come says nothing of what was made before.
  const restoredAt = at === null || isBefore(now(), at) ? null : at;
  for (const { digest, madeAt, takenAt } of away)
    if (isLongAgo(takenAt ?? madeAt, now()) || (restoredAt !== null && isBefore(madeAt, restoredAt)))
      parcels.askAgain(digest);
}

const isLongAgo = (at: string, now: string): boolean =>
  isBefore(now, at) || !isBefore(now, minutesAfter(at, awayMinutes));

function isToMake(
  { station, sentAt, madeAt, tries, code }: SentParcel,
  { book, now, byHand }: Pick<RoundGround, 'book' | 'now' | 'byHand'>,
): boolean {
  if (sentAt !== null || book.trusted(station) === null) return false;
  // After all tries once a day: the case waits with nobody until then.
  const isTried = code !== null && tries >= mostTries;
  return byHand || (isTried ? isLongAgo(madeAt, now()) : isDue({ tries, at: madeAt }, now()));
}

// Where a route leads, and only once headquarters is there and knows that station: until then a colleague may decide the case here.
// Answers why some of them did not go; one that does not go keeps none of the others back.
async function sendRouted(
  ground: RoundGround,
  { staying }: SentMemory,
  sent: () => void,
): Promise<readonly FailureCode[]> {
  const { connection, opened, book } = ground;
  const { route } = book;
  if (route === null) return [];
  const { station: to } = route;
  const waiting = opened.referrals.ids().filter((id) => !staying.has(id));
  const codes: FailureCode[] = [];
  const going = waiting.filter((id) => {
    if (book.cameBack(to, id)) return false;
    const goes = unlessDamaged(() => {
      const found = opened.referrals.get(id);
      return found === null ? 'gone' : mayTravel(referralOf(found.text));
    });
    if (goes === null) codes.push('referral.damaged');
    if (goes === false) staying.add(id);
    return goes === true;
  });
  if (going.length === 0) return codes;
  try {
    await refuseUnenrolled(connection, to);
  } catch (thrown) {
    if (asFailure(thrown).code !== 'fleet.not-enrolled') throw thrown;
    return ['referral.station-not-enrolled', ...codes];
  }
  for (const id of going.slice(0, mostOfRound)) {
    const went = await sendOne('referrals', id, to, ground);
    if (went === 'sent') sent();
    else if (went !== null) codes.push(went);
  }
  return codes;
}

// Of stations whose cases came over headquarters; of the others a file brings them back as it brought them here. A case that came by file
// first, or was given back before it came, has no act of how it came: of that headquarters knows.
async function sendEnds(ground: RoundGround): Promise<{ readonly sent: number; readonly all: boolean }> {
  const { connection, opened, travel, book } = ground;
  // What has nothing to tell keeps none of the others back.
  const all = book.stations.flatMap(({ station }) =>
    travel
      .told(station)
      .filter((id) => opened.parcels.get('outcomes', id) === null && !opened.referrals.waits(id))
      .filter((id) => book.givenBack(station, id) !== null || isKept(recordOf(opened.records, decidingId(id))))
      .map((id) => ({ station, id })),
  );
  const unknown = [...new Set(all.map(({ station }) => station))].filter(
    (station) => !book.cameOverHeadquarters.includes(station),
  );
  const found = unknown.length === 0 ? [] : await sendersTaken(connection, opened.station.id, unknown);
  const ended = all.filter(({ station }) => book.cameOverHeadquarters.includes(station) || found.includes(station));
  let sent = 0;
  for (const { station, id } of ended.slice(0, mostOfRound))
    if ((await sendOne('outcomes', id, station, ground)) === 'sent') sent += 1;
  return { sent, all: ended.length <= mostOfRound };
}

const isKept = (record: ReturnType<typeof recordOf>): boolean => record !== null && record !== 'erased';

// Null where it stays for a good reason; else why it cannot go.
async function sendOne(
  kind: SentParcelKind,
  id: string,
  to: string,
  ground: RoundGround,
): Promise<'sent' | FailureCode | null> {
  const { connection, opened, now, turn } = ground;
  const { parcels, station } = opened;
  const made = makeOne(kind, id, to, ground);
  if (made === null || typeof made === 'string') return made;
  await putParcel(connection, { sender: station.id, addressee: to, kind, content: made.bytes });
  parcels.noteSent(digestOfParcel(made.bytes), now());
  await turn();
  return 'sent';
}

// In one transaction with the note, so that nothing that was handed over is ever without one. Null where the case ended, came back or was
// taken by another meanwhile, or its station is trusted no more: then it stays where it is.
function makeOne(
  kind: SentParcelKind,
  id: string,
  station: string,
  { opened, travel, now }: RoundGround,
): WrittenParcel | FailureCode | null {
  const { atOnce, parcels } = opened;
  try {
    return atOnce(() => {
      const made =
        kind === 'referrals' ? travel.handOver(station, [id], null, (_, act) => act()) : travel.answer(station, [id]);
      if (made === null) return null;
      if (made.bytes.length > largestSignedFile) throw new Failure('file.too-large');
      parcels.noteMade({ kind, id, station, digest: digestOfParcel(made.bytes) }, now());
      return made;
    });
  } catch (thrown) {
    const { code } = asFailure(thrown);
    if (code === 'file.too-large' || code === 'referral.damaged') return code;
    if (['referral.gone', 'referral.taken', 'referral.station-unknown'].includes(code)) return null;
    throw thrown;
  }
}
