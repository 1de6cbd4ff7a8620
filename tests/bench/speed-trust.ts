import { machineClock } from '../../main/machine/clock.ts';
import { importCertificates } from '../../main/trust/lists/certificate-import.ts';
import { nothingRevoked } from '../../main/trust/path/link-belief.ts';
import { openRevocationList } from '../../main/trust/revocation/open-revocation-list.ts';
import { storedRevocationList } from '../../main/trust/revocation/revocation-import.ts';
import { parseRevocationList } from '../../main/trust/revocation/revocation-list.ts';
import { serialKey } from '../../main/trust/revocation/revoked-certificates.ts';
import { ecTestKey, extensions, nameOf, testAuthority } from '../support/test-pki.ts';
import { testRevocationList } from '../support/test-revocation-list.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;

/** Milliseconds of processor time to import so many certificates that bear one name, each with a key of its own, signed by a key that is not there. */
export async function sameNames(count: number): Promise<number> {
  const issuerKey = ecTestKey('P-256', 'named', 21);
  const made = Array.from({ length: count }, (_, index) =>
    testAuthority(ecTestKey('P-256', 'named', 100 + index), scheme, {
      issuerKey,
      subject: nameOf('UT', 'One name'),
      issuer: nameOf('UT', 'One name'),
      serialNumber: index + 1,
      extensions: [extensions.certificateSigning(), extensions.authority()],
    }),
  );
  const at = machineClock.today();
  const context = { at, known: [], refusedPublicKeys: new Set<string>(), isRevoked: nothingRevoked };
  const begun = process.cpuUsage();
  const { read } = await importCertificates(made, { kind: 'master-list', digest: 'list', date: at }, context);
  const { user, system } = process.cpuUsage(begun);
  if (read !== count) throw new Error('not all were read');
  return (user + system) / 1000;
}

const entries = 160_000;
const asked = 10_000;

/** A list of some 6 MB that the station keeps: opened, opened again, and asked. Milliseconds. */
export function lookUps(): {
  readonly megabytes: number;
  readonly openMillis: number;
  readonly againMillis: number;
  readonly lookUpMillis: number;
} {
  const der = testRevocationList({
    key: ecTestKey('P-256', 'named', 5),
    scheme,
    revoked: Array.from({ length: entries }, (_, index) => 1_000_000_007 + index * 1_299_721),
  });
  const stored = { ...storedRevocationList(parseRevocationList(der)) };
  const timed = (work: () => unknown): number => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  };
  const openMillis = timed(() => openRevocationList(stored));
  const againMillis = timed(() => openRevocationList(stored));
  const { revoked } = openRevocationList(stored);
  const serials = Array.from({ length: asked }, (_, index) =>
    serialKey((0x4000_0000 + index * 77_777).toString(16).padStart(8, '0')),
  );
  const lookUpMillis = timed(() => serials.map((serial) => revoked.get(serial))) / asked;
  return { megabytes: Math.round(der.length / 1e5) / 10, openMillis, againMillis, lookUpMillis };
}
