import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromOutside } from '../../support/from-outside.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';

/*
 * What verdicts rest on was changed past Styrk (docs/decisions/0012): no verdict better than refer, records are kept, and an
 * administrator is told what was changed.
 */

const tap = ['--training', '--specimen', 'se-passport', '--json'];
const verify = ['verify', '--holder', 'asa', '--purpose', 'renew-bankid', '--face', 'same', ...tap];

async function tampered(sql: string): Promise<readonly string[]> {
  const data = ['--data', temporaryFolder()];
  expect((await runHere([...verify, ...data])).json()).toMatchObject({ verdict: 'accept' });
  fromOutside(join(data[1] ?? '', 'styrk.db'), sql);
  return data;
}

describe.each([
  [
    'a certificate that nobody imported',
    "INSERT INTO certificates SELECT 'thief', public_key_fingerprint, country, subject, issuer, subject_key, issuer_key, serial_number, subject_key_identifier, authority_key_identifier, key_kind, signature_algorithm, not_before, not_after, kind, verified_by, der, NULL FROM certificates LIMIT 1",
  ],
  [
    'a policy that no station sent',
    "INSERT INTO policies VALUES ('renew-bankid', 99, 'd', x'7b7d', 'aa', 1, '2026-01-01T00:00:00Z')",
  ],
  ['limits that nobody set', `INSERT INTO settings VALUES ('trust/limits', '{"masterListDays":3650}')`],
])('%s', (_, sql) => {
  it('refers the document, says why, and is told by doctor and by the check of the records', async () => {
    const data = await tampered(sql);
    const referred = await runHere([...verify, ...data]);
    expect(referred.status).toBe(1);
    expect(referred.json()).toMatchObject({ verdict: 'refer', record: { id: expect.any(String) } });
    expect(referred.json().reasons).toContain('trust.tampered');
    const inspected = await runHere(['inspect', ...tap, ...data]);
    expect(inspected.json().checks).toContainEqual(
      expect.objectContaining({ id: 'passive-authentication.path', result: 'undetermined', code: 'trust.tampered' }),
    );
    const doctor = await runHere(['doctor', '--training', '--json', ...data]);
    expect(doctor.status).toBe(3);
    expect(doctor.json().items).toContainEqual(
      expect.objectContaining({
        id: 'trust',
        state: 'missing',
        code: 'trust.tampered',
        detail: expect.stringContaining('inserted'),
      }),
    );
    const checked = await runHere(['records', 'check', '--training', '--json', ...data]);
    expect(checked.status).toBe(1);
    expect(checked.json()).toMatchObject({ intact: true, trust: { whole: false, touched: [{ what: 'inserted' }] } });
    const listed = await runHere(['trust', 'list', '--training', '--json', ...data]);
    expect(listed.json()).toMatchObject({ error: { code: 'trust.tampered' } });
  });
});

// docs/decisions/0012: the key of the marks lies beside the database, for its owner alone; CWE-732.
describe.skipIf(process.platform === 'win32')('a key that others on the machine may read', () => {
  it.each(['styrk.mark-key', 'training.key'])('%s is named by doctor until it is closed to them', async (name) => {
    const data = temporaryFolder();
    await runHere([...verify, '--data', data]);
    const warnings = async () => {
      const { items } = (await runHere(['doctor', '--training', '--json', '--data', data])).json();
      return items.filter(({ detail }: { detail: string }) => detail.includes('others on this machine'));
    };
    expect(await warnings()).toEqual([]);
    for (const mode of [0o640, 0o604, 0o620]) {
      chmodSync(join(data, name), mode);
      expect(await warnings()).toEqual([
        { id: 'storage', state: 'warning', code: null, detail: expect.stringContaining(join(data, name)) },
      ]);
    }
    chmodSync(join(data, name), 0o600);
    expect(await warnings()).toEqual([]);
  });

  it('a key file or passphrase file that is named is told wherever it is given', async () => {
    const data = temporaryFolder();
    await runHere([...verify, '--data', data]);
    const key = join(data, 'training.key');
    chmodSync(key, 0o644);
    const { stderr } = await runHere(['records', 'list', '--training', '--key-file', key, '--json', '--data', data]);
    expect(stderr).toContain(`Others on this machine may read ${key}`);
    const passphrase = join(data, 'passphrase');
    writeFileSync(passphrase, 'correct horse battery staple\n', { mode: 0o600 });
    chmodSync(passphrase, 0o640);
    const doctor = await runHere(['doctor', '--training', '--passphrase-file', passphrase, '--json', '--data', data]);
    expect(JSON.stringify(doctor.json().items)).toContain(`may read or change ${passphrase}`);
  });
});
