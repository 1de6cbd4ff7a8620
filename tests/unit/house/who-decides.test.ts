import { describe, expect, it } from 'vitest';
import { houseRecords } from '../../../main/house/house-records.ts';
import { type ActingPeople, operatorKeeping } from '../../../main/keeping/operators/operator-keeping.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import type { Role } from '../../../main/result/roles.ts';
import type { CaseFacts } from '../../../main/verification/types.ts';
import { policy } from '../../support/own-resources.ts';
import { rejection } from '../../support/rejection.ts';
import { caseFacts } from '../records/case-facts.ts';
import { temporaryFolder, today, unlockedIn } from '../store/support.ts';

/*
 * Who lets a case go on is asked for once more with its record (docs/operators.md): a case may have waited until another process let
 * go of the folder, and that one may have been taking the operator out.
 */

const at = '2026-11-23T09:00:00Z';

async function branch() {
  const open = await unlockedIn(temporaryFolder());
  const clock = { now: at };
  const operators = operatorKeeping(open.store, {
    open: () => open,
    unlocked: () => open,
    clock: { now: () => clock.now, today: () => today },
    // As weak as can be: how long a secret takes to compute is not what is tried here.
    signIn: { costs: { cost: 2, blockSize: 8, parallelization: 1 }, millis: () => 1e9 },
  });
  const add = (sign: string, role: Role, by: ActingPeople) =>
    operators.add(
      {
        sign,
        name: `Name of ${sign}`,
        role,
        competentUntil: '2099-12-31' as PlainDate,
        secret: 'correct horse battery',
      },
      by,
    );
  const administrator = await add('AB', 'administrator', { names: ['A. Berg'] });
  const by = { operators: [administrator] };
  const { id } = await add('SU', 'supervisor', by);
  const { keepRecord } = houseRecords(() => open, {
    version: '0.1.0',
    training: true,
    policy,
    newestAt: () => null,
    answers: { caseKept: () => undefined, caseEnded: () => null, taken: () => null },
    publishing: { soon: () => undefined },
  });
  const facts = (name: string, outcome: CaseFacts['decision']['outcome']) =>
    caseFacts(name, { decision: { outcome, reason: null, by: { sign: 'SU', source: 'operator', operatorId: id } } });
  const kept = async (name: string, outcome: CaseFacts['decision']['outcome'], asRole?: Role) =>
    (await rejection(keepRecord(facts(name, outcome), {}, asRole)))?.code ?? null;
  return { open, operators, by, kept, add, clock };
}

describe('whoever lets a case go on', () => {
  it('is still there, in the role by which they decided', async () => {
    const { open, operators, by, kept } = await branch();
    expect(await kept('case-1', 'go-on', 'supervisor')).toBeNull();
    operators.setRole('SU', 'teller', by);
    expect(await kept('case-2', 'go-on', 'supervisor')).toBe('operator.role');
    expect(await kept('case-2', 'go-on', 'teller')).toBeNull();
    operators.remove('SU', by);
    expect(await kept('case-3', 'go-on', 'teller')).toBe('operator.needed');
    expect(await kept('case-3', 'go-on')).toBe('operator.needed');
    // What gives nothing to anybody is kept all the same.
    for (const outcome of ['refer', 'stop', 'abandoned'] as const)
      expect(await kept(`case-${outcome}`, outcome, 'supervisor'), outcome).toBeNull();
    expect(open.records.count()).toBe(5);
  });

  // A tester's walk of a clock: who is trained no more was so again by a clock that was set back some hours.
  it('is trained by the day of the newest record, where the clock was set back behind it', async () => {
    const { open, operators, by, add, clock } = await branch();
    await add('TE', 'teller', by);
    const teller = operators.train('TE', '2026-11-23' as PlainDate, by);
    expect(operators.lapsed(teller)).toBe(false);
    open.records.append(caseFacts('case-1', { endedAt: '2026-11-24T06:00:00Z' }), '0.1.0');
    clock.now = '2026-11-23T22:00:00Z';
    expect(operators.lapsed(teller)).toBe(true);
    // Another clock by less is the same moment.
    clock.now = '2026-11-24T05:57:00Z';
    expect(operators.lapsed(teller)).toBe(false);
  });

  it('is known by their name under whatever account, also one that was made anew', async () => {
    const { operators, by, add } = await branch();
    const first = await add('TE', 'teller', by);
    expect(operators.bearers(first.id)).toEqual([first.id]);
    operators.remove('TE', by);
    const again = await operators.add(
      { sign: 'TX', name: ' name OF te', role: 'teller', competentUntil: null, secret: 'correct horse battery' },
      by,
    );
    expect([...operators.bearers(again.id)].sort()).toEqual([first.id, again.id].sort());
    expect(operators.bearers('0'.repeat(32))).toEqual([]);
  });
});
