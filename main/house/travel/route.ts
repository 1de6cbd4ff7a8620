import { refuseNames } from '../../keeping/answering.ts';
import { Failure } from '../../result/failure.ts';
import type { UnlockedStore } from '../../store/types.ts';
import { isEmptySign } from '../../trust/lists/pins.ts';
import { type ReferralRoute, travelBook } from './known-stations.ts';

/*
 * Where the referred cases of this station go by themselves, over headquarters: two administrators say it once, and nobody is asked for
 * each case. It ends by one of them, and with the trust in that station.
 */

/**
 * From now on cases that are referred here go to that station by themselves, in the place of where they went before: a recorded act of
 * two administrators. Fails with `operator.name-missing`, `trust.pin-same-person`, `referral.station-unknown`.
 */
export function routeReferrals(
  { acts }: Pick<UnlockedStore, 'acts'>,
  station: string,
  { names, at }: { readonly names: readonly string[]; readonly at: string },
): ReferralRoute {
  refuseNames(names);
  const known = travelBook(acts).trusted(station);
  if (known === null) throw new Failure('referral.station-unknown', { station });
  const detail = { station, fingerprint: known.fingerprint };
  acts.record({ kind: 'referral.route', at, signs: names, reason: '', detail }, () => undefined);
  return { station, names, since: at };
}

/**
 * They go nowhere by themselves any more, as a recorded act of one administrator. What was handed over stays handed over. Answers the
 * station that they went to; null, and no act, where they went to none. Fails with `operator.name-missing`.
 */
export function unrouteReferrals(
  { acts }: Pick<UnlockedStore, 'acts'>,
  { names, at }: { readonly names: readonly string[]; readonly at: string },
): string | null {
  if (names.length === 0 || names.some(isEmptySign)) throw new Failure('operator.name-missing');
  const { route } = travelBook(acts);
  if (route === null) return null;
  const detail = { station: route.station };
  acts.record({ kind: 'referral.unroute', at, signs: names, reason: '', detail }, () => undefined);
  return route.station;
}
