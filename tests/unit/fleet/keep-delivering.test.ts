import { describe, expect, it } from 'vitest';
import { type DeliveringGround, keepDelivering } from '../../../main/fleet/keep-delivering.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { FailureCode } from '../../../main/result/failure-codes.ts';

/** A deliverer whose pauses and endings the test decides. */
function tended(chance: number) {
  const pauses: { readonly millis: number; readonly act: () => void }[] = [];
  const rounds: { readonly signal: AbortSignal; readonly end: (code: FailureCode | null) => void }[] = [];
  const told: { resolve: () => void } = { resolve: () => undefined };
  const ground: DeliveringGround = {
    isSet: () => true,
    deliver: ({ signal }) =>
      new Promise((resolve, reject) => {
        rounds.push({ signal, end: (code) => (code === null ? resolve(null) : reject(new Failure(code))) });
      }),
    after: (millis, act) => {
      pauses.push({ millis, act });
      return () => undefined;
    },
    random: (length) => new Uint8Array(length).fill(chance),
  };
  const delivering = keepDelivering(ground, () => told.resolve());
  return {
    delivering,
    rounds,
    pauses,
    /** Ends the round that runs and waits until that was told. */
    end: async (code: FailureCode | null) => {
      const heard = new Promise<void>((resolve) => {
        told.resolve = resolve;
      });
      await turns();
      rounds.at(-1)?.end(code);
      await heard;
      await turns();
    },
  };
}

const turns = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('delivering by itself', () => {
  it('comes back after a minute, and at once where something new waits', async () => {
    const { delivering, rounds, pauses, end } = tended(0);
    await end(null);
    expect(pauses.map(({ millis }) => millis)).toEqual([60_000]);
    delivering.nudge();
    await turns();
    expect(rounds.length).toBe(2);
    delivering.nudge();
    await end(null);
    // What was nudged while it ran is looked at right after.
    expect(rounds.length).toBe(3);
    await end(null);
    expect(pauses.length).toBe(2);
    await delivering.close();
  });

  it.each([
    [0, [1_000, 2_000, 4_000, 8_000]],
    [255, [2_000, 4_000, 8_000, 16_000]],
  ])('waits longer after each failure, and each station another while (%i)', async (chance, expected) => {
    const { delivering, rounds, pauses, end } = tended(chance);
    for (let round = 0; round < 20; round++) {
      await end('service.unreachable');
      // A desk that is busy does not call more often.
      delivering.nudge();
      await turns();
      expect(rounds.length).toBe(round + 1);
      pauses.at(-1)?.act();
    }
    expect(pauses.slice(0, 4).map(({ millis }) => millis)).toEqual(expected);
    expect(Math.max(...pauses.map(({ millis }) => millis))).toBe(chance === 0 ? 450_000 : 900_000);
    await end(null);
    expect(pauses.at(-1)?.millis).toBe(60_000);
    await delivering.close();
  });

  it('hurries nothing where two histories stand against each other', async () => {
    const { delivering, pauses, end } = tended(0);
    await end('fleet.other-history');
    expect(pauses.map(({ millis }) => millis)).toEqual([450_000]);
    await delivering.close();
  });

  it('ends what is on its way when it is closed, and tells nobody any more', async () => {
    const { delivering, rounds, pauses } = tended(0);
    await turns();
    const closed = delivering.close();
    expect(rounds[0]?.signal.aborted).toBe(true);
    rounds[0]?.end('service.cancelled');
    await closed;
    expect(pauses).toEqual([]);
  });

  it('lets somebody in between, breaks off the round under way, begins none beside it, and ends the pauses where that ends well', async () => {
    const { delivering, rounds, pauses, end } = tended(0);
    const { signal } = new AbortController();
    const work = Promise.withResolvers<number>();
    const begun: string[] = [];
    const asked = delivering.between(() => {
      begun.push('work');
      return work.promise;
    }, signal);
    await turns();
    expect(begun).toEqual([]);
    expect(rounds[0]?.signal.aborted).toBe(true);
    await end('service.cancelled');
    expect(begun).toEqual(['work']);
    // What was due meanwhile waits for it.
    for (const { act } of pauses) act();
    delivering.nudge();
    await turns();
    expect(rounds.length).toBe(1);
    work.resolve(7);
    expect(await asked).toBe(7);
    await turns();
    expect(rounds.length).toBe(2);
    await end(null);
    expect(pauses.at(-1)?.millis).toBe(60_000);
    await delivering.close();
  });

  it('keeps its pauses where somebody’s own work fails, and goes on after it', async () => {
    const { delivering, pauses, end } = tended(0);
    await end('service.unreachable');
    const { signal } = new AbortController();
    const failing = delivering.between(() => Promise.reject(new Failure('service.refused')), signal);
    await expect(failing).rejects.toMatchObject({ code: 'service.refused' });
    expect(pauses.map(({ millis }) => millis)).toEqual([1_000, 1_000]);
    await delivering.close();
  });

  it('begins nothing that was given up before its turn', async () => {
    const { delivering, rounds } = tended(0);
    await turns();
    const given = new AbortController();
    const asked = delivering.between(() => Promise.reject(new Error('begun')), given.signal);
    given.abort();
    await expect(asked).rejects.toMatchObject({ code: 'service.cancelled' });
    const closed = delivering.close();
    rounds[0]?.end(null);
    await closed;
    await expect(delivering.between(async () => 1, new AbortController().signal)).rejects.toMatchObject({
      code: 'service.cancelled',
    });
  });
});
