import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import type { Inspection } from '../../../main/inspection/types.ts';
import type { StoredRevocationList, TrustLookup } from '../../../main/trust/types.ts';
import { computed } from '../figures.ts';
import { type Part, partsOf } from './cpu-parts.ts';
import { moduleOf } from './modules.ts';

/*
 * Inspections of `se-passport` as the desk makes them: the inspection worker of the checkout, the certificates of a training folder,
 * the chip of the checkout on the main thread. Told is what the process computed without what it did for the chip.
 */

const extended = { extendedLength: true, maxCommand: 65_544, maxResponse: 65_538 } as const;

/** One inspection: milliseconds of the host's processor time, and what its revocation check came to. */
interface InspectionFigures {
  readonly hostMillis: number;
  readonly revocation: string;
}

type ListName = 'long' | 'short';
type Bench = Awaited<ReturnType<typeof benchOf>>;

async function benchOf(checkout: string) {
  const { machineClock, machineAfter } = await moduleOf(checkout, 'clock');
  const { createChip } = await moduleOf(checkout, 'chip');
  const { createInspector } = await moduleOf(checkout, 'inspector');
  const { issueSpecimen } = await moduleOf(checkout, 'specimens');
  const { openFolder } = await moduleOf(checkout, 'folder');
  const { parseMrz } = await moduleOf(checkout, 'mrz');
  const today = machineClock.today();
  const portraits = join(checkout, 'resources/specimens/portraits');
  const specimen = issueSpecimen('se-passport', today, {
    portrait: (file) => new Uint8Array(readFileSync(join(portraits, file))),
  });
  const directory = mkdtempSync(join(tmpdir(), 'styrk-bench-inspections-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const store = await openFolder({ directory, kind: 'training', clock: machineClock });
  const { information } = parseMrz(specimen.mrz.join('\n'), today);
  return {
    today,
    trust: withLists(store.trust, []),
    accessKey: { kind: 'mrz', information } as const,
    newChip: () => createChip(specimen, { random: (length) => crypto.getRandomValues(new Uint8Array(length)) }),
    lastWord: existsSync(join(checkout, 'main/inspection/warming.ts')) ? 'warm' : 'ready',
    inspector: createInspector(pathToFileURL(join(checkout, 'main/inspection/worker.ts')), machineAfter),
  };
}

/** A card whose chip's own work is counted apart, in milliseconds of processor time. */
function countedCard(bench: Bench) {
  const chip = bench.newChip();
  let chipMillis = 0;
  return {
    connection: {
      limits: extended,
      transmit: async (command: Uint8Array): Promise<Uint8Array> => {
        const before = computed();
        const answer = chip.transmit(command);
        chipMillis += computed() - before;
        if (answer === null) throw new Error('the chip left the field');
        return answer;
      },
    },
    chipMillis: () => chipMillis,
  };
}

async function inspected(bench: Bench, trust: TrustLookup): Promise<InspectionFigures> {
  const { inspector, today: at, accessKey } = bench;
  const { connection, chipMillis } = countedCard(bench);
  const request = { accessKey, at, extendedLength: 'where-stated' } as const;
  const owner = { connection, trust, onProgress: () => undefined };
  const before = computed();
  // Earlier builds take what is asked and who is asked for it as one argument.
  const inspection: Inspection = await (inspector.inspect.length < 2
    ? inspector.inspect({ ...request, ...owner }, owner)
    : inspector.inspect(request, owner));
  const hostMillis = computed() - before - chipMillis();
  if (inspection.document === null) throw new Error(`nothing was read: ${JSON.stringify(inspection.checks)}`);
  const revocation = inspection.checks.find(({ id }) => id === 'passive-authentication.revocation');
  return { hostMillis, revocation: revocation?.result ?? 'missing' };
}

/** Starts the worker as the desk does where no card lies there, and waits until it says that it is warm; an earlier build says no more than that it is ready. */
async function warmedUp(bench: Bench): Promise<void> {
  const ready = new Promise<void>((resolve) => {
    process.once('worker', (worker: Worker) =>
      worker.on('message', (told: { readonly type?: unknown }) => {
        if (told.type === bench.lastWord) resolve();
      }),
    );
  });
  bench.inspector.warmUp();
  await ready;
}

/**
 * The certificates of a folder with these revocation lists. Not with its own: builds differ in whether a training folder has any, and
 * whoever has none verifies a signature less.
 */
function withLists(trust: TrustLookup, lists: readonly StoredRevocationList[]): TrustLookup {
  return {
    candidates: (query) => trust.candidates(query),
    size: () => trust.size(),
    revocationLists: async () => lists,
    documentSigners: async () => [],
    defectLists: async () => [],
  };
}

async function storedList(checkout: string, der: Uint8Array): Promise<StoredRevocationList> {
  const { parseRevocationList } = await moduleOf(checkout, 'revocationList');
  const { storedRevocationList } = await moduleOf(checkout, 'revocationImport');
  return storedRevocationList(parseRevocationList(der));
}

export function inspectionActs(checkout: string) {
  let bench: Promise<Bench> | null = null;
  const listed = new Map<ListName, TrustLookup>();
  const made = (): Promise<Bench> => {
    bench ??= benchOf(checkout);
    return bench;
  };
  return {
    /** The first inspection of this process, its worker started and ready before. */
    firstInspection: async (): Promise<InspectionFigures> => {
      const ready = await made();
      await warmedUp(ready);
      return inspected(ready, ready.trust);
    },
    /** So many inspections, one after the other, without any revocation list. */
    inspections: async (count: number): Promise<readonly InspectionFigures[]> => {
      const ready = await made();
      return repeated(count, () => inspected(ready, ready.trust));
    },
    /** Keeps a revocation list (DER) for `inspectionsWithList`. */
    holdList: async (name: ListName, der: Uint8Array): Promise<void> => {
      listed.set(name, withLists((await made()).trust, [await storedList(checkout, der)]));
    },
    /** So many inspections that find this list and no other. */
    inspectionsWithList: async (name: ListName, count: number): Promise<readonly InspectionFigures[]> => {
      const ready = await made();
      const trust = listed.get(name);
      if (trust === undefined) throw new Error('holdList comes first');
      return repeated(count, () => inspected(ready, trust));
    },
    /** What the host computes for, as parts of one, in so many inspections on this thread without a worker. */
    inspectionParts: async (count: number): Promise<Readonly<Record<Part, number>>> => {
      const { inspect } = await moduleOf(checkout, 'procedure');
      const ready = await made();
      const { today: at, accessKey, trust } = ready;
      const one = (): Promise<Inspection> =>
        inspect({
          transport: countedCard(ready).connection,
          accessKey,
          at,
          trust,
          random: (length) => crypto.getRandomValues(new Uint8Array(length)),
          clock: () => performance.now(),
          extendedLength: 'where-stated',
          onProgress: () => undefined,
        });
      await repeated(count, one);
      return partsOf(() => repeated(count, one));
    },
  };
}

async function repeated<Value>(count: number, act: () => Promise<Value>): Promise<readonly Value[]> {
  const values: Value[] = [];
  for (let done = 0; done < count; done++) values.push(await act());
  return values;
}
