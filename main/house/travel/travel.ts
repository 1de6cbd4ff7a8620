import type { RandomSource } from '../../crypto/random.ts';
import { sha256 } from '../../crypto/sealing.ts';
import { largestSignedFile, signedFileKind } from '../../fleet/signed-file.ts';
import { refuseReason } from '../../keeping/answering.ts';
import { toHex } from '../../result/bytes.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import { isBefore, minutesAfter } from '../../result/instant.ts';
import type { WaitingCase } from '../../store/referrals-repository.ts';
import type { Store, UnlockedStore } from '../../store/types.ts';
import { isEmptySign } from '../../trust/lists/pins.ts';
import type { CaseFacts } from '../../verification/types.ts';
import { referralOf, referralText, unlessDamaged } from '../referral.ts';
import { decidingId, mayTravel } from '../referral-deciders.ts';
import { recordOf } from './kept-record.ts';
import {
  distrustStation,
  idsText,
  type ParcelWay,
  type ReferralRoute,
  type TravelBook,
  type TrustedStation,
  travelBook,
  trustStation,
} from './known-stations.ts';
import { openParcel, type ParcelHead, type ParcelKind, writeParcel } from './parcel.ts';
import { routeReferrals, unrouteReferrals } from './route.ts';
import { cardFingerprint, readCard, type StationCard, writeCard } from './station-card.ts';
import {
  caseIdForm,
  casesThatFit,
  headRoom,
  mostTravelling,
  type Outcome,
  outcomeFacts,
  readCases,
  readOutcomes,
  writeCases,
  writeOutcomes,
} from './travelling-case.ts';

/** So old a file of cases may be: what waited longer is past for every policy, and a stray copy is not taken years later. */
const oldestMinutes = 7 * 24 * 60;
/** So far may the clocks of two stations stand apart. */
const apartMinutes = 5;
/** So long after a case was taken its end is told with each answer. */
const toldMinutes = 60 * 24 * 60;

/** A file for another station, and the cases in it by their ids. */
export interface WrittenParcel {
  readonly bytes: Uint8Array;
  readonly ids: readonly string[];
}

/** A case that was decided at another station. */
export interface DecidedThere {
  readonly id: string;
  readonly outcome: CaseFacts['decision']['outcome'];
  readonly record: string;
  readonly answer: string | null;
}

/** What a file of another station brought. */
export type TakenParcel =
  | {
      readonly kind: 'referrals';
      readonly from: string;
      /** Ids of cases that wait here from now on, and of those that were taken, or given back, before. */
      readonly taken: readonly string[];
      readonly already: readonly string[];
    }
  | {
      readonly kind: 'outcomes';
      readonly from: string;
      /** Each with its record here, and the signed answer to a signed order. */
      readonly decided: readonly DecidedThere[];
      /** Ids of cases that wait here again. */
      readonly returned: readonly string[];
      readonly already: readonly string[];
      readonly refused: readonly { readonly id: string; readonly code: FailureCode }[];
    };

/**
 * Referred cases on their way between the stations of a branch that have no data folder in common. A case is handed over to one station,
 * which alone may decide it from then on; how it ended comes back and is a record here as well. All of it needs the key
 * (`storage.locked`), and fails with `trust.tampered` where the acts of the folder are not as the station signed them.
 */
