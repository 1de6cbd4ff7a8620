import { setImmediate as turn } from 'node:timers/promises';
import { nameOrder } from '../result/name-order.ts';
import { addDays, type PlainDate } from '../result/plain-date.ts';
import type { ListedRecord, UnlockedStore } from '../store/types.ts';
import { followRecords } from './follow-records.ts';

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
  /** Records that do not open, those that were erased, and those that are gone from between others of the month: nobody's. */
  readonly unread: number;
  /** False where there are more records than were looked at. */
  readonly whole: boolean;
}

type Ground = Pick<UnlockedStore, 'records' | 'retention' | 'log'>;

/** The records of a branch in a month, many times over: more are not counted. */
const mostLookedAt = 50_000;
/** So far beside what the index names records are looked at themselves: what it hides there is counted all the same. */
const usuallyBeside = 1_000;
const atOnce = 100;

const bySign = nameOrder('en');
const expected = { accept: 'go-on', refer: 'refer', reject: 'stop' } as const;

/**
 * The figures of a month (`YYYY-MM`) by the station's clock. The index says whereabouts its records lie, page by page; each number
 * there is then looked at once, by the record itself: one that the index lacks or dates otherwise is counted, one that is gone is told.
 */
export async function recordFigures(open: () => Ground, month: string, beside = usuallyBeside): Promise<RecordFigures> {
  await followRecords(() => open().retention);
  const { numbers, unread, whole } = await recordsOf(open, month, beside);
  const byTeller = new Map<string, TellerFigures>();
  let closed = unread;
  for (let from = 0; from < numbers.length; from += atOnce) {
    const asked = numbers.slice(from, from + atOnce);
    const listed = open().records.of(asked);
    // What went away since it was looked at.
    closed += asked.length - listed.length;
    for (const { content } of listed) {
      if (content === null) closed += 1;
      else count(byTeller, content);
    }
    await turn();
  }
  return { tellers: inOrder(byTeller), unread: closed, whole };
}

/** The numbers of a month's records, each once, and how many between them are gone. */
async function recordsOf(
  open: () => Ground,
  month: string,
  beside: number,
): Promise<{ readonly numbers: readonly number[]; readonly unread: number; readonly whole: boolean }> {
  const newest = open().records.list({ limit: 1 })[0]?.number ?? 0;
  // What the log covers was there: where the last ones are gone, that is told.
  const size = Math.max(newest, open().log.newest().size);
  const { hints, all } = await hintsOf(open, month, beside);
  const numbers: number[] = [];
  let [unread, looked] = [0, 0];
  for (const { first, last } of runsOf([...hints, size], size, beside)) {
    // A record that is gone is of the month of the one before it.
    let isOfMonth = false;
    for (let from = first; from <= last; from += beside) {
      const until = Math.min(last, from + beside - 1);
      const days = new Map(
        open()
          .records.writtenBetween(from, until)
          .map(({ number, writtenAt }) => [number, dayHere(writtenAt)]),
      );
      looked += until - from + 1;
      if (looked > mostLookedAt) return { numbers, unread, whole: false };
      for (let number = from; number <= until; number++) {
        const day = days.get(number);
        if (day !== undefined) isOfMonth = day.startsWith(month);
        if (isOfMonth && day === undefined) unread += 1;
        else if (isOfMonth) numbers.push(number);
      }
      await turn();
    }
  }
  return { numbers, unread, whole: all };
}

// Days stand in the index as the record's instant says them, a month is one of this machine's clock.
async function hintsOf(
  open: () => Ground,
  month: string,
  beside: number,
): Promise<{ readonly hints: readonly number[]; readonly all: boolean }> {
  const first = `${month}-01` as PlainDate;
  const days = { from: addDays(first, -1), to: addDays(first, 32) };
  const hints: number[] = [];
  for (let before: number | null = null; ; ) {
    const { numbers, next } = open().retention.find(days, { before, limit: beside });
    hints.push(...numbers);
    if (next === null) return { hints, all: open().retention.behind() <= beside };
    if (hints.length > mostLookedAt) return { hints, all: false };
    before = next;
    await turn();
  }
}

/** Where records of the month may lie: around each hint, runs that overlap made one, none outside of the log. */
function runsOf(
  hints: readonly number[],
  size: number,
  beside: number,
): readonly { readonly first: number; readonly last: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const hint of [...hints].sort((a, b) => a - b)) {
    const [first, last] = [Math.max(1, hint - beside), Math.min(size, hint + beside)];
    const run = runs.at(-1);
    if (run !== undefined && first <= run.last + 1) run.last = Math.max(run.last, last);
    else if (first <= last) runs.push({ first, last });
  }
  return runs;
}

/** The day of an instant (ISO 8601 with `Z`) on this machine's clock, as people at the station date it. */
function dayHere(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant.slice(0, 10);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
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
  return [...byTeller.values()].sort((a, b) => b.cases - a.cases || bySign(a.sign, b.sign));
}
