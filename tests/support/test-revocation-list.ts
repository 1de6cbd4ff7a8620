import { encodeInteger } from '../../main/document/der.ts';
import { encodeTlv } from '../../main/document/tlv.ts';
import {
  extension,
  keyIdentifierOf,
  nameOf,
  type TestKey,
  type TestScheme,
  testSign,
  testSignatureAlgorithm,
} from './test-pki.ts';

export interface TestRevocationList {
  readonly issuer?: Uint8Array;
  readonly key: TestKey;
  readonly scheme: TestScheme;
  readonly revoked?: readonly (number | Uint8Array)[];
  /** CRLReason of each entry in turn; none where it is left out. */
  readonly reasons?: readonly number[];
  /** YYMMDD; null leaves nextUpdate out. */
  readonly thisUpdate?: string;
  readonly nextUpdate?: string | null;
  readonly number?: number;
  readonly moreExtensions?: readonly Uint8Array[];
  readonly signature?: Uint8Array;
  /** Writes the signature otherwise. */
  readonly rewrite?: (signature: Uint8Array) => Uint8Array;
}

const sequence = (...parts: Uint8Array[]): Uint8Array => encodeTlv(0x30, ...parts);
const time = (day: string): Uint8Array => encodeTlv(0x17, new TextEncoder().encode(`${day}000000Z`));

/** A complete CertificateList (RFC 5280 §5.1) of the test authority, unless replaced. */
export function testRevocationList(list: TestRevocationList): Uint8Array {
  const algorithm = testSignatureAlgorithm(list.scheme);
  const entries = (list.revoked ?? []).map((serial, index) => {
    const reason = list.reasons?.[index];
    const told =
      reason === undefined
        ? new Uint8Array()
        : sequence(extension('2.5.29.21', encodeTlv(0x0a, Uint8Array.of(reason))));
    return sequence(typeof serial === 'number' ? encodeInteger(serial) : serial, time('261001'), told);
  });
  const signed = sequence(
    encodeInteger(1),
    algorithm,
    list.issuer ?? nameOf('UT', 'Test CSCA'),
    time(list.thisUpdate ?? '261101'),
    list.nextUpdate === null ? new Uint8Array() : time(list.nextUpdate ?? '270101'),
    // A large list has more entries than a call has arguments.
    entries.length === 0 ? new Uint8Array() : sequence(new Uint8Array(Buffer.concat(entries))),
    encodeTlv(
      0xa0,
      sequence(
        extension('2.5.29.35', sequence(encodeTlv(0x80, keyIdentifierOf(list.key)))),
        extension('2.5.29.20', encodeInteger(list.number ?? 1)),
        ...(list.moreExtensions ?? []),
      ),
    ),
  );
  const signature = list.signature ?? testSign(list.key, list.scheme, signed);
  return sequence(signed, algorithm, encodeTlv(0x03, Uint8Array.of(0), list.rewrite?.(signature) ?? signature));
}
