import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headquarters, policyFile } from '../../support/headquarters.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';
import { trainingFolder } from '../../support/training-folder.ts';

/*
 * The queue at the side door (docs/decisions/0015-operators.md): a case that verify refers waits as one of the desk does; a colleague
 * decides it by their own sign-in, whoever had it never does, and nobody decides it twice.
 */

// Åsa's passport for Göran: the name does not fit, and one person alone does not let it through.
const verify = (face: string) => [
  ...['verify', '--specimen', 'se-passport', '--holder', 'asa', '--purpose', 'renew-bankid'],
  ...(face === 'none' ? [] : ['--face', face, ...(face === 'same' ? [] : ['--reason', 'much younger on the photo'])]),
];

const { bundle, issuer } = headquarters();
const renewal = policyFile('renew-bankid');

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
    run(
      [
        'operators',
        'add',
        sign,
        `Name of ${sign}`,
        '--role',
        role,
        '--until',
        '2099-12-31',
        '--secret-file',
        fileOf(sign),
      ],
      ...signs,
    );
  return { run, add, secrets };
}

const codeOf = (end: Awaited<ReturnType<typeof runHere>>): string | null => end.json().error?.code ?? null;

describe('a case that verify refers', () => {
  // A developer of a bank who tried docs/integration.md copied the line, and it was not one that the command takes.
  it('is told with the line by which a colleague decides it', async () => {
    const data = await trainingFolder();
    const end = await runHere([...verify('unsure'), '--training', '--data', data]);
    const [, told = ''] = /^Waits for a colleague: styrk (.*) \(or accept --reason WHY\)$/m.exec(end.stdout) ?? [];
    expect(told).toContain(`--training --data ${data}`);
    const decided = await runHere(told.replace(' SIGN', ' ZZ').split(' '));
    expect(decided.stdout).toContain('Decided: stop');
    expect(decided.status).toBe(0);
  });

  it('waits for a colleague with a sign-in of their own, who decides it once', async () => {
    const { run, add } = await branch();
    await add('AB', 'administrator');
    await add('TE', 'teller', 'AB');
    await add('TF', 'teller', 'AB');
    const accepted = (await run(verify('same'), 'TE')).json();
    expect(accepted).toMatchObject({ verdict: 'accept', waits: false });
    const referred = (await run(verify('unsure'), 'TE')).json();
    expect(referred).toMatchObject({ verdict: 'refer', waits: true, record: { id: expect.any(String) } });
    const { id } = referred.record;

    expect(codeOf(await run(['referrals', 'list']))).toBe('operator.needed');
    expect(codeOf(await run(['referrals', 'list'], 'AB'))).toBe('operator.role');
    expect((await run(['referrals', 'list'], 'TE')).json()).toMatchObject({
      referrals: [
        { id, by: 'TE', purpose: 'renew-bankid', verdict: 'refer', own: true, until: expect.any(String), past: false },
      ],
    });
    const shown = (await run(['referrals', 'show', id.slice(0, 8)], 'TF')).json();
    expect(shown).toMatchObject({
      referral: { id, own: false },
      purpose: 'renew-bankid',
      face: { answer: 'unsure' },
      hindrance: null,
    });
    // By the number that a kiosk gave, as somebody typed it.
    for (const number of [id.slice(-6).toUpperCase(), id.slice(-6)])
      expect((await run(['referrals', 'show', number], 'TF')).json().referral).toEqual(shown.referral);
    // Nothing was read again: the checks are those of the case.
    expect(shown.checks).toEqual(referred.checks);
    expect(shown.reading.exchanges).toBe(referred.reading.exchanges);

    const decide = ['referrals', 'decide', id, 'accept'];
    expect(codeOf(await run([...decide, '--reason', 'it is she'], 'TE'))).toBe('referral.own');
    expect(codeOf(await run(decide, 'TF'))).toBe('decision.reason-missing');
    expect(codeOf(await run([...decide, '--sign', 'Somebody'], 'TF'))).toBe('arguments.unusable');
    expect(codeOf(await run(['referrals', 'decide', id, 'perhaps'], 'TF'))).toBe('arguments.unusable');
    expect(codeOf(await run(['referrals', 'decide', id.slice(0, 3), 'reject'], 'TF'))).toBe('referral.gone');
    const decided = (await run([...decide, '--reason', 'it is she'], 'TF')).json();
    expect(decided).toMatchObject({ id, outcome: 'go-on', verdict: 'refer', record: { id: `${id}-2` } });
    expect(codeOf(await run([...decide, '--reason', 'again'], 'TF'))).toBe('referral.gone');
    expect((await run(['referrals', 'list'], 'TF')).json()).toEqual({ referrals: [], damaged: [] });

    await add('AU', 'auditor', 'AB');
    const { content } = (await run(['records', 'show', `${id}-2`], 'AU')).json();
    expect(content).toMatchObject({
      decision: { outcome: 'go-on', reason: 'it is she', by: { sign: 'TF', source: 'operator' } },
      referral: { recordId: id, by: { sign: 'TE' } },
    });
    // The checks stay as they were.
    expect(content.checks.map(({ id: check, result }: { id: string; result: string }) => [check, result])).toEqual(
      referred.checks.map(({ id: check, result }: { id: string; result: string }) => [check, result]),
    );
    expect((await run(['records', 'check'], 'AU')).json()).toMatchObject({ intact: true });
  }, 400_000);

  // docs/policies.md, Documents on file: two people have looked, one of them of another role, and the second knew what follows from it.
  it('puts a document without a number on file where a supervisor approves it under `approved`, and where a teller does not', async () => {
    const { run, add, secrets } = await branch();
    await add('AB', 'administrator');
    await add('CD', 'administrator', 'AB');
    for (const sign of ['TE', 'TF']) await add(sign, 'teller', 'AB', 'CD');
    await add('SU', 'supervisor', 'AB', 'CD');
    const file = join(secrets, 'approved.bundle');
    const approved = { ...renewal, version: renewal.version + 1, knownDocuments: 'approved' };
    writeFileSync(file, bundle(1, { 'renew-bankid': approved }));
    const taken = (await run(['trust', 'import', file, '--signer', issuer], 'AB', 'CD')).json();
    expect(taken).toMatchObject({ policies: [{ id: 'renew-bankid', version: approved.version }] });
    const elias = ['verify', '--specimen', 'no-personal-number', '--holder', 'elias', '--purpose', 'renew-bankid'];
    const verifyElias = async () => (await run([...elias, '--face', 'same'], 'TE')).json();
    const accept = (id: string, sign: string) =>
      run(['referrals', 'decide', id, 'accept', '--reason', 'known here'], sign);
    const toFile = async (id: string, sign: string) => (await run(['referrals', 'show', id], sign)).json().putsOnFile;

    const first = await verifyElias();
    expect(first).toMatchObject({ verdict: 'refer', reasons: ['holder.no-personal-number'], waits: true });
    expect(await toFile(first.record.id, 'TF')).toBeNull();
    expect((await accept(first.record.id, 'TF')).status).toBe(0);
    const second = await verifyElias();
    expect(second).toMatchObject({ verdict: 'refer', reasons: ['holder.no-personal-number'] });
    expect(await toFile(second.record.id, 'SU')).toEqual({ issuer: 'SWE', kind: 'passport', number: 'XA000106' });
    expect((await accept(second.record.id, 'SU')).status).toBe(0);
    expect(await verifyElias()).toMatchObject({ verdict: 'accept', reasons: [] });
    // It speaks for him alone.
    const other = await run([...elias.map((word) => (word === 'elias' ? 'asa' : word)), '--face', 'same'], 'TE');
    expect(other.json().verdict).not.toBe('accept');
  }, 400_000);

  it('is accepted by nobody without an answer to the faces, or where the document is forged', async () => {
    const { run } = await branch();
    const open = (await run([...verify('none'), '--sign', 'TE'])).json();
    expect(open).toMatchObject({ verdict: 'refer', waits: true });
    const accept = (id: string, sign: string) =>
      run(['referrals', 'decide', id, 'accept', '--reason', 'known here', '--sign', sign]);
    // In training without operators a second sign that is typed stands for the colleague.
    expect(codeOf(await accept(open.record.id, 'te'))).toBe('referral.own');
    expect(codeOf(await accept(open.record.id, 'TF'))).toBe('face.not-compared');
    expect((await run(['referrals', 'show', open.record.id])).json()).toMatchObject({ hindrance: 'face.not-compared' });
    expect((await run(['referrals', 'decide', open.record.id, 'reject', '--sign', 'TF'])).json()).toMatchObject({
      outcome: 'stop',
      record: { id: `${open.record.id}-2` },
    });
    const forged = ['verify', '--specimen', 'photo-changed', '--holder', 'asa', '--purpose', 'renew-bankid'];
    // A reject ends the case: nobody is asked.
    expect((await run([...forged, '--face', 'same'])).json().waits ?? false).toBe(false);
    expect((await run(['referrals', 'list'])).json()).toEqual({ referrals: [], damaged: [] });
    // What is judged by another day is no case of today.
    expect((await run([...verify('unsure'), '--at', '2026-11-01'])).json()).toMatchObject({
      record: null,
      waits: false,
    });
    expect((await run(['referrals', 'list'])).json()).toEqual({ referrals: [], damaged: [] });
  }, 400_000);
});
