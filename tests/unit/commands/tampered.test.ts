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
