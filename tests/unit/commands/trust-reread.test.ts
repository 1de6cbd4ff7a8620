import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runHere, temporaryFolder } from '../../support/side-door.ts';
import { ecTestKey, misreadAuthority, testAuthority } from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const key = ecTestKey('P-256', 'named', 1);
const otherKey = ecTestKey('P-256', 'named', 2);

// Decision 0003: an import leaves the second reading to others and says so; what differs is told wherever one looks.
it('an import is read a second time by trust reread; what the readers have otherwise is believed no longer', async () => {
  const data = temporaryFolder();
  const trust = (...argv: string[]) => runHere(['trust', ...argv, '--data', data, '--json']);
  const put = (file: string, bytes: Uint8Array): string => {
    const path = join(temporaryFolder(), file);
    writeFileSync(path, bytes);
    return path;
  };
  const misread = put('misread.cer', misreadAuthority(otherKey, scheme));
  for (const file of [put('csca.cer', testAuthority(key, scheme)), misread])
    expect((await trust('import', file, '--pin')).status).toBe(0);
  expect((await trust('import', put('list.crl', testRevocationList({ key, scheme, revoked: [5] })))).status).toBe(0);
  expect((await trust('list')).json().secondReading).toEqual({ agree: 0, differ: 0, unread: 0, waiting: 3 });
  expect((await trust('why', misread)).status).toBe(0);

  const reread = await trust('reread');
  expect(reread.status).toBe(1);
  expect(reread.json()).toEqual({ agree: 2, differ: 1, unread: 0, waiting: 0 });
  const why = await trust('why', misread);
  expect(why.status).toBe(1);
  expect(why.json()).toMatchObject({
    believed: false,
    code: 'certificate.readings-differ',
    readingsDiffer: ['basicConstraints'],
  });
  const { secondReading } = (await trust('show', misread)).json() as { secondReading: { differences: unknown[] } };
  expect(secondReading).toMatchObject({ result: 'differ', differences: [{ field: 'basicConstraints' }] });
  const { certificates } = (await trust('list')).json() as { certificates: { readingsDiffer: string[] }[] };
  expect(certificates.map(({ readingsDiffer }) => readingsDiffer.length).sort()).toEqual([0, 1]);
  const history = (await trust('history')).json();
  expect(JSON.stringify(history)).toContain('"kind":"second-reading"');
  const { items } = (await runHere(['doctor', '--data', data, '--json'])).json() as { items: { id: string }[] };
  expect(items.filter(({ id }) => id === 'second-reading')).toMatchObject([
    { state: 'warning', code: 'certificate.readings-differ' },
  ]);
  // Once is enough.
  expect((await trust('reread')).json()).toEqual(reread.json());
});
