import type { PlainDate } from '../../result/plain-date.ts';
import type { RecordsRepository } from '../../store/types.ts';

const page = 200;

/**
 * Fewer cases than these in `competenceDays` are no practice. They count whoever else decided on them: who has lost it wins it back
 * with a colleague beside them.
 */
export const fewestCases = 5;

/**
 * How many cases operators decided lately, by the records of this station that open. Nothing is read twice: what came since is read
 * when it is asked for, and older records only until somebody asked about has enough.
 */
export class Practice {
  readonly #records: () => Pick<RecordsRepository, 'list'>;
  readonly #days = new Map<string, string[]>();
  #newest: number | null = null;
  #oldest = Number.MAX_SAFE_INTEGER;
  #ended = false;

  constructor(records: () => Pick<RecordsRepository, 'list'>) {
    this.#records = records;
  }

  /** Whether this operator decided as many cases as it takes since that day. */
  has(operatorId: string, since: PlainDate): boolean {
    this.#readNewer();
    const newest = this.#newest;
    if (newest === null) return false;
    while (!this.#ended && this.#count(operatorId, since) < fewestCases) this.#readOlder(newest, since);
    return this.#count(operatorId, since) >= fewestCases;
  }

  #count(operatorId: string, since: PlainDate): number {
    return (this.#days.get(operatorId) ?? []).filter((day) => day >= since).length;
  }

  #readNewer(): void {
    const [first] = this.#records().list({ limit: 1 });
    const known = this.#newest;
    if (first === undefined || first.number === known) return;
    this.#newest = first.number;
    if (known === null) return;
    for (let before = Number.MAX_SAFE_INTEGER; ; ) {
      const found = this.#records().list({ limit: page, before });
      const newer = found.filter(({ number }) => number > known);
      for (const each of newer) this.#note(each);
      const last = newer.at(-1);
      if (last === undefined || newer.length < page) return;
      before = last.number;
    }
  }

  #readOlder(newest: number, since: PlainDate): void {
    const found = this.#records().list({ limit: page, before: Math.min(this.#oldest, newest + 1) });
    for (const each of found) {
      // The window only moves on: what lies before it now is never asked for again.
      if (each.writtenAt.slice(0, 10) < since) {
        this.#ended = true;
        return;
      }
      this.#note(each);
      this.#oldest = each.number;
    }
    if (found.length < page) this.#ended = true;
  }

  #note({ writtenAt, content }: ReturnType<RecordsRepository['list']>[number]): void {
    const { outcome, by } = content?.decision ?? {};
    if (by?.operatorId === undefined || outcome === 'abandoned') return;
    const days = this.#days.get(by.operatorId);
    if (days === undefined) this.#days.set(by.operatorId, [writtenAt.slice(0, 10)]);
    else days.push(writtenAt.slice(0, 10));
  }
}
