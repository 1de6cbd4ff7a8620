import { describe, expect, it } from 'vitest';
import { Failure } from '../../../main/result/failure.ts';
import { keptInputs, keptTargets } from '../../fuzz/corpus.ts';
import { mutateBytes } from '../../fuzz/mutate-bytes.ts';
import { SeededRandom } from '../../fuzz/random.ts';
import { type FuzzedInput, TargetSession } from '../../fuzz/session.ts';
import { type Target, verdictOn } from '../../fuzz/target.ts';
import { targets } from '../../fuzz/targets.ts';

it('keeps inputs for targets that exist', () => {
  const names = targets.map(({ name }) => name);
  expect(keptTargets().filter((name) => !names.includes(name))).toEqual([]);
});

describe.each(targets.map((target) => [target.name, target] as const))('%s', (name, target) => {
  it('bears its seeds and everything that was ever kept or found', async () => {
    const inputs = [...target.seeds().map((input, index) => ({ name: `seed ${index}`, input })), ...keptInputs(name)];
    expect(inputs.length).toBeGreaterThan(0);
    const problems: string[] = [];
    for (const one of inputs) {
      const problem = await verdictOn(target, one.input);
      // Processor time is the fuzzer's to judge: a busy machine would make it one here.
      if (problem !== null && !problem.startsWith('slow')) problems.push(`${one.name}: ${problem}`);
    }
    expect(problems).toEqual([]);
  });
});

describe('the seeds', () => {
  // The one that never accepts: nobody signed for it.
  const refusing = ['active-authentication'];
  const accepting = targets.filter(({ name }) => !refusing.includes(name));

  it.each(accepting.map((target) => [target.name, target] as const))(
    'of %s: one at least is well-formed',
    async (_name, target) => {
      let accepted = 0;
      for (const seed of target.seeds().slice(0, 4)) {
        try {
          await target.run(seed);
          accepted++;
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(Failure);
        }
      }
      expect(accepted).toBeGreaterThan(0);
    },
  );
});

describe('a session', () => {
  const planted: Target = {
    name: 'planted',
    maximumLength: 64,
    perRound: 200,
    maximumMillis: 1_000,
    seeds: () => [Uint8Array.of(0x30, 0x02, 0x04, 0x00)],
    mutate: mutateBytes,
    run: (input) => {
      if (input[0] !== 0x30) throw new Failure('tlv.malformed');
      if (input.length > 6) throw new TypeError('planted');
    },
  };

  const run = async (seed: number): Promise<readonly FuzzedInput[]> => {
    const found: FuzzedInput[] = [];
    const listener = {
      trying: () => undefined,
      reached: () => undefined,
      found: (one: FuzzedInput) => found.push(one),
    };
    const coverage = { reachedNew: () => false };
    const session = new TargetSession(planted, { seed, corpus: [], coverage, listener });
    await session.begin();
    await session.round();
    return found;
  };

  it('finds what is not a failure of the house, and with the same seed the same input', async () => {
    const [one, ...more] = await run(3);
    expect(one?.problem).toContain('TypeError: planted');
    expect(more).toEqual([]);
    expect(await run(3)).toEqual([one]);
  });
});

it('the same seed gives the same inputs', () => {
  const made = () => {
    const random = new SeededRandom(7, 9);
    const input = Uint8Array.of(0x30, 0x06, 0x02, 0x01, 0x05, 0x04, 0x01, 0x00);
    return Array.from({ length: 200 }, () => Buffer.from(mutateBytes(random, input, input)).toString('hex'));
  };
  expect(made()).toEqual(made());
  expect(new Set(made()).size).toBeGreaterThan(100);
});