export interface ReferralTravel {
  /** Who this station is, as a file for others, and what they compare. */
  readonly card: () => { readonly card: StationCard; readonly fingerprint: string; readonly bytes: Uint8Array };
  /** As `readCard`: what `trust` would trust, and what is compared before. */
  readonly readCard: (bytes: Uint8Array) => Promise<{ readonly card: StationCard; readonly fingerprint: string }>;
  readonly stations: () => readonly TrustedStation[];
  /** As `trustStation`. */
  readonly trust: (card: StationCard, names: readonly string[]) => TrustedStation;
  /** As `distrustStation`. */
  readonly distrust: (station: string, names: readonly string[]) => void;
  /** Where referred cases go by themselves; null where nowhere. */
  readonly route: () => ReferralRoute | null;
  /** As `routeReferrals`. */
  readonly setRoute: (station: string, names: readonly string[]) => ReferralRoute;
  /** As `unrouteReferrals`. */
  readonly endRoute: (names: readonly string[]) => string | null;
  /** Cases that wait at other stations. */
  readonly handed: () => readonly { readonly id: string; readonly at: string; readonly to: string }[];
  /**
   * Hands cases over to a station, as a recorded act: these, or all that wait here and may travel. `write` writes the file, and has
   * them leave the queue by `act` before its content is there; where it fails earlier they stay. Those that it has already are in the
   * file once more. Null where there is none. `by` null: nobody signs, the station does as administrators have set. Fails with
   * `referral.station-unknown`, `referral.gone` (of one that was named), `referral.taken` (it gave that one back), `file.too-large` (of the first one alone no file could be read), and as `write` does.
   */
  readonly handOver: (
    to: string,
    ids: readonly string[] | null,
    by: string | null,
    write: (bytes: Uint8Array, act: () => void) => void,
  ) => WrittenParcel | null;
  /**
   * Takes a file of a trusted station: cases to decide here, all or none, or how ours ended there, each by itself. `by` as in `handOver`.
   * `sender`: who put it there, where that is known; of another one it is `referral.file-malformed`. Fails as `openParcel`, and with `referral.file-old`, `clock.went-back`, `referral.taken` where nothing of it is new.
   */
  readonly take: (bytes: Uint8Array, by: string | null, way?: ParcelWay, sender?: string) => Promise<TakenParcel>;
  /**
   * Cases of that station that came, or were given back, within the time in which ends are told, by their ids, the oldest first: those
   * that still wait here among them.
   */
  readonly told: (to: string) => readonly string[];
  /**
   * How the cases of that station ended here, those that were told before among it: all that are `told`, or these. Null where none has.
   * Fails with `referral.station-unknown`.
   */
  readonly answer: (to: string, these?: readonly string[]) => WrittenParcel | null;
  /**
   * Gives a case back undecided, as a recorded act: it leaves the queue here and is never taken again; also one that never came. Fails with
   * `referral.station-unknown`, `referral.gone` (decided, or given back), `referral.id-malformed`, `decision.reason-missing`, `operator.name-missing`.
   */
  readonly giveBack: (station: string, id: string, by: { readonly name: string; readonly reason: string }) => void;
}

/** What travel stands on. */
export interface TravelGround {
  readonly store: Pick<Store, 'kind'>;
  readonly open: () => UnlockedStore;
  readonly now: () => string;
  readonly name: () => string | null;
  readonly random: RandomSource;
  /** Keeps the record of a case that was decided at another station, and takes it out of what was handed over: both or neither. */
  readonly keepOutcome: (facts: CaseFacts, from: string) => { readonly id: string; readonly answer: string | null };
}

