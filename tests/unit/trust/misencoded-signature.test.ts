import { createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeEcdsaSignature } from '../../../main/crypto/ecdsa.ts';
import { unsignedToBytes } from '../../../main/crypto/points.ts';
import { encodeInteger } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat } from '../../../main/result/bytes.ts';
import { importCertificates } from '../../../main/trust/lists/certificate-import.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { acceptRevocationList } from '../../../main/trust/revocation/revocation-import.ts';
import { parsePublicKey } from '../../../main/trust/x509/public-key.ts';
import { examineSignature } from '../../../main/trust/x509/verify-signature.ts';
import { emptyContext, today } from '../../support/german-list.ts';
import { allSuccessful, results, verifyMade } from '../../support/made-security-object.ts';
import { rejection } from '../../support/rejection.ts';
import { ecTestKey, testAuthority, testPublicKeyInfo, testSign } from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const key = ecTestKey('P-256', 'named', 1);
const issuerKey = ecTestKey('P-256', 'named', 2);
const message = new TextEncoder().encode('what is signed');

function numbersOf(signature: Uint8Array): { readonly r: bigint; readonly s: bigint } {
  const numbers = decodeEcdsaSignature(signature);
  if (numbers === null) throw new RangeError('no signature');
  return numbers;
}

const integer = (bytes: Uint8Array): Uint8Array => encodeTlv(0x02, bytes);
const padded = (value: bigint, zeros: number): Uint8Array =>
  concat(new Uint8Array(zeros), encodeInteger(value).subarray(2));

/** Right numbers, written as no signature of (EC)DSA may be. */
const oddSignatures: Readonly<Record<string, (signature: Uint8Array) => Uint8Array>> = {
  'a needless leading zero in r (X.690 §8.3.2)': (signature) => {
    const { r, s } = numbersOf(signature);
    return encodeTlv(0x30, integer(padded(r, 1)), encodeInteger(s));
  },
  'needless leading zeros in s': (signature) => {
    const { r, s } = numbersOf(signature);
    return encodeTlv(0x30, encodeInteger(r), integer(padded(s, 7)));
  },
  'a length in more bytes than it needs (X.690 §10.1)': (signature) =>
    concat(Uint8Array.of(0x30, 0x81), signature.subarray(1)),
  'an indefinite length (X.690 §10.1)': (signature) =>
    concat(Uint8Array.of(0x30, 0x80), signature.subarray(2), new Uint8Array(2)),
  'r and s side by side where a SEQUENCE is promised': (signature) => {
    const { r, s } = numbersOf(signature);
    return concat(unsignedToBytes(r, 32), unsignedToBytes(s, 32));
  },
};

/** The signature is wrong, however one reads it. */
const wrongSignatures: Readonly<Record<string, (signature: Uint8Array) => Uint8Array>> = {
  'another r': (signature) => {
    const { r, s } = numbersOf(signature);
    return encodeTlv(0x30, integer(padded(r + 1n, 1)), encodeInteger(s));
  },
  'r and s exchanged': (signature) => {
    const { r, s } = numbersOf(signature);
    return encodeTlv(0x30, integer(padded(s, 1)), encodeInteger(r));
  },
  'a third number': (signature) => {
    const { r, s } = numbersOf(signature);
    return encodeTlv(0x30, encodeInteger(r), encodeInteger(s), encodeInteger(1));
  },
  'bytes after it': (signature) => concat(signature, Uint8Array.of(0)),
  zeros: () => new Uint8Array(72),
  'more bytes than any signature has': (signature) => {
    const { r, s } = numbersOf(signature);
    return encodeTlv(0x30, integer(padded(r, 2_000)), encodeInteger(s));
  },
};

const odds = Object.entries(oddSignatures);
const falses = Object.entries(wrongSignatures);

