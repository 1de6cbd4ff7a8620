import * as v from 'valibot';
import { refuseNames } from '../../keeping/answering.ts';
import type { Act, ActEntry } from '../../records/act.ts';
import { Failure } from '../../result/failure.ts';
import type { UnlockedStore } from '../../store/types.ts';
import { cardFingerprint, type StationCard, stationCardSchema } from './station-card.ts';

/*
 * Stations that two administrators trust with cases, and what became of each case that went or came: all of it follows from the acts
 * of the folder, which are chained and signed. So nobody who can write the file alone lets a station in, or has a case taken twice.
 */

/** A station that is trusted, by whom and since when (ISO 8601). */
export interface TrustedStation extends StationCard {
  readonly fingerprint: string;
  readonly names: readonly string[];
  readonly since: string;
}

/** Where the referred cases of this station go by themselves, by whom and since when (ISO 8601). */
export interface ReferralRoute {
  readonly station: string;
  readonly names: readonly string[];
  readonly since: string;
}

/** By which way a parcel came. */
export type ParcelWay = 'file' | 'headquarters';

/** What happened to cases between this station and others. */
export interface TravelBook {
  readonly stations: readonly TrustedStation[];
  /** Null where they wait here until somebody hands them over. */
  readonly route: ReferralRoute | null;
  /** Trusted stations whose cases came over headquarters: their ends go back that way. */
  readonly cameOverHeadquarters: readonly string[];
  readonly trusted: (station: string) => TrustedStation | null;
  /** Cases of that station that were taken here, in order, each once; those that were given back among it. */
  readonly takenFrom: (station: string) => readonly { readonly id: string; readonly at: string }[];
  /** The act by which a case of that station was given back, or refused for good; null where there is none. Each act is of one case. */
  readonly givenBack: (station: string, id: string) => Act | null;
  /** Whether that station gave a case of ours back: it takes it no more. */
  readonly cameBack: (station: string, id: string) => boolean;
}

/** Ids of cases in an act, which holds plain texts. */
export const idsText = (ids: readonly string[]): string => ids.join(' ');
const idsIn = ({ detail }: Act): readonly string[] => String(detail.referrals ?? '').split(' ');
const isOf = ({ detail }: Act, station: string): boolean => detail.station === station;

/** Reads the acts. Fails with `trust.tampered` where they are not as the station signed them. */
export function travelBook(acts: Pick<UnlockedStore['acts'], 'list' | 'broken' | 'end'>): TravelBook {
  if (acts.broken().length > 0 || acts.end() === 'wrong') throw new Failure('trust.tampered', { part: 'acts' });
  const all = acts.list().filter(({ kind }) => kind.startsWith('referral.'));
  const of = (kind: Act['kind'], station: string): readonly ActEntry[] =>
    all.filter((act) => act.kind === kind && isOf(act, station));
  const standing = new Map<string, TrustedStation>();
  let route: ReferralRoute | null = null;
  for (const act of all) {
    const trusted = act.kind === 'referral.trust' ? trustedIn(act) : null;
    if (trusted !== null) standing.set(trusted.station, trusted);
    if (act.kind === 'referral.distrust') standing.delete(String(act.detail.station));
    route = routeAfter(act, route);
  }
  const came = all.filter(({ kind, detail }) => kind === 'referral.take' && detail.way === 'headquarters');
  return {
    stations: [...standing.values()],
    route,
    cameOverHeadquarters: [...standing.keys()].filter((station) => came.some((act) => isOf(act, station))),
    trusted: (station) => standing.get(station) ?? null,
    takenFrom: (station) => of('referral.take', station).flatMap((act) => idsIn(act).map((id) => ({ id, at: act.at }))),
    givenBack: (station, id) => of('referral.give-back', station).find(({ detail }) => detail.referrals === id) ?? null,
    cameBack: (station, id) => of('referral.take-back', station).some(({ detail }) => detail.referrals === id),
  };
}

/**
 * Trusts a station with cases, as a recorded act of two administrators; one that is trusted already is trusted anew, by the keys of this
 * card. Fails with `operator.name-missing`, `trust.pin-same-person`, and with `referral.file-malformed` for this station's own card.
 */
export function trustStation(
  { acts, station }: Pick<UnlockedStore, 'acts' | 'station'>,
  card: StationCard,
  { names, at }: { readonly names: readonly string[]; readonly at: string },
): TrustedStation {
  refuseNames(names);
  if (card.station === station.id) throw new Failure('referral.file-malformed', { reason: 'own card' });
  const fingerprint = cardFingerprint(card);
  const detail = { ...card, fingerprint };
  acts.record({ kind: 'referral.trust', at, signs: names, reason: '', detail }, () => undefined);
  return { ...card, fingerprint, names, since: at };
}

/**
 * Takes that back, as a recorded act; one administrator is enough. Fails with `referral.station-unknown`, `operator.name-missing`.
 */
export function distrustStation(
  { acts }: Pick<UnlockedStore, 'acts'>,
  station: string,
  { names, at }: { readonly names: readonly string[]; readonly at: string },
): void {
  const known = travelBook(acts).trusted(station);
  if (known === null) throw new Failure('referral.station-unknown', { station });
  const detail = { station, fingerprint: known.fingerprint };
  acts.record({ kind: 'referral.distrust', at, signs: names, reason: '', detail }, () => undefined);
}

// It ends with the trust in that station, and does not come back with it.
function routeAfter({ kind, detail, signs, at }: ActEntry, before: ReferralRoute | null): ReferralRoute | null {
  if (kind === 'referral.route') return { station: String(detail.station), names: signs, since: at };
  const ends = kind === 'referral.unroute' || (kind === 'referral.distrust' && detail.station === before?.station);
  return ends ? null : before;
}

function trustedIn({ detail, signs, at }: ActEntry): TrustedStation | null {
  const { fingerprint: _, ...card } = detail;
  const read = v.safeParse(stationCardSchema, card);
  return read.success ? { ...read.output, fingerprint: cardFingerprint(read.output), names: signs, since: at } : null;
}
