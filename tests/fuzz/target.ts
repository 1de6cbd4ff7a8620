import { Failure } from '../../main/result/failure.ts';
import type { SeededRandom } from './random.ts';

/** Something that takes hostile input. */
export interface Target {
  readonly name: string;
  /** Longer inputs are cut. */
  readonly maximumLength: number;
  /** How many inputs one round gives it: the faster it is, the more. */
  readonly perRound: number;
  /** How much processor time one input may take, in milliseconds. */
  readonly maximumMillis: number;
  readonly seeds: () => readonly Uint8Array[];
  /** An input made of others. */
  readonly mutate: (random: SeededRandom, input: Uint8Array, other: Uint8Array) => Uint8Array;
  /** Throws a `Failure` where it refuses; anything else that it throws is a finding. */
  readonly run: (input: Uint8Array) => unknown;
}

/** What must never happen, found by a target itself. */
export class Finding extends Error {
  override readonly name = 'Finding';
}

/** Gives a target one input. Null where all is well, else what is wrong with it. */
export async function verdictOn(target: Target, input: Uint8Array): Promise<string | null> {
  const begun = process.threadCpuUsage();
  try {
    await target.run(input);
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code === 'internal.unexpected') return described(thrown);
  }
  const { user, system } = process.threadCpuUsage(begun);
  const millis = Math.round((user + system) / 1_000);
  return millis > target.maximumMillis ? `slow: ${millis} ms of processor time` : null;
}

function described(thrown: unknown): string {
  const cause = thrown instanceof Failure ? (thrown.cause ?? thrown) : thrown;
  if (!(cause instanceof Error)) return `thrown: ${String(cause)}`;
  const [, place = ''] = (cause.stack ?? '').split('\n    at ');
  return `${cause.name}: ${cause.message} at ${place.replace(/\(?file:.*\/main\//, '(main/').trim()}`;
}
