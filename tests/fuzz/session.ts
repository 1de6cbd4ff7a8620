import { SeededRandom, wordOf } from './random.ts';
import { type Target, verdictOn } from './target.ts';

export interface FuzzedInput {
  readonly target: string;
  readonly input: Uint8Array;
  readonly problem: string;
}

/** What a session tells: each input before it is tried, and what it found. */
export interface SessionListener {
  readonly trying: (target: string, input: Uint8Array) => void;
  readonly found: (finding: FuzzedInput) => void;
  readonly reached: (target: string, input: Uint8Array) => void;
}

/** Whether something ran that never ran before; kept as known, unless told otherwise. */
export interface Feedback {
  reachedNew(keep?: boolean): boolean;
}

const batch = 128;

/**
 * One target's run: a pool of inputs that grows by those that reach code which none before them reached. Which inputs come,
 * and in which order, follows from the seed alone.
 */
export class TargetSession {
  readonly target: Target;
  readonly #coverage: Feedback;
  readonly #listener: SessionListener;
  readonly #random: SeededRandom;
  readonly #pool: Uint8Array[];
  readonly #problems = new Set<string>();
  inputs = 0;
  kept = 0;

  constructor(
    target: Target,
    options: {
      readonly seed: number;
      readonly corpus: readonly Uint8Array[];
      readonly coverage: Feedback;
      readonly listener: SessionListener;
    },
  ) {
    this.target = target;
    this.#coverage = options.coverage;
    this.#listener = options.listener;
    this.#random = new SeededRandom(options.seed, wordOf(target.name));
    this.#pool = [...target.seeds(), ...options.corpus];
  }

  /** The pool as it is, so that what it reaches counts as known. */
  async begin(): Promise<void> {
    for (const input of this.#pool) await this.#try(input);
    this.#coverage.reachedNew();
  }

  /** Some mutated inputs; those that reached something new are looked for among them by halves. */
  async round(): Promise<void> {
    for (let left = this.target.perRound; left > 0; left -= batch) {
      await this.#examine(Array.from({ length: Math.min(batch, left) }, () => this.#next()));
    }
  }

  async #examine(inputs: readonly Uint8Array[]): Promise<void> {
    const [only, ...more] = inputs;
    if (only === undefined) return;
    for (const input of inputs) await this.#try(input);
    if (!this.#coverage.reachedNew(more.length === 0)) return;
    if (more.length === 0) return this.#keep(only);
    const middle = inputs.length >> 1;
    await this.#examine(inputs.slice(0, middle));
    await this.#examine(inputs.slice(middle));
  }

  #next(): Uint8Array {
    const { maximumLength, mutate } = this.target;
    // Late ones have reached the most.
    const at = this.#random.chance(2) ? this.#random.below(this.#pool.length) : this.#late();
    const input = this.#pool[at] ?? new Uint8Array();
    return mutate(this.#random, input, this.#random.pick(this.#pool)).subarray(0, maximumLength);
  }

  #late(): number {
    const back = this.#random.below(Math.min(16, this.#pool.length));
    return this.#pool.length - 1 - back;
  }

  #keep(input: Uint8Array): void {
    this.kept++;
    this.#pool.push(input.slice());
    this.#listener.reached(this.target.name, input);
  }

  async #try(input: Uint8Array): Promise<void> {
    this.inputs++;
    this.#listener.trying(this.target.name, input);
    const problem = await verdictOn(this.target, input);
    // One of each kind is enough to look at.
    if (problem === null || this.#problems.has(problem)) return;
    this.#problems.add(problem);
    this.#listener.found({ target: this.target.name, input: input.slice(), problem });
  }
}
