/** A page says every three seconds that it lives; one that has said nothing for so long is dead, whatever Chromium says of it. */
const patienceMillis = 12_000;
/** The longest that a page is waited for. */
const mostMillis = 180_000;

/** Whether a page has said nothing for too long. */
export interface PageSilence {
  /** The page said that it lives. */
  readonly heard: () => void;
  /** It is loaded, or loaded anew. */
  readonly begun: () => void;
  /** 0 while it is in time; else how often in a row it was not. Each time it is given twice as long, until it is heard. */
  readonly overdue: () => number;
}

/**
 * The watch over a page by its own word. A machine that is too busy to load a page in time would otherwise begin it again and again, and
 * never end; `now` is a clock in milliseconds that never goes back.
 */
export function pageSilence(now: () => number): PageSilence {
  let since = now();
  let times = 0;
  return {
    heard: () => {
      since = now();
      times = 0;
    },
    begun: () => {
      since = now();
    },
    overdue: () => {
      if (now() - since <= Math.min(patienceMillis * 2 ** times, mostMillis)) return 0;
      times += 1;
      return times;
    },
  };
}
