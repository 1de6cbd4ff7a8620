import { afterEach, describe, expect, it } from 'vitest';
import { parseMrz } from '../../../main/document/mrz.ts';
import { createInspector, type InspectorRequest } from '../../../main/inspection/inspector.ts';
import type { InspectionProgress } from '../../../main/inspection/types.ts';
import { addDays } from '../../../main/result/plain-date.ts';
import { createChip } from '../../../main/simulator/chip.ts';
import { issueSpecimen } from '../../../main/simulator/specimens.ts';
import { TrainingReader, trainingReaderName } from '../../../main/simulator/training-reader.ts';
import { standardLimits } from '../../../main/trust/freshness.ts';
import { specimenResources } from '../../support/specimen-resources.ts';
import { random, today, trainingTrust } from './bench-of-specimens.ts';

const workerUrl = new URL('../../../main/inspection/worker.ts', import.meta.url);
const trust = await trainingTrust();
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const inspector of open.splice(0)) await inspector.close();
});

async function laidDown(id: string): Promise<Omit<InspectorRequest, 'onProgress'>> {
  const specimen = issueSpecimen(id, today, specimenResources);
  const reader = new TrainingReader();
  reader.lay(createChip(specimen, { random }));
  const { information } = parseMrz(specimen.mrz.join('\n'), today);
  return {
    connection: await reader.connect(trainingReaderName),
    accessKey: { kind: 'mrz', information },
    at: today,
    time: { limits: standardLimits, newestKnown: null },
    trust,
    extendedLength: 'where-stated',
  };
}

function inspector() {
  const created = createInspector(workerUrl);
  open.push(created);
  return created;
}

describe('the inspection worker', () => {
  it('gives the worker the clock’s measure and the limits: a clock that went back is said, and nothing dated is green', async () => {
    const request = await laidDown('se-passport');
    const time = { limits: standardLimits, newestKnown: addDays(today, 2) };
    const { checks } = await inspector().inspect({ ...request, time, onProgress: () => undefined });
    const told = checks.filter(({ code }) => code === 'clock.went-back').map(({ id, result }) => `${id} ${result}`);
    expect(told).toEqual([
      'passive-authentication.path undetermined',
      'passive-authentication.validity undetermined',
      'document.expiry undetermined',
    ]);
    const dayBefore = { limits: standardLimits, newestKnown: addDays(today, 1) };
    const right = await inspector().inspect({
      ...(await laidDown('se-passport')),
      time: dayBefore,
      onProgress: () => undefined,
    });
    expect(right.checks.some(({ code }) => code === 'clock.went-back')).toBe(false);
  });

  it('what is past on the day of a clock that went back stays failed', async () => {
    const request = await laidDown('expired');
    const time = { limits: standardLimits, newestKnown: addDays(today, 100) };
    const { checks } = await inspector().inspect({ ...request, time, onProgress: () => undefined });
    expect(checks.find(({ id }) => id === 'document.expiry')).toMatchObject({
      result: 'failed',
      code: 'document.expired',
    });
  });

  it('reads a document over its port and tells the way there', async () => {
    const told: InspectionProgress[] = [];
    const request = await laidDown('se-passport');
    const inspection = await inspector().inspect({ ...request, onProgress: (progress) => told.push(progress) });
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
    const onProgress = () => undefined;
    const [first, second] = await Promise.all([
      laidDown('se-passport').then((request) => shared.inspect({ ...request, onProgress })),
      laidDown('de-passport').then((request) => shared.inspect({ ...request, onProgress })),
    ]);
    expect([first.document?.issuer, second.document?.issuer]).toEqual(['SWE', 'D']);
  });

  it('comes back with every check aborted when it is cancelled, and reads again afterwards', async () => {
    const shared = inspector();
    const cancelled = new AbortController();
    const request = await laidDown('se-passport');
    const inspection = await shared.inspect({
      ...request,
      signal: cancelled.signal,
      onProgress: (progress) => {
        if (progress.type === 'file' && progress.file === 'EF.DG2') cancelled.abort();
      },
    });
    expect(new Set(inspection.checks.map(({ code }) => code))).toEqual(new Set(['inspection.cancelled']));
    const again = await shared.inspect({ ...(await laidDown('se-passport')), onProgress: () => undefined });
    expect(again.document).not.toBeNull();
  });

  it('names a worker that went away', async () => {
    const crashing = createInspector(new URL('data:text/javascript,process.exit(1)'));
    open.push(crashing);
    const inspection = await crashing.inspect({ ...(await laidDown('se-passport')), onProgress: () => undefined });
    expect(new Set(inspection.checks.map(({ code }) => code))).toEqual(new Set(['inspection.worker-lost']));
  });

  it('names a card that fails, by its own failure', async () => {
    const request = await laidDown('torn');
    const inspection = await inspector().inspect({ ...request, onProgress: () => undefined });
    expect(inspection.checks.find(({ id }) => id === 'passive-authentication.hashes')).toMatchObject({
      result: 'aborted',
      code: 'card.removed',
    });
  });
});
