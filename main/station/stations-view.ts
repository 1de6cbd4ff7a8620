import { type StationsView, stationsBounds, type TakenFile } from '../../preload/contract.ts';
import type { House } from '../house/house.ts';
import { mayTravel } from '../house/referral-deciders.ts';
import { longest } from '../result/bounds.ts';

type Taken = Awaited<ReturnType<House['travel']['take']>>;

/** Other stations and the cases between them, as the office shows them. Fails with `storage.locked`, `trust.tampered`. */
export function stationsView(
  { travel, referrals, fleet }: Pick<House, 'travel' | 'referrals' | 'fleet'>,
  looked: StationsView['looked'],
): StationsView {
  const { card, fingerprint } = travel.card();
  const stations = travel.stations();
  const away = travel.handed();
  const { waiting: here, damaged } = referrals();
  const guests = here.flatMap(({ id, at, from }) => (from === undefined ? [] : [{ id, at, from: from.station }]));
  const waiting = here.filter(mayTravel).length;
  return {
    own: { station: card.station, name: card.name, fingerprint },
    stations: stations.slice(0, stationsBounds.stations).map(({ station, name, names, since, ...known }) => ({
      ...{ station, name, since, fingerprint: known.fingerprint },
      names: names.slice(0, 2).map((sign) => sign.slice(0, longest.sign)),
    })),
    stationCount: stations.length,
    route: travel.route()?.station ?? null,
    headquartersSet: fleet.isSet(),
    waiting,
    staying: here.length - guests.length - waiting,
    damaged: damaged.length,
    away: away.slice(0, stationsBounds.cases).map(({ id, at, to }) => ({ id, at, to })),
    awayCount: away.length,
    guests: guests.slice(0, stationsBounds.cases),
    guestCount: guests.length,
    looked,
  };
}

/** What a file of another station brought, as the page is told it: no answer to a bank crosses. */
export function takenView(taken: Taken): TakenFile {
  if (taken.kind === 'referrals') {
    const { kind, from } = taken;
    return { kind, from, taken: [...taken.taken], already: [...taken.already] };
  }
  const { kind, from, decided, returned, already, refused } = taken;
  return {
    ...{ kind, from, returned: [...returned], already: [...already] },
    decided: decided.map(({ id, outcome, record, answer }) => ({ id, outcome, record, answered: answer !== null })),
    refused: refused.map(({ id, code }) => ({ id, code })),
  };
}
