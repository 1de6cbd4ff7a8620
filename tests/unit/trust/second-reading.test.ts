import { describe, expect, it } from 'vitest';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat } from '../../../main/result/bytes.ts';
import { readTwice } from '../../../main/trust/second-reading/second-reading.ts';
import { largestReadTwice } from '../../../main/trust/second-reading/their-lists.ts';
import { parseCertificate } from '../../../main/trust/x509/certificate.ts';
import {
  ecTestKey,
  misreadAuthority,
  rsaTestKey,
  type TestKey,
  type TestScheme,
  testAuthority,
} from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';

const key = ecTestKey('P-256');
const scheme: TestScheme = { scheme: 'ECDSA', hash: 'SHA-256' };
const authority = testAuthority(key, scheme, { serialNumber: 3 });
const list = testRevocationList({ key, scheme, revoked: [1, 2, 300], reasons: [1, 6], number: 12 });

// PKI.js cannot verify explicit parameters and RSASSA-PSS beside EC keys, but it reads them.
const keys: readonly (readonly [string, TestKey, TestScheme])[] = [
  ['EC, named', key, scheme],
  ['EC, explicit parameters', ecTestKey('brainpoolP512r1', 'explicit'), { scheme: 'ECDSA', hash: 'SHA-512' }],
  ['RSA with PSS', rsaTestKey(), { scheme: 'RSASSA-PSS', hash: 'SHA-256', saltLength: 32, maskHash: 'SHA-1' }],
];

describe('a certificate read twice', () => {
  it.each(keys)('agrees: %s', (_, ofKey, ofScheme) => {
    const read = readTwice('certificate', testAuthority(ofKey, ofScheme));
    expect(read).toMatchObject({ result: 'agree', differences: [], untold: [] });
    expect(read.compared.length).toBeGreaterThan(15);
  });

  // RFC 5280 §4.2.1.9: cA stands before pathLenConstraint. In the other order the hands make different things of it.
  it('differs where one hand reads an authority and the other none', () => {
    const read = readTwice('certificate', misreadAuthority(key, scheme));
    expect(read.result).toBe('differ');
    expect(read.differences).toEqual([{ field: 'basicConstraints', ours: 'true 0', theirs: 'false 0' }]);
  });

  // RFC 3629 §3: bytes that are no UTF-8 in a string that says it is. asn1js takes them for Latin letters, ours for unreadable
  // ones: how they are meant nobody says, and a state is not doubted for them.
  it('compares no name with bytes that its string type does not have', () => {
    const text = Buffer.from(authority).toString('latin1').replaceAll('Test CSCA', '\xe9est CSCA');
    const read = readTwice('certificate', new Uint8Array(Buffer.from(text, 'latin1')));
    expect(read).toMatchObject({ result: 'agree', differences: [] });
    expect(read.untold.toSorted()).toEqual(['issuer', 'subject']);
  });

  it('says of no byte that is changed that the hands read otherwise', () => {
    const seen = new Set<string>();
    for (let at = 0; at < authority.length; at++)
      for (const bits of [0x01, 0x80]) {
        const changed = authority.with(at, (authority[at] ?? 0) ^ bits);
        for (const { field } of readTwice('certificate', changed).differences) seen.add(field);
      }
    expect([...seen]).toEqual([]);
  });

  // RFC 5280 §4.1.2.5.2 wants UTC; asn1js takes the wrong day of a time with an offset, or without seconds.
  it('compares no day that the second hand is known to read wrongly', () => {
    // As long as both times were: one with an offset, one without seconds.
    const [utc, offset] = ['\x17\x0d200101000000Z\x17\x0d400101000000Z', '\x17\x0f2001010000+1400\x17\x0b4001010000Z'];
    const text = Buffer.from(authority).toString('latin1');
    const changed = new Uint8Array(Buffer.from(text.replace(utc, offset), 'latin1'));
    expect(changed).toHaveLength(authority.length);
    const read = readTwice('certificate', changed);
    expect(parseCertificate(changed).notBefore).not.toBe(parseCertificate(authority).notBefore);
    expect(read).toMatchObject({ result: 'agree', untold: ['notBefore', 'notAfter'] });
  });
});

describe('a revocation list read twice', () => {
  it('agrees in every entry, with day and reason', () => {
    const read = readTwice('revocation-list', list);
    expect(read).toMatchObject({ result: 'agree', differences: [], untold: [] });
    expect(read.compared).toEqual(expect.arrayContaining(['revoked', 'revoked, number', 'thisUpdate', 'nextUpdate']));
    const empty = readTwice('revocation-list', testRevocationList({ key, scheme, nextUpdate: null }));
    expect(empty).toMatchObject({ result: 'agree', untold: [] });
  });

  // RFC 5280 §5.3.1: a reason is an ENUMERATED; below zero there is none, and the hands make different ones of it.
  it('differs where an entry is read otherwise', () => {
    const text = Buffer.from(list).toString('hex');
    const at = text.indexOf('0603551d1504030a0101') / 2 + 9;
    const read = readTwice('revocation-list', list.with(at, 0x81));
    expect(read.result).toBe('differ');
    expect(read.differences.map(({ field }) => field)).toEqual(['revoked']);
  });

  it('is not read twice where it is larger than the second hand can bear', () => {
    const numbers = Array.from({ length: 2_000 }, (_, index) => index + 1);
    expect(readTwice('revocation-list', testRevocationList({ key, scheme, revoked: numbers })).result).toBe('agree');
    expect(readTwice('revocation-list', new Uint8Array(largestReadTwice + 1)).result).toBe('unread');
  });
});

describe('what nobody made in good faith', () => {
  const nested = (depth: number): Uint8Array => {
    let inner: Uint8Array = new Uint8Array();
    for (let at = 0; at < depth; at++) inner = encodeTlv(0x30, inner);
    return inner;
  };
  const hostile: readonly (readonly [string, Uint8Array])[] = [
    ['nothing', new Uint8Array()],
    ['nested deeply', nested(2_000)],
    ['many nodes', encodeTlv(0x30, new Uint8Array(60_000).fill(0))],
    ['many nodes inside a certificate', encodeTlv(0x30, authority, encodeTlv(0x30, new Uint8Array(50_000).fill(5)))],
    ['a length that nothing follows', Uint8Array.of(0x30, 0x84, 0x7f, 0xff, 0xff, 0xff)],
    ['an indefinite length without end', Uint8Array.of(0x30, 0x80, 0x30, 0x80, 0x30, 0x80)],
    ['bytes after it', concat(authority, Uint8Array.of(0))],
  ];

  it.each(hostile)('is not read twice, and nothing follows: %s', (_, bytes) => {
    for (const kind of ['certificate', 'revocation-list', 'master-list'] as const)
      expect(readTwice(kind, bytes)).toEqual({ result: 'unread', differences: [], compared: [], untold: [] });
  });
});
