import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';

/** What a function's time is for, by the file in which it stands. */
export type Part = 'curves' | 'ciphers and hashes' | 'runtime' | 'house' | 'collection';

type ProfileNode = Profiler.ProfileNode;

const samplingMicros = 200;
const simulator = /\/main\/simulator\//;

/** Runs the work under the profiler of this thread. Answers with parts of one; what the simulated chip does is left out. */
export async function partsOf(work: () => Promise<unknown>): Promise<Readonly<Record<Part, number>>> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: samplingMicros });
    await session.post('Profiler.start');
    await work();
    const { profile } = await session.post('Profiler.stop');
    return sharesOf(profile);
  } finally {
    session.disconnect();
  }
}

function sharesOf({ nodes, samples = [] }: Profiler.Profile): Readonly<Record<Part, number>> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const counts: Record<Part, number> = { curves: 0, 'ciphers and hashes': 0, runtime: 0, house: 0, collection: 0 };
  for (const sample of samples) {
    const part = partOf(pathOf(sample, byId, parents));
    if (part !== null) counts[part] += 1;
  }
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return {
    curves: counts.curves / all,
    'ciphers and hashes': counts['ciphers and hashes'] / all,
    runtime: counts.runtime / all,
    house: counts.house / all,
    collection: counts.collection / all,
  };
}

// From the function that ran up to the root.
function pathOf(
  id: number,
  byId: ReadonlyMap<number, ProfileNode>,
  parents: ReadonlyMap<number, number>,
): readonly ProfileNode['callFrame'][] {
  const frames: ProfileNode['callFrame'][] = [];
  for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
    const node = byId.get(at);
    if (node !== undefined) frames.push(node.callFrame);
  }
  return frames;
}

/** Null for what is nobody's: the thread waited, or worked for the chip or the profiler. */
function partOf(frames: readonly ProfileNode['callFrame'][]): Part | null {
  const name = frames[0]?.functionName ?? '';
  if (name === '(garbage collector)') return 'collection';
  if (name === '(idle)' || name === '(program)' || name === '(root)') return null;
  if (frames.some(({ url }) => simulator.test(url))) return null;
  const under = (place: string): boolean => frames.some(({ url }) => url.includes(place));
  // The runtime's own functions belong to whoever called them; what a curve hashes belongs to the curve.
  if (under('/@noble/curves/')) return 'curves';
  if (under('/@noble/') || under('/main/crypto/')) return 'ciphers and hashes';
  return under('/main/') ? 'house' : 'runtime';
}
