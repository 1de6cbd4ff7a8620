import { oid } from '../../main/trust/x509/object-identifiers.ts';
import { scheme, signingTime } from './made-state.ts';
import {
  byIssuerAndSerial,
  type EcTestKey,
  ecTestKey,
  extensions,
  issueTestCertificate,
  keyIdentifierOf,
  nameOf,
  testAuthority,
  testMasterListContent,
  testSignedData,
} from './test-pki.ts';

/** Who publishes national master lists: its root, which administrators vouch for, and a signer under it. `seed` makes its key. */
export class ListPublisher {
  readonly key: EcTestKey;
  readonly name = nameOf('DE', 'List Root');
  readonly certificate: Uint8Array;
  readonly #day: (offset: number) => string;

  /** `day` is YYMMDD, so many days from today. */
  constructor(seed: number, day: (offset: number) => string) {
    this.#day = day;
    this.key = ecTestKey('brainpoolP256r1', 'named', seed);
    this.certificate = testAuthority(this.key, scheme, {
      subject: this.name,
      issuer: this.name,
      notBefore: day(-400),
      notAfter: day(5000),
    });
  }

  /** A list with these certificates, signed on that day (YYMMDD); by this publisher unless another key signs. */
  masterList(
    certificates: readonly Uint8Array[],
    signed: { readonly day?: string; readonly key?: EcTestKey } = {},
  ): Uint8Array {
    const key = signed.key ?? this.key;
    const signer = issueTestCertificate({
      subject: nameOf('DE', 'List Signer'),
      issuer: this.name,
      key,
      issuerKey: key,
      scheme,
      serialNumber: 9,
      notBefore: this.#day(-390),
      notAfter: this.#day(4500),
      extensions: [
        extensions.digitalSignature(),
        extensions.extendedKeyUsage(oid.masterListSigner),
        extensions.authorityKeyIdentifier(keyIdentifierOf(key)),
      ],
    });
    return testSignedData({
      contentType: oid.masterList,
      content: testMasterListContent(certificates),
      certificates: [signer],
      key,
      scheme,
      identifier: byIssuerAndSerial(this.name, 9),
      moreAttributes: [signingTime(signed.day ?? this.#day(-20))],
    });
  }
}
