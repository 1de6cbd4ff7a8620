import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { parseMrz } from '../../../main/document/mrz.ts';
import { createInspector, type InspectionOwner } from '../../../main/inspection/inspector.ts';
import type { InspectionRequest } from '../../../main/inspection/request.ts';
import type { InspectionProgress } from '../../../main/inspection/types.ts';
import { addDays } from '../../../main/result/plain-date.ts';
import { createChip } from '../../../main/simulator/chip/chip.ts';
import { issueSpecimen } from '../../../main/simulator/documents/specimens.ts';
import { TrainingReader, trainingReaderName } from '../../../main/simulator/training-reader.ts';
import { standardLimits } from '../../../main/trust/path/freshness.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { rejection } from '../../support/rejection.ts';
import { specimenResources } from '../../support/specimen-resources.ts';
import { random, today, trainingTrust } from './bench-of-specimens.ts';

const workerUrl = new URL('../../../main/inspection/worker.ts', import.meta.url);
const trust = await trainingTrust();
const onProgress = () => undefined;
/** A clock that stands still. */
const never = () => () => undefined;
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const inspector of open.splice(0)) await inspector.close();
});

async function laidDown(
  id: string,
): Promise<{ readonly request: InspectionRequest; readonly owner: Omit<InspectionOwner, 'onProgress'> }> {
  const specimen = issueSpecimen(id, today, specimenResources);
  const reader = new TrainingReader();
  reader.lay(createChip(specimen, { random }));
  const { information } = parseMrz(specimen.mrz.join('\n'), today);
  return {
    request: {
      accessKey: { kind: 'mrz', information },
      at: today,
      time: { limits: standardLimits, newestKnown: null, behind: null },
      extendedLength: 'where-stated',
    },
    owner: { connection: await reader.connect(trainingReaderName), trust },
  };
}

function inspector() {
  const created = createInspector(workerUrl, never);
  open.push(created);
  return created;
}

