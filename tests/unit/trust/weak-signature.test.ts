import { describe, expect, it } from 'vitest';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { remarksOf } from '../../../main/result/check.ts';
import { addDays, type PlainDate } from '../../../main/result/plain-date.ts';
import type { PassiveAuthentication } from '../../../main/trust/types.ts';
import { isRight } from '../../../main/trust/x509/weak-signature.ts';
import { today } from '../../support/german-list.ts';
import {
  allSuccessful,
  dataGroups,
  type Made,
  results,
  verifyMade as verify,
} from '../../support/made-security-object.ts';
import { attribute, ecTestKey, rsaTestKey, type TestScheme, testLdsSecurityObject } from '../../support/test-pki.ts';

const p256 = ecTestKey('P-256');
const p192 = ecTestKey('P-192');
const rsa1024 = rsaTestKey(1024);
const rsaCube = rsaTestKey(2048, 3);
const issuerKey = ecTestKey('P-256', 'named', 8);
const ecdsa: TestScheme = { scheme: 'ECDSA', hash: 'SHA-256' };
const ecdsaSha1: TestScheme = { scheme: 'ECDSA', hash: 'SHA-1' };
const pkcs1: TestScheme = { scheme: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const sound: Made = { key: p256, scheme: ecdsa, issuerKey, issuerScheme: ecdsa };
// Before the first collision of SHA-1, and within the ten years that a passport is valid.
const old = { notBefore: '170601' };

const open = (code: string): string => `undetermined ${code}`;

function checkOf(answer: PassiveAuthentication, part: string) {
  const found = answer.checks.find(({ id }) => id === `passive-authentication.${part}`);
  if (found === undefined) throw new Error(part);
  return found;
}

const day = (date: PlainDate): string => date.slice(2).replaceAll('-', '');
// signingTime (RFC 5652 §11.3) as UTCTime.
const signedOn = (date: PlainDate): Partial<Made> => ({
  data: {
    moreAttributes: [
      attribute('1.2.840.113549.1.9.5', encodeTlv(0x17, new TextEncoder().encode(`${day(date)}120000Z`))),
    ],
  },
});

// 9303-12 §4.1.6: key lengths that protect; NIST SP 800-131A Rev. 2 §3: at least 112 bits.
describe('a key that is too short', () => {
  it.each([
    ['RSA of 1024 bits', { ...sound, key: rsa1024, scheme: pkcs1 }],
    ['P-192', { ...sound, key: p192 }],
  ])('%s of the signer leaves the signature open, on any day', async (_what, made: Made) => {
    const expected = { ...allSuccessful, signature: open('signature.key-short') };
    expect(results(await verify(made))).toEqual(expected);
    expect(results(await verify({ ...made, signer: old }))).toEqual(expected);
    expect(isRight(checkOf(await verify(made), 'signature'))).toBe(true);
  });

  it.each([
    ['RSA of 1024 bits', { ...sound, issuerKey: rsa1024, issuerScheme: pkcs1 }],
    ['P-192', { ...sound, issuerKey: p192 }],
  ])('%s of the authority leaves the path open', async (_what, made: Made) => {
    expect(results(await verify(made))).toEqual({ ...allSuccessful, path: open('signature.key-short') });
  });

  it('is no excuse for a signature of another key', async () => {
    const forged = { ...sound, key: p192, data: { key: ecTestKey('P-192', 'named', 9) } };
    expect(results(await verify(forged)).signature).toBe('failed security-object.signature-wrong');
  });

  it.each(['P-224', 'brainpoolP224r1'] as const)('is not %s, which the standard names', async (curve) => {
    expect(results(await verify({ ...sound, key: ecTestKey(curve) }))).toEqual(allSuccessful);
  });
});

// 9303-12 §4.1.6.4: SHA-224 and longer alone. What was made before the first collision can be no half of one.
describe('SHA-1', () => {
  const withDataGroup12 = new Map([...dataGroups, [12, Uint8Array.of(0x6c, 1, 3)]]);
  const signedGroups = { content: testLdsSecurityObject('SHA-1', withDataGroup12) };
  const issuedLate = { dataGroups: withDataGroup12, document: { number: null, issued: '2019-03-01' as PlainDate } };

  it('leaves hashes and signature of a recent document open', async () => {
    expect(results(await verify({ ...sound, scheme: ecdsaSha1 }))).toEqual({
      ...allSuccessful,
      hashes: open('signature.hash-broken'),
      signature: open('signature.hash-broken'),
    });
  });

  it('counts also where only the digest of the content is one', async () => {
    const answer = await verify({ ...sound, data: { digestAlgorithm: 'SHA-1' } });
    expect(results(answer).signature).toBe(open('signature.hash-broken'));
  });

  it('is told of an old document', async () => {
    const answer = await verify({ ...sound, scheme: ecdsaSha1, signer: old });
    expect(results(answer)).toEqual(allSuccessful);
    for (const part of ['hashes', 'signature'])
      expect(remarksOf(checkOf(answer, part))).toEqual(['signature.hash-broken']);
  });

  it.each([
    ['the day of signing', signedOn('2019-03-01' as PlainDate), {}],
    ['the day of issue in DG12', { data: signedGroups }, issuedLate],
  ])('is recent by %s, however old the signer is', async (_what, made, input) => {
    const answer = await verify({ ...sound, scheme: ecdsaSha1, signer: old, ...made }, input);
    expect(results(answer)).toMatchObject({
      hashes: open('signature.hash-broken'),
      signature: open('signature.hash-broken'),
    });
  });

  it('is not recent by a DG12 that nobody signed', async () => {
    const made = { ...sound, scheme: ecdsaSha1, signer: old };
    expect(results(await verify(made, issuedLate))).toEqual(allSuccessful);
    const other = new Map([...withDataGroup12, [12, Uint8Array.of(0x6c, 1, 9)]]);
    const answer = await verify({ ...made, data: signedGroups }, { ...issuedLate, dataGroups: other });
    expect(results(answer)).toMatchObject({ hashes: 'failed data-group.hash-differs', signature: 'successful' });
  });

  it('under a signer’s certificate counts by that certificate’s first day', async () => {
    const made: Made = { ...sound, issuerScheme: ecdsaSha1 };
    expect(results(await verify(made))).toEqual({ ...allSuccessful, path: open('signature.hash-broken') });
    const answer = await verify({ ...made, signer: old });
    expect(results(answer)).toEqual(allSuccessful);
    expect(remarksOf(checkOf(answer, 'path'))).toEqual(['signature.hash-broken']);
  });
});

describe('the exponent 3', () => {
  it('of a signer leaves the signature open', async () => {
    const answer = await verify({ ...sound, key: rsaCube, scheme: pkcs1 });
    expect(results(answer)).toEqual({ ...allSuccessful, signature: open('signature.exponent-small') });
  });

  it('of an authority, as some states have it, is told', async () => {
    const answer = await verify({ ...sound, issuerKey: rsaCube, issuerScheme: pkcs1 });
    expect(results(answer)).toEqual(allSuccessful);
    expect(remarksOf(checkOf(answer, 'path'))).toEqual(['signature.exponent-small']);
  });
});

// RFC 5652 §5.3: signed attributes must be there for content that is not plain data.
it('a security object without signed attributes is open', async () => {
  const answer = await verify({ ...sound, data: { signedAttributes: false } });
  expect(results(answer)).toEqual({ ...allSuccessful, signature: open('security-object.attributes-missing') });
});

// 9303-11 §5.1.1: the day of signing and the time in which the signer's key was in use; RFC 5652 §11.3.
describe('the day of signing', () => {
  const begin = '2020-01-01' as PlainDate;

  it.each([
    ['today', today, 'successful'],
    ['tomorrow, where it is morning already', addDays(today, 1), 'successful'],
    ['in a month', addDays(today, 30), open('security-object.signed-ahead')],
    ['on the first day of the certificate', begin, 'successful'],
    ['long before it', addDays(begin, -2), open('security-object.signed-out-of-time')],
  ])('%s', async (_what, date, expected) => {
    expect(results(await verify({ ...sound, ...signedOn(date) }))).toEqual({ ...allSuccessful, validity: expected });
  });

  it('after the certificate’s last day is told beside that the certificate ran out', async () => {
    const signer = { notAfter: day(addDays(today, -60)) };
    const answer = await verify({ ...sound, ...signedOn(addDays(today, -10)), signer });
    expect(results(answer).validity).toBe('failed certificate.expired');
    expect(remarksOf(checkOf(answer, 'validity'))).toEqual(['security-object.signed-out-of-time']);
  });

  it('ahead of a clock that went back says nothing of the document', async () => {
    const newestKnown = addDays(today, 60);
    const answer = await verify({ ...sound, ...signedOn(addDays(today, 30)) }, { newestKnown });
    expect(results(answer).validity).toBe(open('clock.went-back'));
  });
});
