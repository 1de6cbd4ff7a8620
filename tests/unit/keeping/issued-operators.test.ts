import { describe, expect, it } from 'vitest';
import { operatorKeeping } from '../../../main/keeping/operators/operator-keeping.ts';
import { canonicalBytes } from '../../../main/result/canonical-json.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { rejection } from '../../support/rejection.ts';
import { temporaryFolder, today, unlockedIn } from '../store/support.ts';

/*
 * Operators that headquarters sends: the whole list in the place of the last, none of the station's own touched, no administrator
 * made (docs/fleet.md).
 */

const secret = 'correct horse battery';
const at = '2026-11-23T09:00:00Z';
// As cheap as the list allows.
const costs = { cost: 2 ** 16, blockSize: 8, parallelization: 1 };
const person = (id: string, sign: string, role = 'teller', hash = 'aa') => ({
  ...{ id: id.repeat(32), sign, name: `Name ${sign}`, role, competentUntil: null, addedAt: at },
  ...{ salt: '00'.repeat(16), hash: hash.repeat(32), costs },
});
const list = (...operators: readonly object[]) => canonicalBytes({ format: 'styrk-operators', version: 1, operators });

async function station() {
  const opened = await unlockedIn(temporaryFolder());
  const keeping = operatorKeeping(opened.store, {
    open: () => opened,
    unlocked: () => opened,
    clock: { now: () => at, today: () => today },
    signIn: { costs, millis: () => 1e9 },
  });
  let number = 0;
  const take = (...operators: readonly object[]): void => {
    number += 1;
    keeping.takeIssued(list(...operators), { number, digest: 'd' });
  };
  const administrator = async () =>
    keeping.add(
      { sign: 'AB', name: 'A. Berg', role: 'administrator', competentUntil: null, secret },
      { names: ['A. Berg'] },
    );
  const signs = () => keeping.list().map(({ sign, role, removedAt }) => `${sign} ${role} ${removedAt === null}`);
  return { ...opened, keeping, take, administrator, signs };
}

describe('operators from headquarters', () => {
  it('come as one list: new ones added, known ones as they are now, those left out sign in no more', async () => {
    const { take, administrator, signs, acts } = await station();
    await administrator();
    take(person('1', 'CD'), person('2', 'EF'));
    expect(signs()).toEqual(['AB administrator true', 'CD teller true', 'EF teller true']);
    take(person('2', 'EF', 'supervisor'), person('3', 'GH', 'auditor'));
    expect(signs()).toEqual(['AB administrator true', 'CD teller false', 'EF supervisor true', 'GH auditor true']);
    take(person('1', 'CD'));
    expect(signs()).toContain('CD teller true');
    expect(acts.list().at(-1)).toMatchObject({ kind: 'fleet.operators', detail: { number: 3, operators: 1 } });
  });

  it('make nobody an administrator, and are refused whole where one line is not good', async () => {
    const { take, administrator, signs } = await station();
    await administrator();
    const bad: readonly (readonly object[])[] = [
      [person('1', 'CD', 'administrator')],
      [person('1', 'CD'), person('1', 'EF')],
      [person('1', 'CD'), person('2', 'cd')],
      [{ ...person('1', 'CD'), costs: { ...costs, cost: 2 ** 30 } }],
      [{ ...person('1', 'CD'), costs: { ...costs, cost: 2 } }],
      [{ ...person('1', 'CD'), more: 1 }],
      [{ ...person('1', 'CD'), competentUntil: '2026-02-30' }],
    ];
    for (const operators of bad)
      expect(failureCodeOf(() => take(person('9', 'XY'), ...operators))).toBe('fleet.issue-unusable');
    expect(signs()).toEqual(['AB administrator true']);
  });

  it('do not begin a folder, and take no sign of the station’s own', async () => {
    const { take, administrator, signs, keeping } = await station();
    expect(failureCodeOf(() => take(person('1', 'CD')))).toBe('operator.first-administrator');
    const own = await administrator();
    expect(failureCodeOf(() => take(person('1', 'CD'), person('2', 'AB')))).toBe('operator.sign-taken');
    expect(failureCodeOf(() => take(person('1', 'CD'), { ...person('2', 'ZZ'), id: own.id }))).toBe(
      'operator.sign-taken',
    );
    // Nothing of the list was taken.
    expect(signs()).toEqual(['AB administrator true']);
    expect(keeping.state()).toBe('present');
  });

  it('sign in with the secret they have at headquarters; one changed here stays until headquarters sends another', async () => {
    const office = await station();
    const chief = await office.administrator();
    await office.keeping.add(
      { sign: 'CD', name: 'C. Dahl', role: 'teller', competentUntil: null, secret: 'headquarters knows it' },
      { operators: [chief] },
    );
    const { operators, content } = office.keeping.exportForStations({ operators: [chief] });
    // Its administrators stay at home.
    expect({ operators, names: Buffer.from(content).includes('Berg') }).toEqual({ operators: 1, names: false });
    const branch = await station();
    const own = await branch.administrator();
    branch.keeping.takeIssued(content, { number: 1, digest: 'd' });
    const there = await branch.keeping.signIn('CD', 'headquarters knows it');
    expect(there).toMatchObject({ sign: 'CD', role: 'teller' });
    await branch.keeping.setSecret('CD', 'the branch changed it', { operators: [own] });
    branch.keeping.takeIssued(content, { number: 2, digest: 'd' });
    expect(await branch.keeping.signIn('CD', 'the branch changed it')).toMatchObject({ id: there.id });
    expect(await rejection(branch.keeping.signIn('CD', 'headquarters knows it'))).toMatchObject({
      code: 'operator.refused',
    });
  });

  it('leave alone whom the station’s own administrators made one of them', async () => {
    const { take, administrator, signs, keeping } = await station();
    const own = await administrator();
    take(person('1', 'CD'));
    keeping.setRole('CD', 'administrator', { operators: [own] });
    take(person('1', 'CD'));
    take();
    expect(signs()).toEqual(['AB administrator true', 'CD administrator true']);
  });
});
