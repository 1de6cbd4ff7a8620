import type { RandomSource } from '../crypto/random.ts';
import type { After } from '../result/after.ts';
import { asFailure, Failure } from '../result/failure.ts';
import { standingFailures } from './deliver.ts';

/** How often headquarters is visited where nothing calls for it, in milliseconds, unless the ground says otherwise. */
const usualRoundMillis = 60_000;
const firstPauseMillis = 2_000;
const longestPauseMillis = 15 * 60_000;
const highest = 0x1_0000_0000;

/** What delivers by itself. */
export interface Delivering {
  /** Something new waits. */
  readonly nudge: () => void;
  /**
   * Somebody's own work with headquarters: the round that is under way is broken off, and none begins beside it. What ends well ends
   * the pauses after failures. Fails as the act does, and with `service.cancelled` where it was aborted before it began.
   */
  readonly between: <Answer>(act: () => Promise<Answer>, signal: AbortSignal) => Promise<Answer>;
  /** Ends it; what is on its way is broken off, and goes on where it was the next time. */
  readonly close: () => Promise<void>;
}

export interface DeliveringGround {
  readonly deliver: (around: { readonly signal: AbortSignal }) => Promise<unknown>;
  readonly isSet: () => boolean;
  readonly after: After;
  readonly random: RandomSource;
  readonly roundMillis?: number;
}

/**
 * Delivers now, when something new waits, and every minute. After a failure it waits longer each time, from 2 seconds to 15
 * minutes, and each station another while: thousands that lost one server do not come back to it at one instant. `tell` is called
 * after each try. Never throws, and keeps nobody waiting.
 */
export function keepDelivering(ground: DeliveringGround, tell: () => void): Delivering {
  const ended = new AbortController();
  let failures = 0;
  let last: Failure | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  let cancel: () => void = () => undefined;
  let breakOff: () => void = () => undefined;
  /** So many wait to do their own work, or do it. */
  let askers = 0;

  const round = async (): Promise<void> => {
    cancel();
    const broken = new AbortController();
    breakOff = () => broken.abort();
    // `running` is this round from here on, also where nothing below waits.
    await Promise.resolve();
    again = false;
    let failure: Failure | null = null;
    try {
      if (ground.isSet()) await ground.deliver({ signal: AbortSignal.any([ended.signal, broken.signal]) });
    } catch (thrown) {
      failure = asFailure(thrown);
    }
    running = null;
    breakOff = () => undefined;
    if (ended.signal.aborted) return;
    // What was broken off by us failed nobody, and did nothing of what it was to do.
    if (broken.signal.aborted) again = true;
    else [failures, last] = failure === null ? [0, null] : [failures + 1, failure];
    tell();
    goOn();
  };
  const goOn = (): void => {
    // After the last of those who asked.
    if (askers > 0) return;
    if (again && last === null) start();
    else cancel = ground.after(pauseAfter(failures, last, ground), start);
  };
  const start = (): void => {
    running ??= round();
  };
  const untilAlone = async (signal: AbortSignal): Promise<void> => {
    const aborted = abortOf(signal);
    while (running !== null && !signal.aborted) {
      breakOff();
      await Promise.race([running, aborted]);
    }
    if (signal.aborted || ended.signal.aborted) throw new Failure('service.cancelled');
  };
  start();
  return {
    nudge: () => {
      // After a failure the pause counts: a desk that is busy must not call ever more often.
      if (running !== null) again = true;
      else if (failures === 0 && !ended.signal.aborted) start();
    },
    between: async (act, signal) => {
      askers += 1;
      cancel();
      try {
        await untilAlone(signal);
        const work = act();
        running = work.then(
          () => undefined,
          () => undefined,
        );
        try {
          const answer = await work;
          [failures, last] = [0, null];
          return answer;
        } finally {
          running = null;
        }
      } finally {
        askers -= 1;
        if (running === null && !ended.signal.aborted) goOn();
      }
    },
    close: async () => {
      cancel();
      ended.abort();
      await running;
    },
  };
}

function abortOf(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

// Half of the pause is sure, the other half by chance.
function pauseAfter(
  failures: number,
  failure: Failure | null,
  { random, roundMillis = usualRoundMillis }: DeliveringGround,
): number {
  if (failure === null) return roundMillis;
  const standing = standingFailures.includes(failure.code);
  const longest = standing
    ? longestPauseMillis
    : Math.min(longestPauseMillis, firstPauseMillis * 2 ** Math.min(failures - 1, 16));
  const [a = 0, b = 0, c = 0, d = 0] = random(4);
  const chance = (a * 0x1_00_00_00 + b * 0x1_00_00 + c * 0x1_00 + d) / highest;
  return Math.round(longest / 2 + (chance * longest) / 2);
}
