import { describe, expect, it } from 'vitest';
import { keptInputs, keptTargets } from '../../../tools/fuzz/corpus.ts';
import { mutateBytes } from '../../../tools/fuzz/mutate-bytes.ts';
import { SeededRandom } from '../../../tools/fuzz/random.ts';
import { verdictOn } from '../../../tools/fuzz/target.ts';
import { targets } from '../../../tools/fuzz/targets.ts';

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

it('the same seed gives the same inputs', () => {
  const made = () => {
    const random = new SeededRandom(7, 9);
    const input = Uint8Array.of(0x30, 0x06, 0x02, 0x01, 0x05, 0x04, 0x01, 0x00);
    return Array.from({ length: 200 }, () => Buffer.from(mutateBytes(random, input, input)).toString('hex'));
  };
  expect(made()).toEqual(made());
  expect(new Set(made()).size).toBeGreaterThan(100);
});