describe('a signature with the right numbers, wrongly written', () => {
  const publicKey = parsePublicKey(testPublicKeyInfo(key));
  const signature = testSign(key, scheme, message);
  const algorithm = { scheme: 'ECDSA', hash: 'SHA-256', plain: false } as const;

  it.each(odds)('is no right signature and no forgery: %s', (_what, write) => {
    expect(examineSignature(publicKey, algorithm, message, write(signature))).toBe('misencoded');
  });

  it.each(falses)('is not one with %s', (_what, write) => {
    expect(examineSignature(publicKey, algorithm, message, write(signature))).toBe('wrong');
  });

  it('is not one over another message or by another key', () => {
    const [, write] = odds[0] ?? [];
    const bytes = write?.(signature) ?? new Uint8Array();
    expect(examineSignature(publicKey, algorithm, concat(message, message), bytes)).toBe('wrong');
    expect(examineSignature(parsePublicKey(testPublicKeyInfo(issuerKey)), algorithm, message, bytes)).toBe('wrong');
  });

  it('is known where a SEQUENCE stands for plain numbers, and where those are too long (TR-03111 §5.2.1)', () => {
    const plain = { ...algorithm, plain: true } as const;
    const { r, s } = numbersOf(signature);
    const sideBySide = (length: number) => concat(unsignedToBytes(r, length), unsignedToBytes(s, length));
    expect(examineSignature(publicKey, plain, message, sideBySide(32))).toBe('right');
    expect(examineSignature(publicKey, plain, message, sideBySide(33))).toBe('misencoded');
    expect(examineSignature(publicKey, plain, message, signature)).toBe('misencoded');
  });

  it('is known of DSA too', () => {
    const pair = generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 });
    const dsa = parsePublicKey(new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' })));
    const made = new Uint8Array(createSign('SHA256').update(message).sign(pair.privateKey));
    const standing = (bytes: Uint8Array) => examineSignature(dsa, { scheme: 'DSA', hash: 'SHA-256' }, message, bytes);
    expect(standing(made)).toBe('right');
    for (const [, write] of odds) expect(standing(write(made))).toBe('misencoded');
    for (const [, write] of falses) expect(standing(write(made))).toBe('wrong');
  });
});

describe('wrongly written signatures', () => {
  it.each(odds)('of a security object leave the signature open: %s', async (_what, write) => {
    const answer = await verifyMade({ key, issuerKey, scheme, data: { rewrite: write } });
    expect(results(answer)).toEqual({
      ...allSuccessful,
      signature: 'undetermined security-object.signature-misencoded',
    });
  });

  it.each(odds)('of a document signer leave the path open: %s', async (_what, write) => {
    const answer = await verifyMade({ key, issuerKey, scheme, signer: { rewrite: write } });
    expect(results(answer)).toMatchObject({
      signature: 'successful',
      path: 'undetermined certificate.signature-misencoded',
    });
  });

  it.each(falses)('and false ones stay false: %s', async (_what, write) => {
    const forged = await verifyMade({ key, issuerKey, scheme, data: { rewrite: write } });
    expect(results(forged).signature).toBe('failed security-object.signature-wrong');
    const signer = await verifyMade({ key, issuerKey, scheme, signer: { rewrite: write } });
    expect(results(signer).path).toBe('failed certificate.signature-wrong');
  });

  it.each(odds)('of a country signing certificate are refused by their name: %s', async (_what, write) => {
    const source = { kind: 'master-list', digest: 'list', date: today } as const;
    const imported = await importCertificates(
      [testAuthority(issuerKey, scheme, { rewrite: write })],
      source,
      emptyContext,
    );
    expect(imported.refused.map(({ code }) => code)).toEqual(['certificate.signature-misencoded']);
  });

  it.each(odds)('of a revocation list are refused by their name: %s', async (_what, write) => {
    const source = { kind: 'master-list', digest: 'list', date: today } as const;
    const { certificates } = await importCertificates([testAuthority(issuerKey, scheme)], source, emptyContext);
    const list = testRevocationList({ key: issuerKey, scheme, rewrite: write });
    const refused = await rejection(acceptRevocationList(list, new TrustStore(certificates), today));
    expect(refused?.code).toBe('revocation.signature-misencoded');
  });
});
