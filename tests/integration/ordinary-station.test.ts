import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { machineClock } from '../../main/machine/clock.ts';
import { people } from '../../main/simulator/documents/people.ts';
import { layChip, specimenToday } from '../e2e/chips.ts';
import { type OwnCountry, ownCountry } from '../support/own-country.ts';
import { type Pcscd, startPcscd } from '../support/pcscd.ts';
import { type CommandEnd, checkIn, styrk } from '../support/side-door.ts';

const { asa } = people;
const passport = specimenToday('se-passport');

/** A station that is not for training, as an administrator sets it up, and a passport on its reader. */
describe('an ordinary station with the lists that a bank can really get: one national master list, the revocation list of the issuing state, no defect list', () => {
  let pcscd: Pcscd;
  let folder: string;
  let country: OwnCountry;

  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const run = (...argv: readonly string[]): Promise<CommandEnd> =>
    styrk(
      [...argv, '--data', join(folder, 'data'), '--passphrase-file', join(folder, 'passphrase'), '--json'],
      pcscd.env,
    );
  const imported = async (...argv: readonly string[]): Promise<void> => {
    const end = await run('trust', 'import', ...argv);
    expect([end.stderr, end.status]).toEqual([expect.any(String), 0]);
  };
  const verify = async (...argv: readonly string[]): Promise<CommandEnd> => {
    const [port] = pcscd.vpcdPorts;
    if (port === undefined) throw new Error('no reader');
    const chip = await layChip(port, country.issue(passport));
    try {
      const [reader = ''] = pcscd.readerNames;
      return await run('verify', '--reader', reader, '--mrz', passport.mrz.join('\n'), '--face', 'same', ...argv);
    } finally {
      await chip.lift();
    }
  };
  const onFile = ['--holder', '4711'] as const;

  beforeAll(async () => {
    pcscd = await startPcscd();
    folder = mkdtempSync(join(tmpdir(), 'styrk-ordinary-'));
    country = ownCountry('SE', machineClock.today());
    file('passphrase', 'correct horse battery\n');
    const lists = file('list.ml', country.masterList);
    await imported(lists, '--signer', file('signer.cer', country.listSigner));
    await imported(file('good.crl', country.revocationList('good')));
    expect((await run('station', 'set', 'attended')).status).toBe(0);
  });
  afterAll(async () => {
    await pcscd.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('accepts a new customer, who is on file with the record', async () => {
    const end = await verify('--purpose', 'new-customer');
    const { verdict, reasons, training, holder, record } = end.json();
    expect({ verdict, reasons, training, status: end.status }).toEqual({
      verdict: 'accept',
      reasons: [],
      training: false,
      status: 0,
    });
    expect(holder).toMatchObject({ id: record.id, personalNumber: asa.personalNumber, fromDocument: true });
  });

  it('takes the register, which names that person by an id of its own', async () => {
    const { personalNumber, givenNames, surname, birthDate } = asa;
    const row = ['4711', personalNumber, givenNames, surname, birthDate].join();
    const register = file('register.csv', `id,personalNumber,givenNames,surname,birthDate\n${row}\n`);
    expect((await run('holders', 'import', register)).status).toBe(0);
    expect((await run('holders', 'find', personalNumber)).json().holders).toMatchObject([{ id: '4711' }]);
  });

  it.each(['renew-bankid', 'large-transfer', 'replace-device'])('accepts the holder for %s', async (purpose) => {
    const end = await verify('--purpose', purpose, ...onFile);
    const answer = end.json();
    expect([answer.verdict, answer.reasons, end.status]).toEqual(['accept', [], 0]);
    expect(checkIn(answer, 'face.presentation-attack')).toMatchObject({
      result: 'successful',
      detail: { answeredBy: 'staff' },
    });
    expect(checkIn(answer, 'passive-authentication.revocation').result).toBe('successful');
    // A list that nobody publishes is passed over, and shown as not there.
    expect(checkIn(answer, 'document.defects').result).not.toBe('successful');
    const { content } = (await run('records', 'show', answer.record.id)).json();
    expect(content).toMatchObject({
      training: false,
      stationKind: 'attended',
      purpose,
      verdict: { verdict: 'accept' },
      decision: { outcome: 'go-on' },
    });
    expect(content.verdict.passedOver).toContain('document.defects');
  });

  it('refers the same at an unattended station: nobody says that a living person stood there (TR-03121)', async () => {
    expect((await run('station', 'set', 'unattended')).status).toBe(0);
    const end = await verify('--purpose', 'large-transfer', ...onFile);
    expect([end.json().verdict, end.status]).toEqual(['refer', 1]);
    expect(checkIn(end.json(), 'face.presentation-attack').result).toBe('undetermined');
    const { content } = (await run('records', 'show', end.json().record.id)).json();
    expect(content).toMatchObject({
      stationKind: 'unattended',
      verdict: { verdict: 'refer', decidedBy: 'face.presentation-attack' },
      decision: { outcome: 'refer' },
    });
    expect((await run('station', 'set', 'attended')).status).toBe(0);
  });

  it('rejects the same once the state has revoked its signer', async () => {
    await imported(file('revoked.crl', country.revocationList('revoked')));
    const end = await verify('--purpose', 'large-transfer', ...onFile);
    expect([end.json().verdict, end.json().reasons[0], end.status]).toEqual(['reject', 'certificate.revoked', 1]);
  });

  it('has kept a record of each, in a whole chain', async () => {
    expect((await run('records', 'check')).json()).toMatchObject({ records: 6, intact: true, trust: { whole: true } });
  });
});
