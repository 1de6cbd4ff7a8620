import { standingFailures } from '../fleet/deliver.ts';
import type { TrustKeeping } from '../keeping/trust-keeping.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { DeliveryReport } from '../store/deliveries.ts';
import type { PullState } from '../store/pulled.ts';
import { adviceOnIssue } from './doctor-advice.ts';
import type { Item } from './doctor-item.ts';
import { counted } from './layout.ts';

/** What waits for longer than a day and a night is worth a word, even where nothing failed. */
const longMillis = 24 * 60 * 60_000;

/** The delivery to headquarters, where one is set. `now` is ISO 8601. */
export function deliveryItems(keeping: Pick<TrustKeeping, 'deliveries'>, now: string): readonly Item[] {
  const report = keeping.deliveries();
  if (report === null) return [];
  const item = (code: FailureCode | null, detail: string): Item => ({
    id: 'delivery',
    state: code === null ? 'ok' : standingFailures.includes(code) ? 'missing' : 'warning',
    code,
    detail,
  });
  const { last, waitingSince } = report;
  const waits = waitingSince !== null && Date.parse(now) - Date.parse(waitingSince) >= longMillis;
  const code = last?.code ?? (waits ? 'fleet.waiting' : null);
  const items = [item(code, `${partsText(report)}${sinceText(report)}`)];
  const { lastPull, pulled } = report;
  if (lastPull !== null) {
    const lists = (code: FailureCode | null, detail: string): Item => ({
      id: 'headquarters-lists',
      state: code === null ? 'ok' : 'warning',
      code,
      detail,
    });
    // What was refused has a line for each kind; the try itself fails by what is none of these.
    const { refused, code } = lastPull;
    const own = refused.some((each) => each.code === code) ? null : code;
    items.push(lists(own, pulledText(pulled, lastPull)));
    for (const each of refused)
      items.push({
        ...lists(each.code, `headquarters' ${each.kind} number ${each.number} was not taken, since ${each.since}`),
        advice: adviceOnIssue(each.code),
      });
  }
  items.push(...parcelItems(report.parcels));
  if (last?.wentBack != null)
    items.push(item('fleet.went-back', `${last.wentBack} delivered again, seen ${last.wentBackAt}`));
  return items;
}

/** Cases of this station that wait at others, by whatever way they went. Nothing where none does. `now` is ISO 8601. */
export function awayItems(keeping: Pick<TrustKeeping, 'awayCases'>, now: string): readonly Item[] {
  const away = keeping.awayCases();
  if (away === null) return [];
  const isLong = Date.parse(now) - Date.parse(away.since) >= longMillis;
  const detail = `${counted(away.count, 'case')} at other stations, the oldest referred ${away.since}`;
  return [
    { id: 'referred-cases', state: isLong ? 'warning' : 'ok', code: isLong ? 'referral.away-long' : null, detail },
  ];
}

// A line of its own for each that could not be taken, beside that for the try itself. Nothing where no case ever travelled so.
function parcelItems({ waiting, onTheWay, since, refused, last }: DeliveryReport['parcels']): readonly Item[] {
  if (last === null) return [];
  const item = (code: FailureCode | null, detail: string): Item => ({
    id: 'referred-cases',
    state: code === null ? 'ok' : 'warning',
    code,
    detail,
  });
  const waits = since === null ? '' : `, the oldest since ${since}`;
  const failing = last.failingSince === null ? '' : `, failing since ${last.failingSince}`;
  const way = `to other stations ${onTheWay} on the way and ${waiting} to be sent${waits}; last try ${last.triedAt}${failing}`;
  return [
    item(last.code, way),
    ...refused.map((each) => {
      const where = each.way === 'in' ? 'from' : 'to';
      return item(each.code, `${each.kind} ${where} ${each.station} not taken, since ${each.since}`);
    }),
  ];
}

function partsText({ parts }: DeliveryReport): string {
  return parts.map(({ part, newest, delivered }) => `${part} ${delivered} of ${newest}`).join(', ');
}

function sinceText({ last, waitingSince }: DeliveryReport): string {
  if (last === null) return ' delivered; not tried yet';
  const tried = ` delivered; last try ${last.triedAt}`;
  const failing = last.failingSince === null ? '' : `, failing since ${last.failingSince}`;
  return `${tried}${failing}${waitingSince === null ? '' : `, waiting since ${waitingSince}`}`;
}

function pulledText(pulled: DeliveryReport['pulled'], { triedAt, failingSince }: PullState): string {
  const kinds = pulled.map(({ kind, number, issuedAt }) => `${kind} ${number} of ${issuedAt.slice(0, 10)}`).join(', ');
  const failing = failingSince === null ? '' : `, failing since ${failingSince}`;
  return `${kinds === '' ? 'nothing taken yet' : kinds}; last try ${triedAt}${failing}`;
}
