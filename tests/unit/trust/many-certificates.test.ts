import { expect, it, vi } from 'vitest';
import { importCertificates } from '../../../main/trust/lists/certificate-import.ts';
import { importLinks } from '../../../main/trust/lists/link-import.ts';
import { emptyContext, today } from '../../support/german-list.ts';
import { ecTestKey, extensions, nameOf, type TestCertificate, testAuthority } from '../../support/test-pki.ts';

const counted = vi.hoisted(() => ({ signatures: 0 }));
vi.mock('../../../main/trust/x509/verify-signature.ts', async (original) => {
  const { examineSignature, ...others } =
    await original<typeof import('../../../main/trust/x509/verify-signature.ts')>();
  const counting: typeof examineSignature = (...given) => {
    counted.signatures++;
    return examineSignature(...given);
  };
  return { ...others, examineSignature: counting };
});

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const issuerKey = ecTestKey('P-256', 'named', 21);
const source = { kind: 'master-list', digest: 'list', date: today } as const;
const made = (count: number, change: Partial<TestCertificate> = {}): Uint8Array[] =>
  Array.from({ length: count }, (_, index) =>
    testAuthority(ecTestKey('P-256', 'named', 100 + index), scheme, {
      issuerKey,
      serialNumber: index + 1,
      extensions: [extensions.certificateSigning(), extensions.authority()],
      ...change,
    }),
  );

// Each signature is tried on as many keys as a name leads to in real lists, not on every key of the list: what came of 400
// certificates of one name in two minutes took hours at the most that a list may hold.
it.each([20, 40])(
  '%i certificates that bear one name and are nobody’s cost as many tries each',
  { timeout: 120_000 },
  async (count) => {
    counted.signatures = 0;
    const { refused } = await importCertificates(made(count), source, emptyContext);
    expect(refused.map(({ code }) => code)).toEqual(Array(count).fill('certificate.signature-wrong'));
    expect(counted.signatures).toBeLessThanOrEqual(count * 13);
    counted.signatures = 0;
    const other = nameOf('UT', 'Nobody');
    const named = await importCertificates([...made(count, { subject: other })], source, emptyContext);
    expect(named.orphans).toHaveLength(count);
    expect(counted.signatures).toBeLessThanOrEqual(count * 13);
  },
);

it('links that no list holds cost as many tries each', async () => {
  const roots = Array.from({ length: 40 }, (_, index) =>
    testAuthority(ecTestKey('P-256', 'named', 300 + index), scheme),
  );
  const { certificates: known } = await importCertificates(roots, source, emptyContext);
  expect(known).toHaveLength(40);
  counted.signatures = 0;
  const { orphans } = importLinks(made(40), { kind: 'directory', digest: 'x', date: null }, { ...emptyContext, known });
  expect(orphans).toHaveLength(40);
  expect(counted.signatures).toBeLessThanOrEqual(40 * 13);
});
