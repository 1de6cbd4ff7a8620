import {
  type ScardBinding,
  type ScardCard,
  ScardError,
  type ScardReaderState,
  type ScardShareMode,
} from '../../../main/reader/scard.ts';
import type { Scheduler } from '../../../main/reader/scheduler.ts';

/** A clock that stands still until a test moves it. */
export function manualScheduler(): { scheduler: Scheduler; advance(millis: number): Promise<void>; waits(): number[] } {
  let now = 0;
  const timers = new Set<{ at: number; action: () => void }>();
  return {
    scheduler: (millis, action) => {
      const timer = { at: now + millis, action };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(millis) {
      const until = now + millis;
      await turn();
      for (;;) {
        const due = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers.delete(due);
        now = due.at;
        due.action();
        await turn();
      }
      now = until;
    },
    waits: () => [...timers].map(({ at }) => at - now),
  };
}

/** Lets everything that is ready run. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export interface FakeScard extends ScardBinding {
  /** Tells the current watch of a reader. */
  say(change: Partial<ScardReaderState> & { reader: string }): void;
  /** Ends the current watch. */
  fail(status: number | null): void;
  /** What the next watches do instead of starting; empty: they start. */
  readonly refusals: number[];
  readonly modes: ScardShareMode[];
  watches: number;
  onConnect: (reader: string, mode: ScardShareMode) => Promise<ScardCard>;
}

export function fakeScard(card: Partial<ScardCard> = {}): FakeScard {
  let current: { onState(change: ScardReaderState): void; onEnd(error: ScardError): void } | null = null;
  const fake: FakeScard = {
    name: 'pcsc-mini',
    refusals: [],
    modes: [],
    watches: 0,
    onConnect: () => Promise.resolve(fakeCard(card)),
    watch(onState, onEnd, onReady) {
      const refusal = fake.refusals.shift();
      if (refusal !== undefined) throw new ScardError(refusal);
      fake.watches += 1;
      current = { onState, onEnd };
      onReady(false);
      return { stop: () => Promise.resolve() };
    },
    connect(reader, mode) {
      fake.modes.push(mode);
      return fake.onConnect(reader, mode);
    },
    say: (change) => current?.onState({ flags: 0x10, atr: new Uint8Array(), ...change }),
    fail: (status) => current?.onEnd(new ScardError(status)),
  };
  return fake;
}

export function fakeCard(parts: Partial<ScardCard> = {}): ScardCard {
  return {
    atr: () => Promise.resolve(Uint8Array.of(0x3b, 0x00)),
    transmit: () => Promise.resolve(Uint8Array.of(0x90, 0x00)),
    control: () => Promise.reject(new ScardError(0x8010001f)),
    attribute: () => Promise.reject(new ScardError(0x8010001f)),
    disconnect: () => Promise.resolve(),
    ...parts,
  };
}
