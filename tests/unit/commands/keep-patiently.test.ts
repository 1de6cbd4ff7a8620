import { expect, it } from 'vitest';
import { keepPatiently } from '../../../main/commands/keep-patiently.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { CaseFacts } from '../../../main/verification/types.ts';
import { policy } from '../../support/own-resources.ts';
import { rejection } from '../../support/rejection.ts';
import { caseFacts } from '../records/case-facts.ts';

/*
 * What is to go on is judged by what is there when it is kept (docs/operators.md): a tester's walk of two desks, of which one brought a
 * register while the other waited for the folder.
 */

const call = { machine: { patienceMillis: 0 }, note: () => undefined } as unknown as Parameters<
  typeof keepPatiently
>[2];
const accepted = caseFacts('case-1', { policy: null });
const judgedAnew = caseFacts('case-1', { policy: null, endedAt: '2026-11-23T09:04:00Z' });

function folder(busy: number, version = 1) {
  const kept: CaseFacts[] = [];
  let left = busy;
  const house: Parameters<typeof keepPatiently>[0] = {
    policy,
    writtenElsewhere: () => version,
    refuseIfBusy: () => {
      if (left-- > 0) throw new Failure('storage.busy');
    },
    keepRecord: async (facts) => {
      kept.push(facts);
      return { id: facts.id, hash: '' };
    },
  };
  return { house, kept };
}

const judge = async () => judgedAnew;

it('nobody else wrote: it is kept as it was judged', async () => {
  const { house, kept } = folder(0);
  await keepPatiently(house, accepted, call, { again: { judge, judgedAt: 1 } });
  expect(kept).toEqual([accepted]);
});

it.each([
  ['somebody wrote, and let go of the folder within the first try', folder(0, 2)],
  ['a further try', folder(1)],
])('%s: it is judged once more, and kept as it comes out now', async (_, { house, kept }) => {
  await keepPatiently(house, accepted, call, { again: { judge, judgedAt: 1 } });
  expect(kept).toEqual([judgedAnew]);
});

it('what comes to something else is not kept', async () => {
  const { house, kept } = folder(2);
  const changed = async () => {
    throw new Failure('decision.verdict-changed');
  };
  const keeping = keepPatiently(house, accepted, call, { again: { judge: changed, judgedAt: 1 } });
  expect((await rejection(keeping))?.code).toBe('decision.verdict-changed');
  expect(kept).toEqual([]);
});

it('what gives nothing to anybody is kept as it was decided', async () => {
  const { house, kept } = folder(1, 2);
  const stopped = { ...accepted, decision: { ...accepted.decision, outcome: 'stop' as const } };
  await keepPatiently(house, stopped, call, { again: { judge, judgedAt: 1 } });
  expect(kept).toEqual([stopped]);
});