export function referralTravel(ground: TravelGround): ReferralTravel {
  const { store, open, now, random } = ground;
  const training = store.kind === 'training';
  const book = (): TravelBook => travelBook(open().acts);
  const trusted = (known: TravelBook, station: string): TrustedStation => {
    const found = known.trusted(station);
    if (found === null) throw new Failure('referral.station-unknown', { station });
    return found;
  };
  const written = (kind: ParcelKind, to: StationCard, plain: Uint8Array): Uint8Array =>
    writeParcel(kind, plain, { station: open().station, to, at: now(), training, random });
  const ownCard = (): StationCard => {
    const { station, receiving } = open();
    return {
      station: station.id,
      name: ground.name() ?? '',
      publicKey: toHex(station.publicKey),
      receivingKey: toHex(receiving.publicKey()),
    };
  };

  return {
    card: () => {
      const card = ownCard();
      return { card, fingerprint: cardFingerprint(card), bytes: writeCard(card, open().station.sign) };
    },
    readCard: async (bytes) => {
      const card = await readCard(bytes);
      return { card, fingerprint: cardFingerprint(card) };
    },
    stations: () => book().stations,
    trust: (card, names) => trustStation(open(), card, { names, at: now() }),
    distrust: (station, names) => distrustStation(open(), station, { names, at: now() }),
    route: () => book().route,
    setRoute: (station, names) => routeReferrals(open(), station, { names, at: now() }),
    endRoute: (names) => unrouteReferrals(open(), { names, at: now() }),
    handed: () => open().referrals.handed(),
    handOver: (to, ids, by, write) => {
      const known = book();
      const peer = trusted(known, to);
      const { acts, referrals } = open();
      const out = ids ?? referrals.handed().flatMap(({ id, to: at }) => (at === to ? [id] : []));
      // Of all, one that is damaged stays and keeps none of the others back; one that is named is a failure.
      const each = <T>(look: () => T): T | null => (ids === null ? unlessDamaged(look) : look());
      // Of many that are out no more are opened than one file holds.
      const there: WaitingCase[] = [];
      for (const id of out) {
        if (there.length === mostTravelling) break;
        const found = each(() => referrals.getHanded(id, to));
        if (found !== null) there.push(found);
      }
      const waiting =
        ids === null ? referrals.list().whole : [...new Set(ids)].flatMap((id) => referrals.get(id) ?? []);
      const here = waiting.filter(({ id, text }) => each(() => travels(text, known.cameBack(to, id), ids)) === true);
      const missing = ids?.find((id) => ![...there, ...here].some((waiting) => waiting.id === id));
      if (missing !== undefined) throw new Failure('referral.gone', { id: missing });
      // Those that go for the first time come first: however many ends are still out, none of them is kept back for ever.
      const all = [...here, ...there].slice(0, mostTravelling);
      if (all.length === 0) return null;
      // What no file has room for waits for the next one.
      const sent = casesThatFit(all, largestSignedFile - headRoom);
      if (sent.length === 0) throw new Failure('file.too-large');
      const leaving = here.filter((waiting) => sent.includes(waiting));
      const bytes = written('referrals', peer, writeCases(sent.map(({ text }) => text)));
      write(bytes, () => {
        if (leaving.length === 0) return;
        const detail = { station: to, referrals: idsText(leaving.map(({ id }) => id)) };
        acts.record({ kind: 'referral.hand-over', at: now(), signs: signsOf(by), reason: '', detail }, () => {
          for (const { id } of leaving) referrals.handOver(id, to);
        });
      });
      return { bytes, ids: sent.map(({ id }) => id) };
    },
    take: async (bytes, by, way = 'file', sender) => {
      const kind = signedFileKind(bytes);
      if (kind !== 'referrals' && kind !== 'outcomes')
        throw new Failure('referral.file-malformed', { reason: 'not of this kind' });
      const known = book();
      const { station, receiving } = open();
      const from = (said: string): TrustedStation | null => {
        if (sender !== undefined && said !== sender) throw new Failure('referral.file-malformed', { reason: 'sender' });
        return known.trusted(said);
      };
      const { head, plain } = await openParcel(kind, bytes, { station, receiving, training, trusted: from });
      return kind === 'referrals' ? takeCases(bytes, head, plain, { by, way }) : takeOutcomes(head, plain, by);
    },
    told: (to) => toldTo(to, book()),
    answer: (to, these) => {
      const known = book();
      const peer = trusted(known, to);
      const { records, referrals } = open();
      const outcomes = (these ?? toldTo(to, known)).flatMap((id): readonly Outcome[] => {
        // What waits here has not ended, whatever the acts say; and what was decided here was, first of all.
        if (referrals.waits(id)) return [];
        const record = recordOf(records, decidingId(id));
        // Of what was erased since nothing can be told; that keeps none of the others back.
        if (record !== null) return record === 'erased' ? [] : [{ id, ended: 'decided', ...record }];
        const back = known.givenBack(to, id);
        if (back === null) return [];
        return [{ id, ended: 'given-back', signs: back.signs, at: back.at, reason: back.reason }];
      });
      const sent = outcomes.slice(-mostTravelling);
      if (sent.length === 0) return null;
      return { bytes: written('outcomes', peer, writeOutcomes(sent)), ids: sent.map(({ id }) => id) };
    },
    giveBack: (station, id, { name, reason }) => {
      if (isEmptySign(name)) throw new Failure('operator.name-missing');
      refuseReason(reason);
      if (!caseIdForm.test(id)) throw new Failure('referral.id-malformed');
      const { acts, referrals, records, atOnce } = open();
      atOnce(() => {
        // Asked where nobody else writes: another process may just be taking it.
        const known = book();
        trusted(known, station);
        if (known.givenBack(station, id) !== null || recordOf(records, decidingId(id)) !== null)
          throw new Failure('referral.gone');
        const waits = referrals.ids().includes(id);
        if (waits && !isOf(id, station, known)) throw new Failure('referral.gone');
        const detail = { station, referrals: id };
        acts.record({ kind: 'referral.give-back', at: now(), signs: [name], reason, detail }, () => {
          if (waits) referrals.take(id);
        });
      });
    },
  };

  // Whether a case that waits here came from that station. What a damaged one would say the acts know: it is whole there.
  function isOf(id: string, station: string, known: TravelBook): boolean {
    const told = unlessDamaged(() => {
      const waiting = open().referrals.get(id);
      return waiting !== null && referralOf(waiting.text).from?.station === station;
    });
    return told ?? known.takenFrom(station).some((taken) => taken.id === id);
  }

  function toldTo(to: string, known: TravelBook): readonly string[] {
    const since = minutesAfter(now(), -toldMinutes);
    const refusedUnseen = open()
      .acts.list()
      .filter(({ kind, detail, at }) => kind === 'referral.give-back' && detail.station === to && !isBefore(at, since))
      .map(({ detail, at }) => ({ id: String(detail.referrals), at }));
    const all = [...known.takenFrom(to).filter(({ at }) => !isBefore(at, since)), ...refusedUnseen];
    return [...new Set(all.toSorted((a, b) => (isBefore(a.at, b.at) ? -1 : 1)).map(({ id }) => id))];
  }

  function takeCases(
    bytes: Uint8Array,
    { from, at }: ParcelHead,
    plain: Uint8Array,
    { by, way }: { readonly by: string | null; readonly way: ParcelWay },
  ): TakenParcel {
    if (isBefore(at, minutesAfter(now(), -oldestMinutes))) throw new Failure('referral.file-old', { at });
    if (isBefore(minutesAfter(now(), apartMinutes), at)) throw new Failure('clock.went-back');
    const cases = readCases(plain, from);
    const { acts, referrals, records, atOnce } = open();
    return atOnce(() => {
      // Asked where nobody else writes: two may be taking the same file.
      const known = book();
      const seen = new Set(known.takenFrom(from).map(({ id }) => id));
      const isKnown = (id: string): boolean =>
        seen.has(id) ||
        known.givenBack(from, id) !== null ||
        referrals.waits(id) ||
        [id, decidingId(id)].some((record) => recordOf(records, record) !== null);
      const fresh = cases.filter(({ id }) => !isKnown(id));
      if (fresh.length === 0) throw new Failure('referral.taken', { referrals: idsText(cases.map(({ id }) => id)) });
      const taken = fresh.map(({ id }) => id);
      // A file has no word for its way, and never had: its act stays as it was.
      const came = way === 'file' ? {} : { way };
      const detail = { station: from, referrals: idsText(taken), sha256: toHex(sha256(bytes)), ...came };
      acts.record({ kind: 'referral.take', at: now(), signs: signsOf(by), reason: '', detail }, () => {
        for (const each of fresh) referrals.put({ id: each.id, at: each.at, text: referralText(each) });
      });
      const already = cases.map(({ id }) => id).filter((id) => !taken.includes(id));
      return { kind: 'referrals', from, taken, already };
    });
  }

  function takeOutcomes({ from }: ParcelHead, plain: Uint8Array, by: string | null): TakenParcel {
    const outcomes = readOutcomes(plain);
    const decided: DecidedThere[] = [];
    const returned: string[] = [];
    const already: string[] = [];
    const refused: { id: string; code: FailureCode }[] = [];
    // Each by itself: one that cannot be taken keeps none of the others away.
    for (const outcome of outcomes) {
      const { id } = outcome;
      try {
        if (isHere(outcome, from)) already.push(id);
        else if (outcome.ended === 'given-back') {
          returnCase(outcome, from, by);
          returned.push(id);
        } else {
          const { station, referrals } = open();
          const waiting = referrals.getHanded(id, from);
          if (waiting === null) throw new Failure('referral.not-handed');
          const around = { from, here: station.id, training };
          const kept = ground.keepOutcome(outcomeFacts(outcome, referralOf(waiting.text), around), from);
          const { outcome: ended } = outcome.content.decision;
          decided.push({ id, outcome: ended, record: kept.id, answer: kept.answer });
        }
      } catch (thrown) {
        const { code } = asFailure(thrown);
        // The folder itself: nothing more can be taken, and what was stays.
        if (code.startsWith('storage.')) throw thrown;
        refused.push({ id, code });
      }
    }
    return { kind: 'outcomes', from, decided, returned, already, refused };
  }

  function isHere(outcome: Outcome, from: string): boolean {
    if (outcome.ended === 'given-back') return book().cameBack(from, outcome.id);
    const record = recordOf(open().records, decidingId(outcome.id));
    // It was here, and was taken from nobody but the station that the case was handed to.
    if (record === 'erased') return true;
    return record?.content.elsewhere?.station === from && record.content.elsewhere.hash === outcome.hash;
  }

  function returnCase(outcome: Extract<Outcome, { ended: 'given-back' }>, from: string, by: string | null): void {
    const { acts, referrals } = open();
    const detail = {
      station: from,
      referrals: outcome.id,
      givenBackBy: outcome.signs.join(', '),
      givenBackAt: outcome.at,
    };
    acts.record({ kind: 'referral.take-back', at: now(), signs: signsOf(by), reason: outcome.reason, detail }, () =>
      referrals.takeBack(outcome.id, from),
    );
  }
}

const signsOf = (by: string | null): readonly string[] => (by === null ? [] : [by]);

// Whom the other one gave back it takes no more.
function travels(text: string, cameBack: boolean, ids: readonly string[] | null): boolean {
  if (cameBack && ids !== null) throw new Failure('referral.taken');
  return !cameBack && mayTravel(referralOf(text));
}
