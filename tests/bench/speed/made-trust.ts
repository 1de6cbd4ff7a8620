import { machineClock } from '../../../main/machine/clock.ts';
import { encoded } from '../../../main/simulator/issuing/asn1.ts';
import { countrySigners } from '../../../main/simulator/issuing/country-signers.ts';
import { issuingKey } from '../../../main/simulator/issuing/issuing-keys.ts';
import { distinguishedName } from '../../../main/simulator/issuing/names.ts';
import { serialKey } from '../../../main/trust/revocation/revoked-certificates.ts';
import { ecTestKey, extensions, nameOf, testAuthority } from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;

/** So many certificates (DER) that bear one name, each with a key of its own, signed by a key that is not there. */
export function sameNamed(count: number): readonly Uint8Array[] {
  const issuerKey = ecTestKey('P-256', 'named', 21);
  return Array.from({ length: count }, (_, index) =>
    testAuthority(ecTestKey('P-256', 'named', 100 + index), scheme, {
      issuerKey,
      subject: nameOf('UT', 'One name'),
      issuer: nameOf('UT', 'One name'),
      serialNumber: index + 1,
      extensions: [extensions.certificateSigning(), extensions.authority()],
    }),
  );
}

/** Entries of the list: some 6 MB. */
export const listedSerials = 250_000;
const asked = 10_000;

/** A revocation list (DER) of the authority that issued `se-passport`, of today, with so many others in it. */
export function revocationListOf(entries: number): Uint8Array {
  const { authority, key } = countrySigners['csca-se'];
  const issuing = issuingKey(key);
  if (issuing.kind !== 'EC') throw new Error('another kind of key');
  const today = machineClock.today();
  return testRevocationList({
    issuer: encoded(distinguishedName(authority).toSchema()),
    key: { kind: 'EC', curve: issuing.curve, privateKey: issuing.privateKey, form: 'explicit' },
    scheme: { scheme: 'ECDSA', hash: 'SHA-512' },
    revoked: Array.from({ length: entries }, (_, index) => 1_000_000_007 + index * 1_299_721),
    thisUpdate: today.slice(2).replaceAll('-', ''),
    nextUpdate: null,
  });
}

/** Serial numbers to ask for, some listed and most not, as a list compares them. */
export function serialsToAsk(): readonly string[] {
  return Array.from({ length: asked }, (_, index) =>
    serialKey((0x4000_0000 + index * 77_777).toString(16).padStart(8, '0')),
  );
}
