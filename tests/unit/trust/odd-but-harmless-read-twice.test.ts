import { describe, expect, it } from 'vitest';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat, fromHex } from '../../../main/result/bytes.ts';
import { readTwice } from '../../../main/trust/second-reading/second-reading.ts';
import {
  ecTestKey,
  extension,
  extensions,
  keyIdentifierOf,
  nameOf,
  type TestScheme,
  testAuthority,
  testPublicKeyInfo,
  testSignatureAlgorithm,
} from '../../support/test-pki.ts';

/*
 * States write oddly, and what is disputed refers every traveller of a state: a form that our reading has remarked or that the
 * second hand is known to misread is no disagreement (docs/decisions/0003).
 */

const key = ecTestKey('P-256');
const scheme: TestScheme = { scheme: 'ECDSA', hash: 'SHA-256' };
const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const utc = (text: string): Uint8Array => encodeTlv(0x17, latin1(text));
const general = (text: string): Uint8Array => encodeTlv(0x18, latin1(text));
const algorithm = testSignatureAlgorithm(scheme);
const signature = encodeTlv(0x03, Uint8Array.of(0), new Uint8Array(64).fill(1));

/** An attribute of any type and value behind the country. */
const named = (type: string, value: Uint8Array): Uint8Array => {
  const attribute = (identifier: Uint8Array, text: Uint8Array): Uint8Array =>
    encodeTlv(0x31, encodeTlv(0x30, identifier, text));
  return encodeTlv(
    0x30,
    attribute(fromHex('0603550406'), encodeTlv(0x13, latin1('UT'))),
    attribute(encodeTlv(0x06, fromHex(type)), value),
  );
};

function dated(notBefore: Uint8Array, notAfter: Uint8Array): Uint8Array {
  const name = nameOf('UT', 'Test CSCA');
  const signed = encodeTlv(
    0x30,
    fromHex('a003020102020101'),
    algorithm,
    name,
    encodeTlv(0x30, notBefore, notAfter),
    name,
    testPublicKeyInfo(key),
  );
  return encodeTlv(0x30, signed, algorithm, signature);
}

const extended = (identifier: string, value: Uint8Array): Uint8Array =>
  testAuthority(key, scheme, { extensions: [extension(identifier, value)] });
const period = (from: string, to: string): Uint8Array =>
  extended('2.5.29.16', encodeTlv(0x30, encodeTlv(0x80, latin1(from)), encodeTlv(0x81, latin1(to))));
const withName = (name: Uint8Array): Uint8Array => testAuthority(key, scheme, { subject: name, issuer: name });

const certificates: Readonly<Record<string, Uint8Array>> = {
  // RFC 5280 §4.2.1.4 wants GeneralizedTime with seconds; not critical, so ours passes over it (§4.2).
  'a usage period with years of two digits': period('200101000000Z', '250101000000Z'),
  'a usage period without seconds': period('202001010000Z', '202501010000Z'),
  'a usage period that ends at 24 o’clock': period('20200101000000Z', '20241231240000Z'),
  'a usage period in month 13': period('20200101000000Z', '20241399000000Z'),
  // RFC 5280 §4.2.1.1, §4.2.1.2: an identifier of no bytes names no key.
  'an empty key identifier': extended('2.5.29.14', fromHex('0400')),
  'an empty key identifier of the authority': extended('2.5.29.35', fromHex('30028000')),
  'a long key identifier of another type': extended('2.5.29.14', encodeTlv(0x03, new Uint8Array(70))),
  // RFC 5280 §4.2.1.9: 0..MAX.
  'a path length below zero': extended('2.5.29.19', fromHex('30060101ff0201ff')),
  'a path length above 32 bits': extended('2.5.29.19', fromHex('300a0101ff02050100000000')),
  // X.690 §11.8: asn1js takes the next day of a leap second, and the first century for the twentieth.
  'a leap second': dated(utc('200101000000Z'), utc('301231235960Z')),
  'no beginning': dated(general('00010101000000Z'), utc('301231235959Z')),
  // X.667 §6.5: an arc of 128 bits, which asn1js writes in hexadecimal digits.
  'an attribute named by a UUID': withName(
    named('698384d0e2e3f8b4a9c8c3a0e5b1d2a3f0c9b06a', encodeTlv(0x0c, latin1('x'))),
  ),
  'a time in a name': withName(named('550403', utc('200101000000Z'))),
};

interface List {
  readonly thisUpdate?: Uint8Array;
  readonly nextUpdate?: Uint8Array;
  readonly entryTime?: Uint8Array;
  readonly authorityKeyIdentifier?: Uint8Array;
}

function list(odd: List): Uint8Array {
  const entry = encodeTlv(0x30, fromHex('020105'), odd.entryTime ?? utc('261001000000Z'));
  const authority =
    odd.authorityKeyIdentifier === undefined
      ? extensions.authorityKeyIdentifier(keyIdentifierOf(key))
      : extension('2.5.29.35', odd.authorityKeyIdentifier);
  const signed = encodeTlv(
    0x30,
    fromHex('020101'),
    algorithm,
    nameOf('UT', 'Test CSCA'),
    odd.thisUpdate ?? utc('261101000000Z'),
    odd.nextUpdate ?? utc('270101000000Z'),
    encodeTlv(0x30, entry),
    encodeTlv(0xa0, encodeTlv(0x30, concat(authority))),
  );
  return encodeTlv(0x30, signed, algorithm, signature);
}

const lists: Readonly<Record<string, Uint8Array>> = {
  // RFC 5280 §5.1.2.4 forbids these forms; X.690 §8.26 of before knows them, and our reading takes their days.
  'both times without seconds': list({ thisUpdate: utc('2611010000Z'), nextUpdate: utc('2701010000Z') }),
  'both times with fractions': list({
    thisUpdate: general('20261101000000.5Z'),
    nextUpdate: general('20270101000000.5Z'),
  }),
  'thisUpdate alone with an offset': list({ thisUpdate: utc('261101000000+0000') }),
  'nextUpdate alone without seconds': list({ nextUpdate: utc('2701010000Z') }),
  'an entry at a leap second': list({ entryTime: utc('261231235960Z') }),
  'an empty key identifier of the authority': list({ authorityKeyIdentifier: fromHex('30028000') }),
};

describe('what is written oddly and disputed by nobody', () => {
  it.each(Object.entries(certificates))('a certificate: %s', (_, der) => {
    expect(readTwice('certificate', der)).toMatchObject({ result: 'agree', differences: [] });
  });

  it.each(Object.entries(lists))('a revocation list: %s', (_, der) => {
    expect(readTwice('revocation-list', der)).toMatchObject({ result: 'agree', differences: [] });
  });

  // What was left out above is not the whole: the same forms with something that the hands do read otherwise are in dispute.
  it('still disputes what both hands tell, and tell otherwise', () => {
    // RFC 5280 §4.2.1.9 in the wrong order: one hand finds a CA, the other none.
    const { result, differences } = readTwice('certificate', extended('2.5.29.19', fromHex('30060201000101ff')));
    expect(result).toBe('differ');
    expect(differences.map(({ field }) => field)).toEqual(['basicConstraints']);
  });
});
