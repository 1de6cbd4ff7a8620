import { encodeTlv } from '../../main/document/tlv.ts';
import { addDays, type PlainDate } from '../../main/result/plain-date.ts';
import type { ElementaryFile } from '../../main/simulator/chip/chip-profile.ts';
import type { Specimen } from '../../main/simulator/documents/specimen.ts';
import {
  attribute,
  byIssuerAndSerial,
  type EcTestKey,
  ecTestKey,
  extensions,
  issueTestCertificate,
  keyIdentifierOf,
  nameOf,
  type TestCertificate,
  type TestKey,
  type TestScheme,
  type TestSignedData,
  testAuthority,
  testDocumentSigner,
  testLdsSecurityObject,
  testSignedData,
} from './test-pki.ts';
import { type TestRevocationList, testRevocationList } from './test-revocation-list.ts';

/** What a forger writes otherwise than the state would. */
export interface Forgery {
  readonly signer?: Partial<TestCertificate>;
  readonly signedData?: Partial<TestSignedData>;
  /** What is hashed, where that is not what the chip holds. */
  readonly signedGroups?: (groups: ReadonlyMap<number, Uint8Array>) => ReadonlyMap<number, Uint8Array>;
  /** What the chip holds, where that is not what was hashed. */
  readonly changedFiles?: (files: ReadonlyMap<string, Uint8Array>) => ReadonlyMap<string, Uint8Array>;
}

export const scheme: TestScheme = { scheme: 'ECDSA', hash: 'SHA-256' };
export const signerSerial = 4711;
const utcTime = (day: string): Uint8Array => encodeTlv(0x17, new TextEncoder().encode(`${day}000000Z`));

/** signingTime as an attribute, by YYMMDD. */
export function signingTime(day: string): Uint8Array {
  return attribute('1.2.840.113549.1.9.5', utcTime(day));
}

/** A state: its CSCA, a document signer, and documents that they signed. `seed` makes its keys. */
export class MadeState {
  readonly country: string;
  readonly name: Uint8Array;
  readonly key: EcTestKey;
  readonly signerKey: EcTestKey;
  readonly authority: Uint8Array;
  readonly #today: PlainDate;

  constructor(country: string, today: PlainDate, seed: number, authority: Partial<TestCertificate> = {}) {
    this.country = country;
    this.#today = today;
    this.name = nameOf(country, 'CSCA');
    this.key = ecTestKey('brainpoolP256r1', 'named', seed);
    this.signerKey = ecTestKey('brainpoolP256r1', 'named', seed + 1);
    this.authority = testAuthority(this.key, scheme, {
      subject: this.name,
      issuer: this.name,
      notBefore: this.day(-400),
      notAfter: this.day(5000),
      extensions: this.authorityExtensions(),
      ...authority,
    });
  }

  /** YYMMDD, so many days from today. */
  day(offset: number): string {
    return addDays(this.#today, offset).slice(2).replaceAll('-', '');
  }

  authorityExtensions(): readonly Uint8Array[] {
    return [
      extensions.certificateSigning(),
      extensions.authority(),
      extensions.subjectKeyIdentifier(keyIdentifierOf(this.key)),
      extensions.authorityKeyIdentifier(keyIdentifierOf(this.key)),
      extensions.distributionPoints('http://csca.example/list.crl'),
    ];
  }

  signerExtensions(...types: readonly string[]): readonly Uint8Array[] {
    return [
      extensions.digitalSignature(),
      extensions.authorityKeyIdentifier(keyIdentifierOf(this.key)),
      extensions.documentTypes(...(types.length === 0 ? ['P'] : types)),
      extensions.distributionPoints('http://csca.example/list.crl'),
    ];
  }

  documentSigner(change: Partial<TestCertificate> = {}): Uint8Array {
    return testDocumentSigner(this.signerKey, this.key, scheme, {
      subject: nameOf(this.country, 'Document Signer'),
      issuer: this.name,
      serialNumber: signerSerial,
      notBefore: this.day(-390),
      notAfter: this.day(4500),
      extensions: this.signerExtensions(),
      ...change,
    });
  }

  /** Another certificate of this CSCA's names and, unless replaced, signed by its key: a link to `key`. */
  link(key: TestKey, change: Partial<TestCertificate> = {}): Uint8Array {
    return issueTestCertificate({
      subject: this.name,
      issuer: this.name,
      key,
      issuerKey: this.key,
      scheme,
      serialNumber: 77,
      notBefore: this.day(-30),
      notAfter: this.day(4000),
      extensions: [
        extensions.certificateSigning(),
        extensions.authority(),
        extensions.subjectKeyIdentifier(keyIdentifierOf(key)),
        extensions.authorityKeyIdentifier(keyIdentifierOf(this.key)),
        extensions.distributionPoints('http://csca.example/list.crl'),
      ],
      ...change,
    });
  }

  revocationList(change: Partial<TestRevocationList> = {}): Uint8Array {
    return testRevocationList({
      issuer: this.name,
      key: this.key,
      scheme,
      thisUpdate: this.day(-1),
      nextUpdate: this.day(60),
      number: 1,
      ...change,
    });
  }

  /** EF.SOD over these groups. */
  securityObject(groups: ReadonlyMap<number, Uint8Array>, forgery: Forgery = {}): Uint8Array {
    const { signer = {}, signedData = {} } = forgery;
    return encodeTlv(
      0x77,
      testSignedData({
        contentType: '2.23.136.1.1.1',
        content: testLdsSecurityObject('SHA-256', forgery.signedGroups?.(groups) ?? groups),
        certificates: [this.documentSigner(signer)],
        key: this.signerKey,
        scheme,
        identifier: byIssuerAndSerial(signer.issuer ?? this.name, signer.serialNumber ?? signerSerial),
        moreAttributes: [signingTime(this.day(-300))],
        ...signedData,
      }),
    );
  }

  /** The same document, signed by this state. */
  issue(specimen: Specimen, forgery: Forgery = {}): Specimen {
    const groups = new Map(
      [...specimen.files].flatMap(([name, contents]) => {
        const [, number] = /^EF\.DG(\d+)$/.exec(name) ?? [];
        return number === undefined ? [] : [[Number(number), contents] as const];
      }),
    );
    const signed = new Map([...specimen.files, ['EF.SOD', this.securityObject(groups, forgery)]]) as Map<
      string,
      Uint8Array
    >;
    const files = forgery.changedFiles?.(signed) ?? signed;
    const written = (file: ElementaryFile): readonly ElementaryFile[] => {
      const contents = files.get(file.name);
      return contents === undefined ? [] : [{ ...file, contents }];
    };
    const { chip } = specimen;
    return {
      ...specimen,
      files: files as Specimen['files'],
      chip: {
        ...chip,
        applications: chip.applications.map((each) => ({ ...each, files: each.files.flatMap(written) })),
      },
    };
  }
}
