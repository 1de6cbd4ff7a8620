import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandRoles } from '../../../main/commands/command-roles.ts';
import { commandTable } from '../../../main/commands/command-table.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';

/*
 * A protected identity at the side door (offentlighets- och sekretesslagen 2009:400 22 kap. 1 §; folkbokföringslagen 1991:481 16 §):
 * supervisors alone see who it is, and so nobody where nobody signs in.
 */

/** Commands that show who is on file, or was: each is tried below by every role that may give it. */
const telling = ['holders find', 'records list', 'records show', 'verify'];

/** Commands that show a person of what they are given, or are headquarters' own, and nobody of this folder. */
const ofOthers = ['answer show', 'check', 'fleet read', 'holders import', 'inspect', 'order show'];

/** The made-up customer of the demo, by the same views as `verify`. */
const demo = ['demo'];

/** The queue at the side door, by the same views; what waits is tried at the desk (tests/unit/station/protected-identity.test.ts). */
const queue = ['referrals decide', 'referrals import', 'referrals list', 'referrals show'];

/** A record as it is, for the person it is about and for authorities: by those who see protected identities whole. */
const whole = ['records export', 'records extract'];

const quiet = [
  ...['backup', 'backup key', 'restore', 'records anchor', 'records sign', 'records cosign', 'records prove'],
  ...['records receipt', 'records witness'],
  ...['fleet export', 'fleet import', 'fleet publish', 'fleet pull'],
  ...['referrals stations', 'referrals trust', 'referrals distrust', 'referrals export'],
  ...['referrals answer', 'referrals give-back', 'referrals route', 'referrals unroute'],
  ...['doctor', 'readers', 'station show', 'station set', 'station cameras', 'policy check', 'policy show'],
  ...['service set', 'service show', 'service unset', 'fleet set', 'fleet show', 'fleet unset'],
  ...['fleet deliver', 'fleet status', 'fleet migrate', 'fleet enrol', 'fleet keys', 'trust import'],
  ...['fleet erase', 'operators export'],
  ...['trust list', 'trust show', 'trust why', 'trust export', 'trust limits', 'trust update'],
  ...['trust source', 'trust reread', 'trust history', 'trust mend', 'clock accept', 'trust restore'],
  ...['trust unpin', 'banks add', 'banks list', 'banks connect', 'banks remove', 'order serve'],
  ...['order host', 'order install-host', 'records check', 'records event', 'records hold', 'records release'],
  ...['records due', 'records erase', 'operators add', 'operators list', 'operators show', 'operators role'],
  ...['operators train', 'operators reset', 'operators secret', 'operators remove', 'specimens', 'replay'],
  ...['chip', 'installation check'],
];

const file = { number: '198703142391', names: ['Torsten', 'Gyllenhök'], birthDate: '1987-03-14' };
const onFile = [file.number, ...file.names, file.birthDate, '870314'];

function branch() {
  const data = temporaryFolder();
  const secrets = temporaryFolder();
  const secretOf = (sign: string): string => {
    const path = join(secrets, sign);
    writeFileSync(path, `a long secret for ${[...sign].reverse().join('-')}\n`, { mode: 0o600 });
    return path;
  };
  const run = (argv: readonly string[], ...signs: readonly string[]) =>
    runHere(
      [
        ...argv,
        ...['--training', '--data', data],
        ...signs.flatMap((sign) => ['--operator', sign, '--operator-secret-file', secretOf(sign)]),
      ],
      // As weak as can be: how long a secret takes to compute is not what is tried here.
      { signIn: { costs: { cost: 2, blockSize: 8, parallelization: 1 }, millis: () => performance.now() } },
    );
  const add = (sign: string, role: string, ...signs: readonly string[]) =>
    run(['operators', 'add', sign, sign, '--role', role, '--secret-file', secretOf(sign)], ...signs);
  return { run, add };
}

const verify = ['verify', '--specimen', 'se-passport', '--holder', 'h1', '--purpose', 'renew-bankid', '--face', 'same'];

describe('a protected identity', () => {
  it('goes out whole by those alone who see it whole', () => {
    expect(whole.map((name) => commandRoles[name])).toEqual(whole.map(() => ({ roles: ['supervisor'], persons: 1 })));
  });

  it('has a row for each command that could show one', () => {
    expect([...telling, ...ofOthers, ...demo, ...queue, ...whole, ...quiet].sort()).toEqual(
      commandTable.map(({ name }) => name).sort(),
    );
  });

  it('is shown to supervisors alone, as text and as JSON', { timeout: 900_000 }, async () => {
    const { run, add } = branch();
    const register = join(temporaryFolder(), 'register.csv');
    const row = ['h1', file.number, ...file.names, file.birthDate, 'yes'].join();
    writeFileSync(register, `id,personalNumber,givenNames,surname,birthDate,protected\n${row}\n`);
    expect((await run(['holders', 'import', register])).status).toBe(0);
    const tried = async (who: string | null, argv: readonly string[], secrets: readonly string[]) => {
      const signs = who === null ? [] : [who];
      const ends = [await run(argv, ...signs), await run([...argv, '--json'], ...signs)];
      const [text = '', json = ''] = ends.map(({ stdout, stderr }) => stdout + stderr);
      for (const told of [text, json]) expect(told).not.toContain('operator.role');
      const shown = [text, json].map((told) => secrets.filter((secret) => told.includes(secret)));
      const isOpen = who === 'SU' && argv[1] !== 'list';
      expect([who, argv.slice(0, 2), ...shown.map(({ length }) => length > 0)]).toEqual([
        ...[who, argv.slice(0, 2)],
        // In words a case that is not accepted names nobody.
        ...[isOpen && argv[0] !== 'verify', isOpen],
      ]);
      return JSON.parse(ends[1]?.stdout ?? '');
    };
    const find = ['holders', 'find', file.number];
    await tried(null, find, onFile);
    const { record, document } = await tried(null, verify, onFile);
    // Who looks at records afterwards has no document in the hand.
    const recorded = [...onFile, document.number, document.holder.surname, document.holder.birthDate];
    const show = ['records', 'show', record.id];
    await tried(null, show, recorded);
    await tried(null, ['records', 'list'], recorded);
    await add('AB', 'administrator');
    for (const [sign, role] of [
      ['TE', 'teller'],
      ['SU', 'supervisor'],
      ['AU', 'auditor'],
    ] as const)
      expect((await add(sign, role, 'AB')).status).toBe(0);
    for (const sign of ['TE', 'SU']) {
      await tried(sign, find, onFile);
      await tried(sign, verify, onFile);
    }
    for (const sign of ['SU', 'AU']) {
      await tried(sign, show, recorded);
      await tried(sign, ['records', 'list'], recorded);
    }
    // The record itself keeps it all, and is whole.
    const whole = JSON.parse((await run([...show, '--json'], 'SU')).stdout);
    expect(whole.content).toMatchObject({ holder: { surname: 'Gyllenhök', protected: true }, document });
    expect(JSON.parse((await run(['records', 'check', '--json'], 'AU')).stdout).intact).toBe(true);
  });
});
