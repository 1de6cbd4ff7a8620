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
   * Somebody's own work with headquarters: after the round that is under way, and none begins beside it. What ends well ends the
   * pauses after failures. Fails as the act does, and with `service.cancelled` where it was aborted before it began.
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

  const round = async (): Promise<void> => {
    cancel();
    // `running` is this round from here on, also where nothing below waits.
    await Promise.resolve();
    again = false;
    let failure: Failure | null = null;
    try {
      if (ground.isSet()) await ground.deliver({ signal: ended.signal });
    } catch (thrown) {
      failure = asFailure(thrown);
    }
    running = null;
    if (ended.signal.aborted) return;
    failures = failure === null ? 0 : failures + 1;
    last = failure;
    tell();
    goOn();
  };
  const goOn = (): void => {
    if (again && last === null) start();
    else cancel = ground.after(pauseAfter(failures, last, ground), start);
  };
  const start = (): void => {
    running ??= round();
  };
  start();
  return {
    nudge: () => {
      // After a failure the pause counts: a desk that is busy must not call ever more often.
      if (running !== null) again = true;
      else if (failures === 0 && !ended.signal.aborted) start();
    },
    between: async (act, signal) => {
      const aborted = abortOf(signal);
      while (running !== null) {
        await Promise.race([running, aborted]);
        if (signal.aborted) break;
      }
      if (signal.aborted || ended.signal.aborted) throw new Failure('service.cancelled');
      cancel();
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
        if (!ended.signal.aborted) goOn();
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
