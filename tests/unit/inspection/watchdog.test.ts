import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { CardTransport } from '../../../main/chip/card-transport.ts';
import { createInspector, type Inspector } from '../../../main/inspection/inspector.ts';
import { readingBound } from '../../../main/inspection/reading-bound.ts';
import { watchdog, workBound } from '../../../main/inspection/watchdog.ts';
import { standardLimits } from '../../../main/trust/path/freshness.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { today } from './bench-of-specimens.ts';

/** A clock that goes when it is told to. */
class HandClock {
  #now = 0;
  readonly #due = new Set<{ readonly at: number; readonly act: () => void }>();
  readonly after = (millis: number, act: () => void): (() => void) => {
    const timer = { at: this.#now + millis, act };
    this.#due.add(timer);
    return () => void this.#due.delete(timer);
  };
  get running(): number {
    return this.#due.size;
  }
  go(millis: number): void {
    this.#now += millis;
    for (const timer of [...this.#due].filter(({ at }) => at <= this.#now)) {
      this.#due.delete(timer);
      timer.act();
    }
  }
}

const limits = { extendedLength: false, maxCommand: 261, maxResponse: 258 };

describe('the watch over the worker', () => {
  it('bites after a minute without a word, and not while words come', () => {
    const clock = new HandClock();
    const dog = watchdog(clock.after);
    for (let minutes = 0; minutes < 5; minutes++) {
      clock.go(workBound.silence - 1);
      dog.heard();
    }
    expect(dog.signal.aborted).toBe(false);
    clock.go(workBound.silence);
    expect(dog.signal.aborted).toBe(true);
    dog.stop();
    expect(clock.running).toBe(0);
  });

  it('bites who tells without end, later than the reading’s own bound ends an honest one', () => {
    const clock = new HandClock();
    const dog = watchdog(clock.after);
    let millis = 0;
    while (!dog.signal.aborted) {
      clock.go(1_000);
      dog.heard();
      millis += 1_000;
    }
    expect(millis).toBe(workBound.total);
    expect(workBound.total).toBeGreaterThan(readingBound.millis + workBound.silence);
    dog.stop();
  });

  it('does not count the card’s time as silence; the card’s failure is told as it is', async () => {
    const clock = new HandClock();
    const dog = watchdog(clock.after);
    const { promise, resolve } = Promise.withResolvers<Uint8Array>();
    const card: CardTransport = { limits, transmit: () => promise, reset: () => Promise.reject(new Error('gone')) };
    const transport = dog.watched(card);
    const answer = transport.transmit(Uint8Array.of(0, 0xb0, 0, 0));
    clock.go(3 * workBound.silence);
    expect(dog.signal.aborted).toBe(false);
    resolve(Uint8Array.of(0x90, 0));
    expect(await answer).toEqual(Uint8Array.of(0x90, 0));
    await expect(transport.reset?.()).rejects.toThrow('gone');
    clock.go(workBound.silence);
    expect(dog.signal.aborted).toBe(true);
    dog.stop();
    expect('reset' in dog.watched({ limits, transmit: card.transmit })).toBe(false);
  });
});

const folder = mkdtempSync(join(tmpdir(), 'styrk-watchdog-'));
const flag = join(folder, 'loops');
const realWorker = new URL('../../../main/inspection/worker.ts', import.meta.url);
const word = "{ type: 'progress', progress: { type: 'step', step: 'application', state: 'begun' } }";

// A worker that something hostile caught in a loop (CWE-835) the first time, and the product's own from then on.
const caught = join(folder, 'caught.mjs');
writeFileSync(
  caught,
  `import { existsSync, rmSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
if (existsSync(${JSON.stringify(flag)})) {
  rmSync(${JSON.stringify(flag)});
  parentPort.on('message', () => { parentPort.postMessage(${word}); for (;;); });
} else await import(${JSON.stringify(realWorker.href)});
`,
);

describe('a worker that computes without end', () => {
  let open: Inspector | null = null;
  afterEach(async () => {
    await open?.close();
    rmSync(flag, { force: true });
  });

  const request = {
    accessKey: null,
    at: today,
    time: { limits: standardLimits, newestKnown: null, behind: null },
    extendedLength: 'where-stated' as const,
  };
  const transport: CardTransport = { limits, transmit: async () => Uint8Array.of(0x6a, 0x82) };

  it('is ended by its owner, by name, and the next inspection is made', async () => {
    const clock = new HandClock();
    open = createInspector(pathToFileURL(caught), clock.after);
    writeFileSync(flag, '');
    const owner = { connection: transport, trust: new TrustStore() };
    const inspection = await open.inspect(request, { ...owner, onProgress: () => clock.go(workBound.silence) });
    expect(new Set(inspection.checks.map(({ code }) => code))).toEqual(new Set(['inspection.too-long']));
    expect(new Set(inspection.checks.map(({ result }) => result))).toEqual(new Set(['aborted']));
    expect(existsSync(flag)).toBe(false);
    const next = await open.inspect(request, { ...owner, onProgress: () => undefined });
    expect(next.reading.exchanges).toBeGreaterThan(0);
    expect(next.checks.some(({ code }) => code === 'inspection.too-long')).toBe(false);
    expect(clock.running).toBe(0);
  });
});
