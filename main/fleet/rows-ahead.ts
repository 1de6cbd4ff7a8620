import type { OutboxPart } from '../store/outbox.ts';
import { makingRows, type Row, type RowMaking, type RowsGround } from './rows.ts';

/** Rows for one batch after the other, each under an agreement of its own. Disposing of it wipes what could open them here. */
export interface RowsOfBatches extends Disposable {
  /** From here on rows are those of the next batch. */
  readonly begin: () => void;
  /** As `RowMaking`, for the batch that was begun. */
  readonly after: RowMaking['after'];
  /** Makes what the next batch most likely begins with, for its `after` to hand out. Where it begins elsewhere that is thrown away. */
  readonly ahead: (part: OutboxPart, after: number, limit: number) => void;
}

interface Ahead {
  readonly part: OutboxPart;
  readonly after: number;
  readonly limit: number;
  readonly rows: readonly Row[];
  readonly making: RowMaking;
}

/** Begins rows of batches; nothing is made before it is asked for. */
export function rowsOfBatches(ground: RowsGround): RowsOfBatches {
  let making: RowMaking | null = null;
  let ahead: Ahead | null = null;
  let first: Ahead | null = null;
  return {
    begin: () => {
      making?.[Symbol.dispose]();
      making = ahead?.making ?? makingRows(ground);
      [first, ahead] = [ahead, null];
    },
    after: (part, after, limit) => {
      const made = first;
      first = null;
      if (made !== null && made.part === part && made.after === after && made.limit === limit) return made.rows;
      making ??= makingRows(ground);
      return making.after(part, after, limit);
    },
    ahead: (part, after, limit) => {
      ahead?.making[Symbol.dispose]();
      const next = makingRows(ground);
      ahead = { part, after, limit, rows: next.after(part, after, limit), making: next };
    },
    [Symbol.dispose]: () => {
      making?.[Symbol.dispose]();
      ahead?.making[Symbol.dispose]();
    },
  };
}
