import type { PoliciesInForce } from '../keeping/policies/policies-in-force.ts';
import type { ListAge } from '../keeping/report/trust-report.ts';
import type { TrustKeeping } from '../keeping/trust-keeping.ts';
import { asFailure } from '../result/failure.ts';
import type { Integrity } from '../store/marks/store-marks.ts';
import type { CommandCall } from './command.ts';
import type { Item } from './doctor-item.ts';
import { policyText } from './policy-text.ts';
import { touchedRow } from './touched-text.ts';
import { countsText } from './trust-reread.ts';

/** How many certificates the station believes. */
export function trust(call: CommandCall, keeping: TrustKeeping | null): Item {
  const count = keeping?.holdings.counts().certificates ?? 0;
  if (count > 0) return { id: 'trust', state: 'ok', code: null, detail: `${count} certificates` };
  return call.training
    ? { id: 'trust', state: 'ok', code: null, detail: "the specimens' issuers come at first use" }
    : { id: 'trust', state: 'warning', code: 'trust.empty', detail: 'no certificate' };
}

// Past its limit a list makes results undetermined, and the desk stands still: told long before.
export function listItem({ kind, name, date, until, ageDays, daysLeft, freshness, due }: ListAge): Item {
  const stale = freshness === 'stale' || freshness === 'unknown';
  const age = ageDays === null ? 'of no date' : `of ${date}, ${ageDays} days old`;
  const left = daysLeft === null ? '' : `, holds until ${until} (${daysLeft} days)`;
  return {
    id: 'list',
    state: stale || freshness === 'ahead' || due ? 'warning' : 'ok',
    code: stale ? 'trust.list-stale' : null,
    detail: `${kind}${name === '' ? '' : ` of ${name}`}, ${age}${left}, ${freshness}`,
  };
}

// What a second reader reads otherwise is believed less, and a document that rests on it is referred.
export function secondReadingItems({ holdings }: TrustKeeping): readonly Item[] {
  const counts = holdings.secondReading();
  if (counts.differ === 0) return [];
  const detail = `${countsText(counts)}; trust show tells what differs`;
  return [{ id: 'second-reading', state: 'warning', code: 'certificate.readings-differ', detail }];
}

// Lists grow old while updates fail: told as soon as they do.
export function updateItems({ upkeep }: TrustKeeping): readonly Item[] {
  const last = upkeep.last();
  if (last === null) return [];
  const { at, outcome, code, failingSince } = last;
  const detail =
    failingSince === null ? `${outcome}, ${at}` : `${outcome}, ${at}; none has ended well since ${failingSince}`;
  return [{ id: 'update', state: failingSince === null ? 'ok' : 'warning', code, detail }];
}

// Without its policy the station can judge nothing.
export function policyItems(inForce: () => PoliciesInForce): readonly Item[] {
  try {
    const all = inForce().all();
    return all.map((each) => ({
      id: 'policy',
      // What a station sends counts all the same: who answers for it should know.
      state: each.ownVersion > each.policy.version ? 'warning' : 'ok',
      code: null,
      detail: policyText(each),
    }));
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    return [{ id: 'policy', state: 'missing', code, detail: String(fields.reason ?? fields.path ?? '') }];
  }
}

const mostTouched = 50;

// Nothing that rests on it is told beside it: it may be somebody else's word.
export function touchedItems({ touched }: Integrity): readonly Item[] {
  const more = touched.length > mostTouched ? [`and ${touched.length - mostTouched} more`] : [];
  return [...touched.slice(0, mostTouched).map(touchedRow), ...more].map(
    (detail): Item => ({ id: 'trust', state: 'missing', code: 'trust.tampered', detail }),
  );
}
