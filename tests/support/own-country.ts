import { parseMrz } from '../../main/document/mrz.ts';
import { encodeTlv } from '../../main/document/tlv.ts';
import { addDays, type PlainDate } from '../../main/result/plain-date.ts';
import type { ElementaryFile } from '../../main/simulator/chip/chip-profile.ts';
import type { Specimen } from '../../main/simulator/documents/specimen.ts';
import { oid } from '../../main/trust/x509/object-identifiers.ts';
import {
  attribute,
  byIssuerAndSerial,
  ecTestKey,
  extension,
  extensions,
  issueTestCertificate,
  keyIdentifierOf,
  nameOf,
  testAuthority,
  testDocumentSigner,
  testLdsSecurityObject,
  testMasterListContent,
  testSignedData,
} from './test-pki.ts';
import { testRevocationList } from './test-revocation-list.ts';

/** A state with a PKI of the test's own: what an administrator imports, and documents that it signed. */
export interface OwnCountry {
  /** A national master list with the state's CSCA, and the certificate that vouches for its signer. */
  readonly masterList: Uint8Array;
  readonly listSigner: Uint8Array;
  /** The CSCA's list as of today; with the document signer in it where that is revoked. */
  revocationList(signer: 'good' | 'revoked'): Uint8Array;
  /**
   * The same document, its EF.SOD signed by this state's signer: what the simulator's published keys signed is gone. With
   * `lines` it is another document in the same chip: DG1 holds them, and they open it.
   */
  issue(specimen: Specimen, lines?: readonly string[]): Specimen;
}

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const signerSerial = 4711;
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

// Where the CSCA says that its revocation list lies (RFC 5280 §4.2.1.13): a list is to be had, and its lack counts.
const distributionPoint = extension(
  '2.5.29.31',
  encodeTlv(
    0x30,
    encodeTlv(0x30, encodeTlv(0xa0, encodeTlv(0xa0, encodeTlv(0x86, ascii('http://csca.example/own.crl'))))),
  ),
);

/** Makes the PKI of a state by its two letters, valid around that day. Its signer signs documents of these types. */
export function ownCountry(country: string, today: PlainDate, documentTypes: readonly string[] = ['P']): OwnCountry {
  const day = (offset: number): string => addDays(today, offset).slice(2).replaceAll('-', '');
  const [csca, signer, lister] = [601, 602, 603].map((seed) => ecTestKey('brainpoolP256r1', 'named', seed));
  if (csca === undefined || signer === undefined || lister === undefined) throw new Error('no keys');
  const name = nameOf(country, 'Own CSCA');
  const authority = testAuthority(csca, scheme, {
    subject: name,
    issuer: name,
    notBefore: day(-400),
    notAfter: day(5000),
    extensions: [
      extensions.certificateSigning(),
      extensions.authority(),
      extensions.subjectKeyIdentifier(keyIdentifierOf(csca)),
      extensions.authorityKeyIdentifier(keyIdentifierOf(csca)),
      distributionPoint,
    ],
  });
  const documentSigner = testDocumentSigner(signer, csca, scheme, {
    subject: nameOf(country, 'Own Document Signer'),
    issuer: name,
    serialNumber: signerSerial,
    notBefore: day(-390),
    notAfter: day(4500),
    extensions: [
      extensions.digitalSignature(),
      extensions.authorityKeyIdentifier(keyIdentifierOf(csca)),
      extensions.documentTypes(...documentTypes),
      distributionPoint,
    ],
  });
  const listRootName = nameOf('DE', 'Own List Root');
  const listSigner = testAuthority(lister, scheme, {
    subject: listRootName,
    issuer: listRootName,
    notBefore: day(-400),
    notAfter: day(5000),
  });
  const signingTime = (offset: number): Uint8Array =>
    attribute('1.2.840.113549.1.9.5', encodeTlv(0x17, ascii(`${day(offset)}000000Z`)));
  const masterList = testSignedData({
    contentType: oid.masterList,
    content: testMasterListContent([authority]),
    certificates: [
      issueTestCertificate({
        subject: nameOf('DE', 'Own List Signer'),
        issuer: listRootName,
        key: lister,
        issuerKey: lister,
        scheme,
        serialNumber: 9,
        notBefore: day(-390),
        notAfter: day(4500),
        extensions: [
          extensions.digitalSignature(),
          extensions.extendedKeyUsage(oid.masterListSigner),
          extensions.authorityKeyIdentifier(keyIdentifierOf(lister)),
        ],
      }),
    ],
    key: lister,
    scheme,
    identifier: byIssuerAndSerial(listRootName, 9),
    moreAttributes: [signingTime(-20)],
  });
  const sign = (dataGroups: ReadonlyMap<number, Uint8Array>): Uint8Array =>
    encodeTlv(
      0x77,
      testSignedData({
        contentType: '2.23.136.1.1.1',
        content: testLdsSecurityObject('SHA-256', dataGroups),
        certificates: [documentSigner],
        key: signer,
        scheme,
        identifier: byIssuerAndSerial(name, signerSerial),
        moreAttributes: [signingTime(-300)],
      }),
    );
  return {
    masterList,
    listSigner,
    revocationList: (standing) =>
      testRevocationList({
        issuer: name,
        key: csca,
        scheme,
        thisUpdate: day(-1),
        nextUpdate: day(60),
        number: standing === 'good' ? 1 : 2,
        revoked: standing === 'good' ? [] : [signerSerial],
      }),
    issue: (specimen, lines) => {
      if (lines === undefined) return resigned(specimen, sign);
      const { chip } = specimen;
      const { information } = parseMrz(lines.join('\n'), today);
      const zone = encodeTlv(0x61, encodeTlv(0x5f1f, ascii(lines.join(''))));
      return resigned(
        {
          ...specimen,
          mrz: lines,
          files: new Map([...specimen.files, ['EF.DG1', zone]]),
          chip: { ...chip, passwords: { ...chip.passwords, mrzInformation: information } },
        },
        sign,
      );
    },
  };
}

function resigned(specimen: Specimen, sign: (dataGroups: ReadonlyMap<number, Uint8Array>) => Uint8Array): Specimen {
  const dataGroups = new Map(
    [...specimen.files].flatMap(([name, contents]) => {
      const [, number] = /^EF\.DG(\d+)$/.exec(name) ?? [];
      return number === undefined ? [] : [[Number(number), contents] as const];
    }),
  );
  const sod = sign(dataGroups);
  const files = new Map([...specimen.files, ['EF.SOD', sod]]);
  const changed = (file: ElementaryFile): ElementaryFile => ({
    ...file,
    contents: files.get(file.name) ?? file.contents,
  });
  const { chip } = specimen;
  return {
    ...specimen,
    files,
    chip: { ...chip, applications: chip.applications.map((each) => ({ ...each, files: each.files.map(changed) })) },
  };
}