describe('the inspection worker', () => {
  it('makes itself warm where it is told to, also after a card that came meanwhile, and inspects as ever', async () => {
    const words: unknown[] = [];
    const warm = new Promise<void>((resolve) => {
      process.once('worker', (worker: Worker) =>
        worker.on('message', ({ type }: { readonly type: string }) => {
          words.push(type);
          if (type === 'warm') resolve();
        }),
      );
    });
    const { request, owner } = await laidDown('se-passport');
    const warming = inspector();
    warming.warmUp();
    warming.warmUp();
    const inspection = await warming.inspect(request, { ...owner, onProgress });
    expect(inspection.checks.find(({ id }) => id === 'chip-authentication')?.result).toBe('successful');
    // The card did not wait for all of it.
    expect(words).not.toContain('warm');
    await warm;
    const again = await laidDown('se-passport');
    const { checks } = await warming.inspect(again.request, { ...again.owner, onProgress });
    expect(checks.map(({ id, result }) => [id, result])).toEqual(
      inspection.checks.map(({ id, result }) => [id, result]),
    );
    expect(words.filter((type) => type === 'warm')).toHaveLength(1);
  });

  it('gives the worker the clock’s measure and the limits: a clock that went back is said, and nothing dated is green', async () => {
    const { request, owner } = await laidDown('se-passport');
    const time = { limits: standardLimits, newestKnown: addDays(today, 2), behind: null };
    const { checks } = await inspector().inspect({ ...request, time }, { ...owner, onProgress });
    const told = checks.filter(({ code }) => code === 'clock.went-back').map(({ id, result }) => `${id} ${result}`);
    expect(told).toEqual([
      'passive-authentication.path undetermined',
      'passive-authentication.revocation undetermined',
      'passive-authentication.validity undetermined',
      'document.expiry undetermined',
    ]);
    const dayBefore = { limits: standardLimits, newestKnown: addDays(today, 1), behind: null };
    const again = await laidDown('se-passport');
    const right = await inspector().inspect({ ...again.request, time: dayBefore }, { ...again.owner, onProgress });
    expect(right.checks.some(({ code }) => code === 'clock.went-back')).toBe(false);
    // What the station wrote itself has instants: behind them by hours is behind (a tester's walk of a clock).
    const hours = { limits: standardLimits, newestKnown: today, behind: `${today}T15:00:00Z` };
    const once = await laidDown('se-passport');
    const back = await inspector().inspect({ ...once.request, time: hours }, { ...once.owner, onProgress });
    expect(back.checks.filter(({ code }) => code === 'clock.went-back').map(({ id }) => id)).toEqual(
      told.map((line) => line.split(' ')[0]),
    );
  });

  it('what is past on the day of a clock that went back stays failed', async () => {
    const { request, owner } = await laidDown('expired');
    const time = { limits: standardLimits, newestKnown: addDays(today, 100), behind: null };
    const { checks } = await inspector().inspect({ ...request, time }, { ...owner, onProgress });
    expect(checks.find(({ id }) => id === 'document.expiry')).toMatchObject({
      result: 'failed',
      code: 'document.expired',
    });
  });

  it('judges what was read again, as if it had never left, and by whom the station believes then', async () => {
    const { request, owner } = await laidDown('se-passport');
    const worker = inspector();
    const inspection = await worker.inspect(request, { ...owner, onProgress });
    if (inspection.evidence === undefined) throw new Error('no evidence');
    const around = { at: today, time: { limits: standardLimits, newestKnown: null, behind: null } };
    const again = await worker.judge(inspection.evidence, { ...around, trust });
    expect(again.checks).toEqual(inspection.checks);
    const without = await worker.judge(inspection.evidence, { ...around, trust: new TrustStore() });
    expect(without.checks.find(({ id }) => id === 'passive-authentication.path')?.result).toBe('undetermined');
  });

  it('tells where judging came to nothing, instead of another result', async () => {
    const { request, owner } = await laidDown('se-passport');
    const worker = inspector();
    const { evidence } = await worker.inspect(request, { ...owner, onProgress });
    if (evidence === undefined) throw new Error('no evidence');
    const around = { at: today, trust, signal: AbortSignal.abort() };
    expect((await rejection(worker.judge(evidence, around)))?.code).toBe('inspection.cancelled');
    // And the worker is there for the next one.
    expect((await worker.judge(evidence, { at: today, trust })).checks.length).toBeGreaterThan(10);
  });

  it('reads a document over its port and tells the way there', async () => {
    const told: InspectionProgress[] = [];
    const { request, owner } = await laidDown('se-passport');
    const inspection = await inspector().inspect(request, { ...owner, onProgress: (progress) => told.push(progress) });
    expect(inspection.checks.filter(({ result }) => result === 'failed')).toEqual([]);
    expect(inspection.document?.issuer).toBe('SWE');
    expect(inspection.portrait?.bytes.length).toBeGreaterThan(10_000);
    expect(told.filter(({ type }) => type === 'check')).toHaveLength(inspection.checks.length);
    const bytes = told.flatMap((progress) =>
      progress.type === 'file' && progress.file === 'EF.DG2' ? [progress.bytesRead] : [],
    );
    expect(bytes.length).toBeGreaterThan(1);
    expect(bytes.toSorted((a, b) => a - b)).toEqual(bytes);
  });

  it('reads one document after the other, also when both are asked for at once', async () => {
    const shared = inspector();
    const [first, second] = await Promise.all([
      laidDown('se-passport').then(({ request, owner }) => shared.inspect(request, { ...owner, onProgress })),
      laidDown('de-passport').then(({ request, owner }) => shared.inspect(request, { ...owner, onProgress })),
    ]);
    expect([first.document?.issuer, second.document?.issuer]).toEqual(['SWE', 'D']);
  });

  it('comes back with every check aborted when it is cancelled, and reads again afterwards', async () => {
    const shared = inspector();
    const cancelled = new AbortController();
    const { request, owner } = await laidDown('se-passport');
    const inspection = await shared.inspect(request, {
      ...owner,
      signal: cancelled.signal,
      onProgress: (progress) => {
        if (progress.type === 'file' && progress.file === 'EF.DG2') cancelled.abort();
      },
    });
    expect(new Set(inspection.checks.map(({ code }) => code))).toEqual(new Set(['inspection.cancelled']));
    const next = await laidDown('se-passport');
    const again = await shared.inspect(next.request, { ...next.owner, onProgress });
    expect(again.document).not.toBeNull();
  });

  it('names a worker that went away', async () => {
    const crashing = createInspector(new URL('data:text/javascript,process.exit(1)'), never);
    open.push(crashing);
    const { request, owner } = await laidDown('se-passport');
    const inspection = await crashing.inspect(request, { ...owner, onProgress });
    expect(new Set(inspection.checks.map(({ code }) => code))).toEqual(new Set(['inspection.worker-lost']));
  });

  // A worker that a hostile chip got hold of: it tells what this says, whatever is asked.
  it.each([
    ['no message at all', 'null'],
    ['a kind that nobody knows', '{ type: "verdict" }'],
    ['a check that is made by nobody', '{ type: "result", inspection: { checks: [{ id: "all-good" }] } }'],
    ['a failure without a name', '{ type: "failure", code: "nothing", fields: {} }'],
    [
      'memory that it goes on changing',
      '{ type: "trace", direction: "command", apdu: new Uint8Array(new SharedArrayBuffer(5)) }',
    ],
    [
      'a ring',
      '(() => { const ring = {}; ring.ring = ring; return { type: "progress", progress: { type: "check", check: { id: "document.mrz", result: "successful", code: null, detail: ring } } }; })()',
    ],
  ])('a worker that tells %s is ended, and every check aborted', async (_name, told) => {
    const source = `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => parentPort.postMessage(${told}));`;
    const hostile = createInspector(new URL(`data:text/javascript,${encodeURIComponent(source)}`), never);
    open.push(hostile);
    const { request, owner } = await laidDown('se-passport');
    const inspection = await hostile.inspect(request, { ...owner, onProgress });
    expect(new Set(inspection.checks.map(({ code }) => code))).toEqual(new Set(['call.malformed']));
  });

  it('names a card that fails, by its own failure', async () => {
    const { request, owner } = await laidDown('torn');
    const inspection = await inspector().inspect(request, { ...owner, onProgress });
    expect(inspection.checks.find(({ id }) => id === 'passive-authentication.hashes')).toMatchObject({
      result: 'aborted',
      code: 'card.removed',
    });
  });
});
