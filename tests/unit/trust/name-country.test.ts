import { expect, it } from 'vitest';
import { decodeTlv } from '../../../main/document/tlv.ts';
import { ldifEntries } from '../../../main/trust/lists/ldif.ts';
import { parseName } from '../../../main/trust/x509/distinguished-name.ts';
import { nameOf } from '../../support/test-pki.ts';

const countryOf = (country: string) => parseName(decodeTlv(nameOf(country, 'CSCA'))).country;

// 9303-12 §7.1.1.2: a country code; what is none is told nowhere as one (CWE-150, and pages that expect a code).
it.each([
  ['SE', 'SE'],
  ['se', 'SE'],
  [' DE ', 'DE'],
  ['UNO', 'UNO'],
  ['S\u001b', ''],
  ['S\u202e', ''],
  ['S', ''],
  ['SWED', ''],
  ['X'.repeat(900), ''],
])('of the name with the country %j the country is %j', (written, read) => {
  expect(countryOf(written)).toBe(read);
});

it('an entry’s name in a directory export holds nothing that hides or turns text around', async () => {
  const line = Buffer.from('cn=a\u001b[2J\u202e,c=SE').toString('base64');
  const entries = ldifEntries([Buffer.from(`dn:: ${line}\nuserCertificate;binary:: AAAA\n\n`)]);
  for await (const { dn } of entries) expect(dn).toBe('cn=a\ufffd[2J\ufffd,c=SE');
});
