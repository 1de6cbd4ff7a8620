import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromOutside } from '../../support/from-outside.ts';
import { headquarters, policyFile } from '../../support/headquarters.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';
import { trainingFolder } from '../../support/training-folder.ts';

/*
 * Operators at the side door: as soon as there is one, each command that does something is given by somebody who signs in with
 * the right role, and records name them.
 */

const verify = [
  'verify',
  '--specimen',
  'se-passport',
  '--holder',
  'asa',
  '--purpose',
  'renew-bankid',
  '--face',
  'same',
];

async function branch() {
  const data = await trainingFolder();
  const secrets = temporaryFolder();
  const fileOf = (sign: string): string => {
    const file = join(secrets, sign);
    writeFileSync(file, `a long secret for ${[...sign].reverse().join('-')}\n`, { mode: 0o600 });
    return file;
  };
  const run = (argv: readonly string[], ...signs: readonly string[]) =>
    runHere(
      [
        ...argv,
        ...['--training', '--json', '--data', data],
        ...signs.flatMap((sign) => ['--operator', sign, '--operator-secret-file', fileOf(sign)]),
      ],
      // As weak as can be: how long a secret takes to compute is not what is tried here.
      { signIn: { costs: { cost: 2, blockSize: 8, parallelization: 1 }, millis: () => performance.now() } },
    );
  const add = (sign: string, role: string, ...signs: readonly string[]) =>
    run(['operators', 'add', sign, `Name of ${sign}`, '--role', role, '--secret-file', fileOf(sign)], ...signs);
  return { data, run, add, database: join(data, 'styrk.db') };
}

const codeOf = (end: Awaited<ReturnType<typeof runHere>>): string | null => end.json().error?.code ?? null;

