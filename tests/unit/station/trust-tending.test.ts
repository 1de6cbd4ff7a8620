import { beforeEach, describe, expect, test } from 'vitest';
import type { ImportedFiles } from '../../../main/keeping/import/import-files.ts';
import type { TrustUpdate } from '../../../main/keeping/update/update-trust.ts';
import type { WorkSurroundings } from '../../../main/keeping/workshop/workshop.ts';
import { asFailure, Failure } from '../../../main/result/failure.ts';
import type { FailureCode } from '../../../main/result/failure-codes.ts';
import { TrustTending } from '../../../main/station/trust-tending.ts';
import { FakeHouse, FakeTimers, settled } from '../../support/fake-house.ts';

const minute = 60_000;
const hour = 60 * minute;

interface Begun {
  readonly around: WorkSurroundings;
  readonly end: (changes?: Partial<TrustUpdate>) => Promise<void>;
  readonly fail: (code: FailureCode) => Promise<void>;
}

let timers: FakeTimers;
let fake: FakeHouse;
let begun: Begun[];
let kept: FailureCode[];
let reading: boolean;
let told: number;
let tending: TrustTending;

const updated = (changes: Partial<TrustUpdate> = {}): TrustUpdate => ({
  at: '2026-11-23T10:00:00Z',
  places: ['/lists'],
  outcome: 'nothing-new',
  code: null,
  files: [],
  newCertificates: 0,
  removedCertificates: 0,
  failingSince: null,
  ...changes,
});
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (thrown: unknown) => asFailure(thrown).code,
  );
const failed = (code: FailureCode): TrustUpdate => updated({ outcome: 'failed', code });

beforeEach(() => {
  timers = new FakeTimers();
  fake = new FakeHouse();
  [begun, kept, reading, told] = [[], [], false, 0];
  fake.trustUpkeep = {
    ...fake.trustUpkeep,
    places: () => ['/lists'],
    failed: (code) => {
      kept.push(code);
      return failed(code);
    },
  };
  fake.workshop = {
    ...fake.workshop,
    update: (around) => {
      const { promise, resolve, reject } = Promise.withResolvers<TrustUpdate>();
      begun.push({
        around,
        end: async (changes) => {
          resolve(updated(changes));
          await settled();
        },
        fail: async (code) => {
          reject(new Failure(code));
          await settled();
        },
      });
      return promise;
    },
  };
  tending = new TrustTending({
    keeping: fake.house.keeping,
    workshop: fake.beside.workshop,
    timers,
    isReading: () => reading,
    changed: () => {
      told += 1;
    },
    progressed: () => {
      told += 1;
    },
    spread: () => 0,
  });
});

const last = (): Begun => {
  const found = begun.at(-1);
  if (found === undefined) throw new Error('nothing was begun');
  return found;
};

async function pass(millis: number): Promise<void> {
  timers.advance(millis);
  await settled();
}

