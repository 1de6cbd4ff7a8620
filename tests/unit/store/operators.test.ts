import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openKeeping } from '../../../main/house/open-keeping.ts';
import type { NewOperator, OperatorKeeping } from '../../../main/keeping/operators/operator-keeping.ts';
import type { TrustKeeping } from '../../../main/keeping/trust-keeping.ts';
import type { StationClock } from '../../../main/machine/clock.ts';
import { asFailure } from '../../../main/result/failure.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { markKeyFile } from '../../../main/store/marks/mark-key.ts';
import { delayAfter, mostFailures, mostResets, mostStationFailures } from '../../../main/store/operators/lock-out.ts';
import { fromOutside } from '../../support/from-outside.ts';
import { trainingFolder } from '../../support/training-folder.ts';
import { temporaryFolder } from './support.ts';

/*
 * Signing in to a folder: who tries on is slowed and stopped, and neither a restart nor a clock nor a hand on the files gives
 * fresh tries (docs/decisions/0015-operators.md; NIST SP 800-63B-4 §3.2.2).
 */

const resourcesDirectory = join(import.meta.dirname, '../../../resources');
// As weak as can be: how long a secret takes to compute is not what is tried here.
const costs = { cost: 2, blockSize: 8, parallelization: 1 };
const secretOf = (sign: string): string => `correct horse of ${sign.length} staples`;

interface Opened {
  readonly keeping: TrustKeeping;
  readonly operators: OperatorKeeping;
  /** Moves this process's own clock, which begins at zero. */
  readonly pass: (millis: number) => void;
}

/** The folder as one process opens it. */
async function opened(directory: string, day = '2026-11-23'): Promise<Opened> {
  let millis = 0;
  const clock: StationClock = { now: () => `${day}T09:00:00Z`, today: () => day as PlainDate };
  const keeping = await openKeeping({
    directory,
    kind: 'training',
    clock,
    resourcesDirectory,
    signIn: { costs, millis: () => millis },
  });
  await keeping.unlock({ kind: 'key-file', path: null });
  const pass = (more: number): void => {
    millis += more;
  };
  return { keeping, operators: keeping.operators, pass };
}

const person = (sign: string, role: NewOperator['role']): NewOperator => ({
  sign,
  name: `Name of ${sign}`,
  role,
  competentUntil: null,
  secret: secretOf(sign),
});

/** A folder with two administrators and two tellers, closed. */
async function staffed(): Promise<string> {
  const directory = await trainingFolder();
  const { keeping, operators } = await opened(directory);
  const ab = await operators.add(person('AB', 'administrator'), { names: ['Anna'] });
  const cd = await operators.add(person('CD', 'administrator'), { operators: [ab] });
  for (const sign of ['TE', 'TF']) await operators.add(person(sign, 'teller'), { operators: [ab, cd] });
  keeping.close();
  return directory;
}

const codeOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (thrown) => asFailure(thrown).code,
  );

/** Tries with a wrong secret so often, waiting each time as long as is asked for. */
async function tryWrongly(
  { operators, pass }: Opened,
  sign: string,
  times: number,
): Promise<readonly (string | null)[]> {
  const codes: (string | null)[] = [];
  for (let tries = 0; tries < times; tries++) {
    pass(60_000);
    codes.push(await codeOf(operators.signIn(sign, 'a wrong secret 123')));
  }
  return codes;
}

