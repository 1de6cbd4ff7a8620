import { Session } from 'node:inspector';

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

interface ScriptCoverage {
  readonly url: string;
  readonly functions: readonly { readonly ranges: readonly Range[] }[];
}

/**
 * What V8 has run so far of the sources under `folder` (a file URL), block by block (Profiler.startPreciseCoverage). Taking it costs a few
 * milliseconds, so it is asked after a batch of inputs and not after each.
 */
export class BlockCoverage {
  readonly #session = new Session();
  readonly #folder: string;
  /** Per function the characters of its source that were run. */
  readonly #seen = new Map<string, Uint8Array>();

  constructor(folder: string) {
    this.#folder = folder;
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** How many functions were run at least once. */
  get functions(): number {
    return this.#seen.size;
  }

  /** Whether something ran since the last call that never ran before. Keeps it as seen, unless told otherwise. */
  reachedNew(keep = true): boolean {
    let found = false;
    for (const { url, functions } of this.#take()) {
      if (!url.startsWith(this.#folder)) continue;
      for (const { ranges } of functions) found = this.#add(url, ranges, keep) || found;
    }
    return found;
  }

  close(): void {
    this.#session.disconnect();
  }

  #take(): readonly ScriptCoverage[] {
    let taken: readonly ScriptCoverage[] = [];
    // The profiler answers before `post` returns: session and code share one thread.
    this.#session.post('Profiler.takePreciseCoverage', (error, answer) => {
      if (error !== null) throw new Error('the profiler gives no coverage');
      taken = answer.result;
    });
    return taken;
  }

  #add(url: string, ranges: readonly Range[], keep: boolean): boolean {
    const [whole, ...blocks] = ranges;
    if (whole === undefined || whole.count === 0) return false;
    const { startOffset, endOffset } = whole;
    const now = new Uint8Array(endOffset - startOffset).fill(1);
    // Inner blocks come after those around them.
    for (const block of blocks)
      now.fill(block.count > 0 ? 1 : 0, block.startOffset - startOffset, block.endOffset - startOffset);
    const key = `${url}:${startOffset}:${endOffset}`;
    const seen = this.#seen.get(key);
    if (seen === undefined) {
      if (keep) this.#seen.set(key, now);
      return true;
    }
    let found = false;
    for (let at = 0; at < now.length; at++) {
      if (now[at] !== 1 || seen[at] === 1) continue;
      found = true;
      if (!keep) break;
      seen[at] = 1;
    }
    return found;
  }
}