describe('in the background', () => {
  test('the first update comes shortly after the start, the next ones every six hours', async () => {
    tending.start();
    await pass(minute - 1);
    expect(begun).toHaveLength(0);
    await pass(1);
    expect(begun).toHaveLength(1);
    expect(tending.underWay()).toEqual({ kind: 'update', background: true, part: null, file: null });
    await last().end({ outcome: 'changed' });
    expect(tending.underWay()).toBeNull();
    await pass(6 * hour - 1);
    expect(begun).toHaveLength(1);
    await pass(1);
    expect(begun).toHaveLength(2);
  });

  test('stations that are switched on together do not ask together', async () => {
    const late = new TrustTending({
      keeping: fake.house.keeping,
      workshop: fake.beside.workshop,
      timers,
      isReading: () => false,
      changed: () => undefined,
      progressed: () => undefined,
      spread: () => 1,
    });
    late.start();
    await pass(5 * minute - 1);
    expect(begun).toHaveLength(0);
    await pass(1);
    expect(begun).toHaveLength(1);
  });

  test('what fails is repeated later and later, and soon again once it went well', async () => {
    tending.start();
    await pass(minute);
    for (const wait of [15, 30, 60, 120, 240, 360, 360].map((minutes) => minutes * minute)) {
      const before = begun.length;
      await last().end(failed('update.unreachable'));
      await pass(wait - 1);
      expect(begun).toHaveLength(before);
      await pass(1);
      expect(begun).toHaveLength(before + 1);
    }
    await last().end();
    await pass(6 * hour);
    await last().end(failed('update.unreachable'));
    const before = begun.length;
    await pass(15 * minute);
    expect(begun).toHaveLength(before + 1);
  });

  test('a worker that was lost is kept as a failed update and repeated', async () => {
    tending.start();
    await pass(minute);
    await last().fail('trust.worker-lost');
    expect(kept).toEqual(['trust.worker-lost']);
    await pass(15 * minute);
    expect(begun).toHaveLength(2);
  });

  test('where not even that can be kept, it is tried again all the same', async () => {
    fake.trustUpkeep = {
      ...fake.trustUpkeep,
      failed: () => {
        throw new Failure('storage.full');
      },
    };
    tending.start();
    await pass(minute);
    await last().fail('storage.full');
    await pass(15 * minute);
    expect(begun).toHaveLength(2);
  });

  test('it does not begin while a document is read', async () => {
    reading = true;
    tending.start();
    await pass(minute);
    await pass(minute);
    expect(begun).toHaveLength(0);
    reading = false;
    await pass(minute);
    expect(begun).toHaveLength(1);
  });

  test('without a source nothing is begun, and a source that is set later is found', async () => {
    let places: readonly string[] | null = null;
    fake.trustUpkeep = { ...fake.trustUpkeep, places: () => places };
    tending.start();
    await pass(minute);
    expect(begun).toHaveLength(0);
    places = ['/lists'];
    await pass(15 * minute);
    expect(begun).toHaveLength(1);
  });

  test('the end of the app ends it', async () => {
    tending.start();
    await pass(minute);
    const stopped = tending.stop();
    expect(last().around.signal.aborted).toBe(true);
    await last().end(failed('update.cancelled'));
    await stopped;
    await pass(24 * hour);
    expect(begun).toHaveLength(1);
  });
});

describe('for the office', () => {
  test('one work at a time', async () => {
    const first = tending.update();
    expect(await codeOf(tending.update())).toBe('trust.busy');
    expect(await codeOf(tending.importFiles(['/a']))).toBe('trust.busy');
    tending.start();
    await pass(minute);
    expect(begun).toHaveLength(1);
    await last().end();
    expect((await first).outcome).toBe('nothing-new');
  });

  test('an update by hand puts off the next one in the background', async () => {
    tending.start();
    const first = tending.update();
    await last().end();
    await first;
    await pass(6 * hour - 1);
    expect(begun).toHaveLength(1);
    await pass(1);
    expect(begun).toHaveLength(2);
  });

  test('nothing begins while a document is read, nor without a source', async () => {
    reading = true;
    expect(await codeOf(tending.update())).toBe('trust.busy');
    reading = false;
    fake.trustUpkeep = { ...fake.trustUpkeep, places: () => null };
    expect(await codeOf(tending.update())).toBe('update.source-missing');
    expect(begun).toHaveLength(0);
  });

  test('an import tells how far it came, can be cancelled, and fails with the reason of its file', async () => {
    const { promise, reject } = Promise.withResolvers<ImportedFiles>();
    let around: WorkSurroundings | null = null;
    fake.workshop = {
      ...fake.workshop,
      importFiles: (_paths, given) => {
        around = given;
        given.onProgress({ part: 0, file: 'de.ml' });
        return promise;
      },
    };
    const code = codeOf(tending.importFiles(['/lists/de.ml']));
    const given = around as WorkSurroundings | null;
    given?.onProgress({ part: 0.5, file: 'de.ml' });
    expect(tending.underWay()).toEqual({ kind: 'import', background: false, part: 0.5, file: 'de.ml' });
    expect(told).toBeGreaterThan(1);
    tending.cancel();
    expect(given?.signal.aborted).toBe(true);
    reject(new Failure('update.cancelled', { file: 'de.ml' }));
    expect(await code).toBe('update.cancelled');
    given?.onProgress({ part: 0.6, file: 'de.ml' });
    expect(tending.underWay()).toBeNull();
  });
});
