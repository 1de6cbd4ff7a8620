import type { ListedRecord, RecordsRepository } from '../store/types.ts';
import { dayHere, lookThroughRecords } from './look-through-records.ts';

/** What one person decided in a month. */
export interface TellerFigures {
  readonly sign: string;
  readonly cases: number;
  readonly goOn: number;
  readonly referred: number;
  readonly stopped: number;
  readonly abandoned: number;
  /** Those that they decided after a colleague had referred them. */
  readonly ofColleagues: number;
  /** Their own cases that they decided otherwise than the verdict says: to go on without `accept`, to refer or stop in spite of it, ... */
  readonly otherwise: number;
}

/** What was decided in a month, by who decided, the most cases first. */
export interface RecordFigures {
  readonly tellers: readonly TellerFigures[];
  /** Records that do not open, and those that were erased: nobody's. */
  readonly unread: number;
  /** False where there are more records than were looked at. */
  readonly whole: boolean;
}

/** The records of a branch in years: beyond that a month far back is not counted. */
const mostLookedAt = 50_000;

const expected = { accept: 'go-on', refer: 'refer', reject: 'stop' } as const;

/** The figures of a month (`YYYY-MM`) by the station's clock. */
export async function recordFigures(
  records: () => Pick<RecordsRepository, 'list'>,
  month: string,
): Promise<RecordFigures> {
  const byTeller = new Map<string, TellerFigures>();
  let unread = 0;
  let looked = 0;
  let older = 0;
  for await (const record of lookThroughRecords(records, null)) {
    looked += 1;
    if (looked > mostLookedAt) return { tellers: inOrder(byTeller), unread, whole: false };
    const of = dayHere(record.writtenAt).slice(0, 7);
    // A clock that went back for a moment mixes days: not the first earlier one ends the month.
    older = of < month ? older + 1 : 0;
    if (older > 1_000) break;
    if (of !== month) continue;
    if (record.content === null) unread += 1;
    else count(byTeller, record.content);
  }
  return { tellers: inOrder(byTeller), unread, whole: true };
}

function count(byTeller: Map<string, TellerFigures>, content: NonNullable<ListedRecord['content']>): void {
  const { decision, verdict, referral } = content;
  const { outcome, by } = decision;
  const before = byTeller.get(by.sign) ?? none(by.sign);
  const isOther = outcome !== 'abandoned' && referral === undefined && outcome !== expected[verdict.verdict];
  byTeller.set(by.sign, {
    sign: by.sign,
    cases: before.cases + 1,
    goOn: before.goOn + (outcome === 'go-on' ? 1 : 0),
    referred: before.referred + (outcome === 'refer' ? 1 : 0),
    stopped: before.stopped + (outcome === 'stop' ? 1 : 0),
    abandoned: before.abandoned + (outcome === 'abandoned' ? 1 : 0),
    ofColleagues: before.ofColleagues + (referral === undefined ? 0 : 1),
    otherwise: before.otherwise + (isOther ? 1 : 0),
  });
}

const none = (sign: string): TellerFigures => ({
  ...{ sign, cases: 0, goOn: 0, referred: 0, stopped: 0, abandoned: 0, ofColleagues: 0, otherwise: 0 },
});

function inOrder(byTeller: ReadonlyMap<string, TellerFigures>): readonly TellerFigures[] {
  return [...byTeller.values()].sort((a, b) => b.cases - a.cases || a.sign.localeCompare(b.sign, 'sv'));
}
