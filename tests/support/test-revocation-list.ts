import { Enumerated } from 'asn1js';
import { bitString, encoded, explicit, integer, Raw, sequence } from '../../main/simulator/issuing/asn1.ts';
import {
  extension,
  extensions,
  keyIdentifierOf,
  nameOf,
  type TestKey,
  type TestScheme,
  testSign,
  testSignatureAlgorithm,
  utcTime,
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

const raw = (bytes: Uint8Array): Raw => new Raw(bytes);

function entry(serial: number | Uint8Array, reason: number | undefined): Uint8Array {
  const told =
    reason === undefined ? [] : [sequence(raw(extension('2.5.29.21', encoded(new Enumerated({ value: reason })))))];
  return encoded(sequence(typeof serial === 'number' ? integer(serial) : raw(serial), utcTime('261001'), ...told));
}

/** A complete CertificateList (RFC 5280 §5.1) of the test authority, unless replaced. */
export function testRevocationList(list: TestRevocationList): Uint8Array {
  const algorithm = raw(testSignatureAlgorithm(list.scheme));
  const entries = (list.revoked ?? []).map((serial, index) => entry(serial, list.reasons?.[index]));
  const told = [
    extensions.authorityKeyIdentifier(keyIdentifierOf(list.key)),
    extension('2.5.29.20', encoded(integer(list.number ?? 1))),
    ...(list.moreExtensions ?? []),
  ].map(raw);
  const signed = encoded(
    sequence(
      integer(1),
      algorithm,
      raw(list.issuer ?? nameOf('UT', 'Test CSCA')),
      utcTime(list.thisUpdate ?? '261101'),
      ...(list.nextUpdate === null ? [] : [utcTime(list.nextUpdate ?? '270101')]),
      // A large list has more entries than a call has arguments.
      ...(entries.length === 0 ? [] : [sequence(raw(Buffer.concat(entries)))]),
      explicit(0, sequence(...told)),
    ),
  );
  const signature = list.signature ?? testSign(list.key, list.scheme, signed);
  return encoded(sequence(raw(signed), algorithm, bitString(list.rewrite?.(signature) ?? signature)));
}
