import { digest } from '../../../main/crypto/hash.ts';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { openDefectList } from '../../../main/trust/defects/defect-list.ts';
import { importDirectory } from '../../../main/trust/lists/directory-import.ts';
import { nothingRevoked } from '../../../main/trust/path/link-belief.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { ldifEntry } from '../../support/test-ldif.ts';
import {
  byIssuerAndSerial,
  ecTestKey,
  nameOf,
  testAuthority,
  testDigestAlgorithm,
  testDocumentSigner,
  testSignedData,
} from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';
import { mutateBytes, mutateText } from '../mutate-bytes.ts';
import { Finding, type Target } from '../target.ts';
import { today, utf8 } from './specimen-files.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const authorityKey = ecTestKey('P-256', 'named', 1);
const issuer = nameOf('UT', 'Test CSCA');
// A deviation list speaks for the state of the certificate beside it.
const listSigner = testDocumentSigner(ecTestKey('P-256', 'named', 3), authorityKey, scheme, { serialNumber: 99 });
const defectList = '0.4.0.127.0.7.3.1.5';
const deviationList = '2.23.136.1.1.7';
const sequence = (...parts: Uint8Array[]): Uint8Array => encodeTlv(0x30, ...parts);

const set = (...parts: Uint8Array[]): Uint8Array => encodeTlv(0x31, ...parts);

// TR-03129-2 §7.2: the signer whose documents have the defect.
function defects(): Uint8Array {
  const known = sequence(encodeOid(`${defectList}.1.1`), encodeTlv(0x0a, Uint8Array.of(4)));
  const entry = sequence(byIssuerAndSerial(issuer, 17), set(known));
  return sequence(encodeInteger(0), encodeOid('2.16.840.1.101.3.4.2.1'), set(entry));
}

// 9303-3 §7: which documents, and what is wrong with them.
function deviations(): Uint8Array {
  const documents = sequence(
    encodeTlv(0x80, utf8('P<')),
    encodeTlv(0xa1, issuer, encodeInteger(17)),
    encodeTlv(0xa4, encodeTlv(0x18, utf8('20200101000000Z')), encodeTlv(0x18, utf8('20201231000000Z'))),
    encodeTlv(0xa5, encodeTlv(0x13, utf8('AB123<')), encodeTlv(0x13, utf8('AB124'))),
  );
  const type = encodeOid(`${deviationList}.2.1`);
  const described = sequence(encodeTlv(0x13, utf8('as found')), type, encodeTlv(0xa0, encodeInteger(3)));
  return sequence(encodeInteger(0), testDigestAlgorithm('SHA-256'), set(sequence(documents, set(described))));
}

// The signature was verified at import; here it is the content that is read again.
function opened(content: Uint8Array, kind: 'defect-list' | 'deviation-list'): void {
  const contentType = kind === 'defect-list' ? defectList : deviationList;
  const identifier = byIssuerAndSerial(issuer, 99);
  const signature = digest('SHA-512', utf8('none'));
  const certificates = [listSigner];
  const signed = { contentType, content, certificates, key: authorityKey, scheme, identifier, signature };
  openDefectList({ digest: '', kind, signer: '', date: null, der: testSignedData(signed) });
}

function entries(): Uint8Array {
  const authority = testAuthority(authorityKey, scheme);
  const signer = testDocumentSigner(ecTestKey('P-256', 'named', 3), authorityKey, scheme);
  const revoked = testRevocationList({ key: authorityKey, scheme, revoked: [17] });
  return utf8(
    [
      'version: 1\n',
      ldifEntry('cn=1,c=UT', [['userCertificate;binary', signer]]),
      ldifEntry('cn=2,c=UT', [['certificateRevocationList;binary', revoked]]),
      ldifEntry('cn=3,c=UT', [['cACertificate;binary', authority]]),
    ].join('\n'),
  );
}

// Nobody is believed yet and nobody is pinned: whatever the file says, nothing of it is.
async function directory(input: Uint8Array): Promise<void> {
  const { certificates, revocationLists } = await importDirectory([input], {
    at: today,
    known: [],
    refusedPublicKeys: new Set(),
    isRevoked: nothingRevoked,
    trust: new TrustStore([]),
    pinnedSigners: [],
    stage: () => undefined,
  });
  const believed = certificates.filter(({ verifiedBy }) => verifiedBy !== null).length + revocationLists.length;
  if (believed > 0) throw new Finding('an unsigned file is believed');
}

const bytes = { maximumLength: 65_536, perRound: 64, maximumMillis: 3_000 } as const;

export const listTargets: readonly Target[] = [
  {
    ...bytes,
    name: 'defect-list',
    mutate: mutateBytes,
    seeds: () => [defects()],
    run: (input) => opened(input, 'defect-list'),
  },
  {
    ...bytes,
    name: 'deviation-list',
    mutate: mutateBytes,
    seeds: () => [deviations()],
    run: (input) => opened(input, 'deviation-list'),
  },
  { ...bytes, name: 'ldif', mutate: mutateText, seeds: () => [entries()], run: directory },
];
