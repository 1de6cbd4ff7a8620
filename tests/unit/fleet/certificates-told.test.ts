import { createPrivateKey, X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { authorityOf, certificateOf } from '../../../main/fleet/certificates-told.ts';
import { webAuthority, webCertificate } from '../../support/https-server.ts';
import { pkcs12Of } from '../../support/pkcs12.ts';
import { nameOf } from '../../support/test-pki.ts';

/* Until when a certificate holds is told of every form in which it may have come; never its key. */

const authority = webAuthority(81);
const { certificate, key } = webCertificate(authority, 82, { subject: nameOf('SE', 'styrk-station-1') });
const read = new X509Certificate(certificate);
const told = {
  subject: expect.stringContaining('CN=styrk-station-1'),
  fingerprint: read.fingerprint256.replaceAll(':', '').toLowerCase(),
  notAfter: read.validToDate.toISOString().slice(0, 10),
};

it('is told of a certificate in PEM', () => {
  expect(certificateOf({ kind: 'pem', certificate, key, passphrase: null })).toEqual(told);
});

it('is told of one in a PKCS#12 file', async () => {
  const der = createPrivateKey(key).export({ type: 'pkcs8', format: 'der' });
  const file = await pkcs12Of(read.raw, der, 'open');
  expect(certificateOf({ kind: 'pkcs12', file, passphrase: 'open' })).toEqual(told);
});

it('is told of the authority that ends first', () => {
  const other = webAuthority(83, 'Another');
  const ends = [authority, other].map(({ pem }) => new X509Certificate(pem).validToDate.toISOString().slice(0, 10));
  expect(authorityOf(`${authority.pem}\n${other.pem}`)?.notAfter).toBe(ends.toSorted()[0]);
  expect(authorityOf('')).toBeNull();
});