describe('signing in', () => {
  it('knows an operator by their own secret, whatever the case of their sign', async () => {
    const { operators, keeping } = await opened(await staffed());
    expect(await operators.signIn(' te', secretOf('TE'))).toMatchObject({ sign: 'TE', role: 'teller' });
    expect(await codeOf(operators.signIn('TE', secretOf('T')))).toBe('operator.refused');
    // Whether there is somebody of a sign is not told.
    expect(await codeOf(operators.signIn('nobody', secretOf('TE')))).toBe('operator.refused');
    keeping.close();
  });

  it('waits longer after each wrong try from the third on, by a clock that nobody sets', async () => {
    const here = await opened(await staffed());
    await tryWrongly(here, 'TE', 3);
    expect(await codeOf(here.operators.signIn('TE', secretOf('TE')))).toBe('operator.wait');
    here.pass(4_999);
    expect(await codeOf(here.operators.signIn('TE', secretOf('TE')))).toBe('operator.wait');
    here.pass(1);
    expect(await codeOf(here.operators.signIn('TE', secretOf('TE')))).toBeNull();
    expect([2, 3, 4, 5, 6, 7, 9].map(delayAfter)).toEqual([0, 5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    here.keeping.close();
  });

  it('begins the wait anew with a restart, and counts on', async () => {
    const directory = await staffed();
    const before = await opened(directory);
    await tryWrongly(before, 'TE', 5);
    before.keeping.close();
    const after = await opened(directory);
    expect(await codeOf(after.operators.signIn('TE', secretOf('TE')))).toBe('operator.wait');
    expect((await tryWrongly(after, 'TE', 6)).at(-1)).toBe('operator.locked');
    after.keeping.close();
  });

  it('takes wrong tries back with the right one of the same operator, never with that of another', async () => {
    const here = await opened(await staffed());
    await tryWrongly(here, 'TE', 2);
    await here.operators.signIn('TF', secretOf('TF'));
    expect(here.operators.list().find(({ sign }) => sign === 'TE')?.failures).toBe(2);
    await here.operators.signIn('TE', secretOf('TE'));
    expect(here.operators.list().find(({ sign }) => sign === 'TE')?.failures).toBe(0);
    here.keeping.close();
  });

  it('locks the station for all but administrators where many operators are tried', async () => {
    const here = await opened(await staffed());
    for (let tries = 0; tries < mostStationFailures; tries++) {
      // One secret tried against everybody: nobody's own count reaches its end, and a right one of their own helps nobody.
      await tryWrongly(here, `X${tries}`, 1);
      if (tries === 8) await here.operators.signIn('TF', secretOf('TF'));
    }
    here.pass(60_000);
    expect(await codeOf(here.operators.signIn('TE', secretOf('TE')))).toBe('operator.station-locked');
    expect(await codeOf(here.operators.signIn('AB', secretOf('AB')))).toBeNull();
    expect(await codeOf(here.operators.signIn('TE', secretOf('TE')))).toBeNull();
    here.keeping.close();
  });

  it('counts the try before it looks at the secret: tries at once are tries', async () => {
    const here = await opened(await staffed());
    const codes = await Promise.all(
      Array.from({ length: 5 }, () => codeOf(here.operators.signIn('TE', 'wrong wrong'))),
    );
    expect(codes).toEqual([
      'operator.refused',
      'operator.refused',
      'operator.refused',
      'operator.wait',
      'operator.wait',
    ]);
    here.keeping.close();
  });
});

describe('20 wrong tries', () => {
  /** The folder after them, closed. */
  async function lockedFolder(): Promise<string> {
    const directory = await staffed();
    const here = await opened(directory);
    const codes = await tryWrongly(here, 'TE', 20);
    expect(codes.filter((code) => code === 'operator.refused')).toHaveLength(mostFailures);
    expect(codes.slice(mostFailures).every((code) => code === 'operator.locked')).toBe(true);
    here.keeping.close();
    return directory;
  }
  const inDatabase = (directory: string, sql: string): void => fromOutside(join(directory, 'styrk.db'), sql);

  // Whatever is done meanwhile; `trust.tampered` where others had their hands on it.
  it.each<[string, (directory: string) => void, string, string]>([
    ['a restart', () => undefined, '2026-11-23', 'operator.locked'],
    ['the clock a year back', () => undefined, '2025-11-23', 'operator.locked'],
    ['the clock ten years on', () => undefined, '2036-11-23', 'operator.locked'],
    ['its count deleted', (folder) => inDatabase(folder, 'DELETE FROM operator_tries'), '2026-11-23', 'trust.tampered'],
    [
      'its count set to zero',
      (folder) => inDatabase(folder, 'UPDATE operator_tries SET failures = 0'),
      '2026-11-23',
      'trust.tampered',
    ],
    [
      'count and mark deleted',
      (folder) =>
        inDatabase(folder, "DELETE FROM operator_tries; DELETE FROM row_marks WHERE table_name = 'operator_tries'"),
      '2026-11-23',
      'trust.tampered',
    ],
    ['the operators deleted', (folder) => inDatabase(folder, 'DELETE FROM operators'), '2026-11-23', 'trust.tampered'],
    [
      'everything of operators deleted, and the mark over all',
      (folder) =>
        inDatabase(
          folder,
          'DELETE FROM operators; DELETE FROM operator_tries; DELETE FROM operators_state; DELETE FROM marks',
        ),
      '2026-11-23',
      'trust.tampered',
    ],
    ['the key of the marks deleted', (folder) => rmSync(markKeyFile(folder)), '2026-11-23', 'operator.locked'],
  ])('and then %s: still locked out', async (_, meanwhile, day, code) => {
    const directory = await lockedFolder();
    meanwhile(directory);
    const here = await opened(directory, day);
    here.pass(3_600_000);
    expect(await codeOf(here.operators.signIn('TE', secretOf('TE')))).toBe(code);
    expect(here.operators.state()).not.toBe('none');
    here.keeping.close();
  });

  it('and then the count of before them written back with its marks: noticed by the number of the marks', async () => {
    const directory = await staffed();
    const older = join(temporaryFolder(), 'older.db');
    copyFileSync(join(directory, 'styrk.db'), older);
    const here = await opened(directory);
    await tryWrongly(here, 'TE', 20);
    here.keeping.close();
    inDatabase(
      directory,
      `ATTACH '${older}' AS older; DELETE FROM operator_tries; INSERT INTO operator_tries SELECT * FROM older.operator_tries;
       DELETE FROM row_marks WHERE table_name = 'operator_tries';
       INSERT INTO row_marks SELECT * FROM older.row_marks WHERE table_name = 'operator_tries';`,
    );
    const after = await opened(directory);
    after.pass(60_000);
    expect(await codeOf(after.operators.signIn('TE', secretOf('TE')))).toBe('trust.tampered');
    after.keeping.close();
  });

  it('and cannot be reset for ever: after a hundred tries at one secret it has to be a new one, from two administrators', async () => {
    const directory = await staffed();
    const { keeping, operators } = await opened(directory);
    const ab = await operators.signIn('AB', secretOf('AB'));
    // What the tries were is not asked: nine times somebody was let in again with this secret.
    for (let time = 0; time < mostResets; time++) operators.reset('CD', { operators: [ab] });
    const again = (): Promise<unknown> => Promise.resolve().then(() => operators.reset('CD', { operators: [ab] }));
    expect(await codeOf(again())).toBe('operator.new-secret-needed');
    // One alone gives nobody a new one either.
    expect(await codeOf(operators.setSecret('CD', 'a new secret of nine staples', { operators: [ab] }))).toBe(
      'operator.second-needed',
    );
    const cd = await operators.signIn('CD', secretOf('CD'));
    await operators.setSecret('CD', 'a new secret of nine staples', { operators: [cd] });
    expect(await codeOf(again())).toBeNull();
    keeping.close();
  });

  it('until a supervisor or an administrator resets it, which is on the record', async () => {
    const directory = await lockedFolder();
    const { keeping, operators } = await opened(directory);
    const ab = await operators.signIn('AB', secretOf('AB'));
    expect(operators.list().find(({ sign }) => sign === 'TE')).toMatchObject({ locked: true, failures: mostFailures });
    operators.reset('TE', { operators: [ab] });
    expect(await codeOf(operators.signIn('TE', secretOf('TE')))).toBeNull();
    const { all, broken } = keeping.acts.done();
    expect(all.at(-1)).toMatchObject({ kind: 'operators.reset', signs: ['AB'] });
    expect(broken).toEqual([]);
    expect(await codeOf(Promise.resolve().then(() => operators.reset('AB', { operators: [ab] })))).toBe('operator.own');
    keeping.close();
  });

  it('keeps nobody out whose folder others touched elsewhere: a verdict is no better than refer there', async () => {
    const directory = await staffed();
    inDatabase(directory, "INSERT INTO settings VALUES ('trust/limits', '{}')");
    const { keeping, operators } = await opened(directory);
    expect(await codeOf(operators.signIn('TE', 'wrong wrong wrong'))).toBe('operator.refused');
    expect(await codeOf(operators.signIn('TE', secretOf('TE')))).toBeNull();
    // What others touched is not marked as ours by that.
    expect(keeping.integrity().touched.map(({ table }) => table)).toEqual(['settings']);
    keeping.close();
  });
});

describe('who looks after operators', () => {
  it('is an administrator, and two of them as soon as there are two', async () => {
    const { keeping, operators } = await opened(await trainingFolder());
    const add = (sign: string, role: NewOperator['role'], by: Parameters<OperatorKeeping['add']>[1]) =>
      codeOf(operators.add(person(sign, role), by));
    expect(operators.state()).toBe('none');
    expect(await add('TE', 'teller', { names: [] })).toBe('operator.first-administrator');
    const ab = await operators.add(person('AB', 'administrator'), { names: [] });
    expect(await add('TE', 'teller', { names: ['Anna', 'Carl'] })).toBe('operator.second-needed');
    const cd = await operators.add(person('CD', 'administrator'), { operators: [ab] });
    expect(await add('TE', 'teller', { operators: [ab] })).toBe('operator.second-needed');
    expect(await add('TE', 'teller', { operators: [ab, ab] })).toBe('operator.second-needed');
    expect(await add('TE', 'teller', { operators: [ab, cd] })).toBeNull();
    expect(await add('t e', 'teller', { operators: [ab, cd] })).toBe('operator.sign-taken');
    // Two accounts of one person are no two people.
    const second = { ...person('T2', 'teller'), name: ' name  of TE' };
    expect(await codeOf(operators.add(second, { operators: [ab, cd] }))).toBe('operator.name-taken');
    operators.remove('CD', { operators: [ab, cd] });
    expect(await codeOf(operators.signIn('CD', secretOf('CD')))).toBe('operator.refused');
    expect(await codeOf(Promise.resolve().then(() => operators.remove('AB', { operators: [ab] })))).toBe(
      'operator.last-administrator',
    );
    keeping.close();
  });

  // Rows of operators are taken out by mending; the chain of acts still says how many administrators there were.
  it('stays as it was where mending leaves enough administrators: no typed name makes another', async () => {
    const directory = await staffed();
    fromOutside(
      join(directory, 'styrk.db'),
      'UPDATE operator_tries SET failures = 1 WHERE subject = (SELECT id FROM operators ORDER BY id LIMIT 1)',
    );
    const { keeping, operators, pass } = await opened(directory);
    expect(operators.state()).toBe('touched');
    keeping.acts.mend({ names: ['A. Berg', 'C. Dahl'], reason: 'a row was changed' });
    const locked = operators
      .list()
      .filter((each) => each.locked)
      .map(({ role }) => role);
    expect(locked).toHaveLength(1);
    pass(60_000);
    // Whose count went is locked, and begins with nothing forgotten; where it was an administrator the other one is too few.
    const enough = locked[0] !== 'administrator';
    expect(operators.state()).toBe(enough ? 'present' : 'reopened');
    const typed = operators.add(person('XX', 'administrator'), { names: ['A. Berg', 'C. Dahl'] });
    expect(await codeOf(typed)).toBe(enough ? 'operator.second-needed' : null);
    keeping.close();
  });

  it('needs two still where somebody took the row of one administrator away', async () => {
    const directory = await staffed();
    const before = await opened(directory);
    const gone = before.operators.list().find(({ sign }) => sign === 'CD')?.id;
    before.keeping.close();
    fromOutside(join(directory, 'styrk.db'), `DELETE FROM operators WHERE id = '${gone}'`);
    const { keeping, operators } = await opened(directory);
    keeping.acts.mend({ names: ['A. Berg', 'C. Dahl'], reason: 'a row was deleted' });
    const ab = await operators.signIn('AB', secretOf('AB'));
    // One who is left does not become the only one whom it takes.
    expect(await codeOf(operators.add(person('XX', 'administrator'), { operators: [ab] }))).not.toBeNull();
    expect(operators.state()).toBe('reopened');
    expect(operators.namedAnew()).toEqual([]);
    await operators.add(person('EF', 'administrator'), { names: ['A. Berg', 'C. Dahl'] });
    expect(operators.namedAnew()).toEqual([{ at: expect.any(String), names: ['A. Berg', 'C. Dahl'] }]);
    expect(operators.state()).toBe('present');
    expect(await codeOf(operators.add(person('XX', 'administrator'), { operators: [ab] }))).toBe(
      'operator.second-needed',
    );
    expect(keeping.acts.done().all.at(-1)).toMatchObject({ kind: 'operators.anew', detail: { by: 'typed' } });
    keeping.close();
  });

  it('takes no secret that is easily guessed', async () => {
    const { keeping, operators } = await opened(await trainingFolder());
    const first = person('AB', 'administrator');
    for (const secret of ['short', 'aaaaaaaaaaaaaaaa', 'styrk-styrk-styrk-1'])
      expect(await codeOf(operators.add({ ...first, secret }, { names: [] }))).toBe('operator.secret-weak');
    // Two letters stand in many words.
    operators.refuseSecret('en abborre i sjön', first);
    keeping.close();
  });
});
