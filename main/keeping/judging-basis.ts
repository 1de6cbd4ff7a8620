import { type Check, type CheckId, unsuccessful } from '../result/check.ts';
import type { Store } from '../store/types.ts';
import { standardLimits } from '../trust/path/freshness.ts';
import type { StationTime, TrustLookup } from '../trust/types.ts';
import type { PolicySource } from './policies/policies-in-force.ts';
import { stationTime } from './station-time.ts';

/** What documents are judged by at this moment. */
export interface JudgingBasis {
  readonly trust: TrustLookup;
  readonly time: StationTime;
}

/** What rests on what the station believes. Of the rest the document and its chip alone tell. */
const ofTrust: readonly CheckId[] = [
  'passive-authentication.path',
  'passive-authentication.revocation',
  'passive-authentication.validity',
  'passive-authentication.country',
  'pace-cam',
  'document.defects',
];

const nothing: TrustLookup = {
  candidates: async () => [],
  size: async () => 0,
  revocationLists: async () => [],
  documentSigners: async () => [],
  defectLists: async () => [],
};

/** The store and its time; where others touched what verdicts rest on, nothing at all. `now` as for `stationTime`. */
export async function judgingBasis(store: Store, now: string | null): Promise<JudgingBasis> {
  if (store.isWhole()) return { trust: store.trust, time: await stationTime(store, now) };
  return { trust: nothing, time: { limits: standardLimits, newestKnown: null, behind: null } };
}

/** The policies that are held and who stands for them; none where they may be somebody else's. */
export function heldPolicySource(store: Store): PolicySource {
  return { policies: () => (store.isWhole() ? store.trust.policies() : []), pins: store.trust.pins };
}

/** The checks as they stand with the store now: where it was touched, nothing that rests on it is good. Failures stay. */
export function asTrusted(store: Pick<Store, 'isWhole'>, checks: readonly Check[]): readonly Check[] {
  if (store.isWhole()) return checks;
  return checks.map((check) =>
    ofTrust.includes(check.id) && check.result !== 'failed' && check.result !== 'aborted'
      ? unsuccessful(check.id, 'undetermined', 'trust.tampered', {})
      : check,
  );
}
