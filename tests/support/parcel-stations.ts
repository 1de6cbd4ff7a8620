import type { Fleet } from '../../main/fleet/fleet.ts';
import { houseRecords } from '../../main/house/house-records.ts';
import { type Referral, referralOf, referralText } from '../../main/house/referral.ts';
import { decidingId } from '../../main/house/referral-deciders.ts';
import { type ParcelExchange, parcelExchange } from '../../main/house/travel/exchange.ts';
import { type ReferralTravel, referralTravel } from '../../main/house/travel/travel.ts';
import { machineAfter } from '../../main/machine/clock.ts';
import { machineRandom } from '../../main/machine/random.ts';
import type { Store, UnlockedStore } from '../../main/store/types.ts';
import type { Verdict } from '../../main/verification/types.ts';
import { caseFacts } from '../unit/records/case-facts.ts';

/*
 * Stations whose referred cases travel over headquarters: the folder, the travel and the exchange as the house composes them, with cases
 * that no chip was read for.
 */

export interface ParcelStation {
  readonly id: string;
  readonly opened: UnlockedStore;
  readonly travel: ReferralTravel;
  readonly exchange: ParcelExchange['exchange'];
  readonly keepExchanging: ParcelExchange['keepExchanging'];
  /** A case is referred: its record, and it waits here. */
  readonly refer: (id: string) => void;
  /** A colleague decides a case that waits here; answers the hash of the record. */
  readonly decide: (id: string) => string;
  readonly queue: () => readonly string[];
}

const colleague = { sign: 'EF', source: 'typed' } as const;
const kiosk = { sign: 'kiosk', source: 'typed' } as const;
const verdict: Verdict = {
  verdict: 'refer',
  reasons: ['face.not-compared'],
  decidedBy: 'face.comparison',
  passedOver: [],
  conditions: [],
};

export function parcelStation(
  { store, ...opened }: UnlockedStore & { readonly store: Pick<Store, 'kind'> },
  fleet: Pick<Fleet, 'isSet' | 'visit'>,
  now: () => string,
): ParcelStation {
  const open = (): UnlockedStore => opened;
  const unused = (): never => {
    throw new Error('no case here asks for it');
  };
  const { keepOutcome } = houseRecords(open, {
    ...{ version: '0.1.0', training: true, policy: unused, newestAt: () => null },
    answers: { caseKept: () => undefined, caseEnded: () => null, taken: () => null },
    publishing: { soon: () => undefined },
  });
  const travel = referralTravel({ store, open, now, name: () => null, random: machineRandom, keepOutcome });
  const parcels = parcelExchange({ fleet, travel, open, now, after: machineAfter, random: machineRandom });
  return {
    id: opened.station.id,
    opened,
    travel,
    ...parcels,
    refer: (id) => {
      opened.atOnce(() => {
        opened.records.append(
          caseFacts(id, { decision: { outcome: 'refer', reason: null, by: kiosk }, verdict }),
          '0.1.0',
        );
        opened.referrals.put({ id, at: now(), text: referralText(waitingCase(id, now())) });
      });
    },
    decide: (id) =>
      opened.atOnce(() => {
        const waiting = opened.referrals.get(id);
        if (waiting === null) throw new Error(`${id} does not wait here`);
        const { at, by, from } = referralOf(waiting.text);
        opened.referrals.take(id);
        const referral = { recordId: id, at, by, ...(from === undefined ? {} : from) };
        const facts = caseFacts(decidingId(id), {
          referral,
          decision: { outcome: 'stop', reason: null, by: colleague },
        });
        return opened.records.append(facts, '0.1.0').hash;
      }),
    queue: () => opened.referrals.ids(),
  };
}

/** Two administrators of `one` trust the other, by its card. */
export function trusts(one: ParcelStation, other: ParcelStation): void {
  one.travel.trust(other.travel.card().card, ['A. Berg', 'C. Dahl']);
}

function waitingCase(id: string, at: string): Referral {
  return {
    id,
    at,
    by: kiosk,
    handledBy: [],
    reason: null,
    verdict,
    purpose: 'renew-bankid',
    holder: null,
    holderNotOnFile: true,
    keyKind: 'mrz',
    face: { comparison: { answer: 'unsure', reason: null }, portrait: Uint8Array.of(1, 2, 3) },
    confirmed: null,
    answers: { paper: null, register: null, ageLimit: null, whyNotEid: null },
    order: null,
    readAt: null,
    taps: 0,
    inspection: null,
  };
}