describe('a folder with operators', () => {
  it('takes commands from those who sign in with the right role, and from nobody else', async () => {
    const { run, add } = await branch();
    // Without any operator all is as it was; the record says how the decider was known.
    const before = (await run([...verify, '--sign', 'Eva'])).json();
    expect((await run(['records', 'show', before.record.id])).json().content.decision.by).toEqual({
      sign: 'Eva',
      source: 'typed',
    });
    expect((await add('AB', 'administrator')).status).toBe(0);
    expect((await add('TE', 'teller', 'AB')).status).toBe(0);

    expect(codeOf(await run(verify))).toBe('operator.needed');
    expect(codeOf(await run(verify, 'AB'))).toBe('operator.role');
    expect(codeOf(await run([...verify, '--sign', 'Eva'], 'TE'))).toBe('arguments.unusable');
    const decided = (await run(verify, 'TE')).json();
    expect(decided).toMatchObject({ verdict: 'accept' });
    expect(codeOf(await run(['records', 'show', decided.record.id], 'TE'))).toBe('operator.role');
    expect((await add('AU', 'auditor', 'AB')).status).toBe(0);
    const shown = (await run(['records', 'show', decided.record.id], 'AU')).json();
    expect(shown.content.decision.by).toEqual({
      sign: 'TE',
      source: 'operator',
      operatorId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect((await run(['operators', 'show', 'TE'], 'AB')).json()).toMatchObject({ cases: 1 });
    // What shows nothing of a person and changes nothing stays open.
    expect((await run(['trust', 'show'])).status).toBe(0);
  }, 400_000);

  // Exit status 0: accepted (README). Whoever is no longer trained lets nobody through alone (docs/operators.md).
  it('says what was decided, not what the verdict would allow, where whoever signed in is no longer trained', async () => {
    const { run, add } = await branch();
    await add('AB', 'administrator');
    await add('TE', 'teller', 'AB');
    await add('AU', 'auditor', 'AB');
    await run(['operators', 'train', 'TE', '2199-12-31'], 'AB');
    const trained = await run([...verify, '--register', 'valid'], 'TE');
    expect([trained.status, trained.json()]).toMatchObject([
      0,
      { verdict: 'accept', decision: { outcome: 'go-on', code: null, by: { sign: 'TE', source: 'operator' } } },
    ]);
    // Who looked the document up is who signed in, and not the account of the system.
    const looked = trained.json().checks.find(({ id }: { id: string }) => id === 'register.validity');
    expect(looked.detail).toMatchObject({ answeredBy: 'staff', person: 'TE' });

    expect((await run(['operators', 'train', 'TE', '2020-01-01'], 'AB')).status).toBe(0);
    const lapsed = await run(verify, 'TE');
    expect(lapsed.status).toBe(1);
    const told = lapsed.json();
    expect(told).toMatchObject({ verdict: 'accept', decision: { outcome: 'refer', code: 'operator.lapsed' } });
    const { code, ...decision } = told.decision;
    const kept = (await run(['records', 'show', told.record.id], 'AU')).json();
    expect([kept.content.decision, code]).toEqual([decision, 'operator.lapsed']);
  }, 400_000);

  it('acts by two administrators, asked at the terminal, and names both', async () => {
    const { run, add } = await branch();
    await add('AB', 'administrator');
    await add('CD', 'administrator', 'AB');
    expect(codeOf(await run(['station', 'set', 'attended'], 'AB'))).toBe('operator.second-needed');
    expect(codeOf(await run(['station', 'set', 'attended'], 'AB', 'AB'))).toBe('operator.second-needed');
    expect((await run(['station', 'set', 'attended'], 'AB', 'CD')).status).toBe(0);
    const accept = ['clock', 'accept', '--reason', 'battery'];
    expect(codeOf(await run([...accept, '--by', 'A', '--by', 'B']))).toBe('operator.needed');
    expect(codeOf(await run([...accept, '--by', 'A'], 'AB', 'CD'))).toBe('arguments.unusable');
    expect((await run(accept, 'AB', 'CD')).status).toBe(0);
    const checked = (await run(['records', 'check'], 'AB')).json();
    expect(checked.acts).toEqual({ all: 3, broken: [], end: 'fits' });
  }, 400_000);

  it('whose operators others deleted is put right by two who hold its key, and begins with an administrator', async () => {
    const { run, add, database } = await branch();
    await add('AB', 'administrator');
    await add('TE', 'teller', 'AB');
    fromOutside(database, 'DELETE FROM operators; DELETE FROM operator_tries; DELETE FROM operators_state');
    expect(codeOf(await run(verify, 'TE'))).toBe('trust.tampered');
    expect(codeOf(await add('XX', 'administrator'))).toBe('operator.needed');
    const mend = ['trust', 'mend', '--reason', 'rows were deleted', '--by', 'A. Berg', '--by', 'C. Dahl'];
    expect((await run(mend)).status).toBe(0);
    expect(codeOf(await run(verify))).toBe('operator.needed');
    expect(codeOf(await add('XX', 'administrator'))).toBe('operator.name-missing');
    const again = ['operators', 'add', 'AB', 'Anna', '--role', 'administrator', '--by', 'A. Berg', '--by', 'C. Dahl'];
    const secret = join(temporaryFolder(), 'secret');
    writeFileSync(secret, 'a long secret for B-A\n', { mode: 0o600 });
    expect((await run([...again, '--secret-file', secret])).status).toBe(0);
    expect((await run(['operators', 'list'], 'AB')).json().operators).toHaveLength(1);
  }, 400_000);
});

// A policy is a dangerous act: two administrators answer for it, however well signed the bundle is that brings it.
it('takes policies by the sign-in of two administrators alone', async () => {
  const { run, add } = await branch();
  const { bundle, issuer } = headquarters();
  const folder = temporaryFolder();
  const fileOf = (number: number, policies: Readonly<Record<string, unknown>>): string => {
    const file = join(folder, `${number}.bundle`);
    writeFileSync(file, bundle(number, policies));
    return file;
  };
  const pinned = ['--signer', issuer, '--by', 'A. Berg', '--by', 'C. Dahl'];
  expect((await run(['trust', 'import', fileOf(1, {}), ...pinned])).status).toBe(0);
  await add('AB', 'administrator');
  await add('CD', 'administrator', 'AB');
  const changed = { ...policyFile('large-transfer'), version: 90, evidenceMinutes: 600 };
  const file = fileOf(2, { 'large-transfer': changed });
  expect(codeOf(await run(['trust', 'import', file], 'AB'))).toBe('operator.second-needed');
  expect((await run(['trust', 'import', file], 'AB', 'CD')).json().policies).toMatchObject([{ id: 'large-transfer' }]);
  // Lists alone are one's to bring.
  expect((await run(['trust', 'import', fileOf(3, {})], 'AB')).status).toBe(0);
});
