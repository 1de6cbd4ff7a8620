import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { challengeChip } from '../../../main/chip/active-authentication.ts';
import type { ActiveAuthenticationKey } from '../../../main/chip/active-authentication-key.ts';
import { verifyActiveAuthentication } from '../../../main/chip/active-authentication-signature.ts';
import { ChipChannel } from '../../../main/chip/channel.ts';
import { parseSecurityInfos } from '../../../main/chip/security-infos.ts';
import { curveByName, curveNames } from '../../../main/crypto/curves.ts';
import { encodeEcdsaSignature, signEcdsa } from '../../../main/crypto/ecdsa.ts';
import { digest, type HashName } from '../../../main/crypto/hash.ts';
import { verifyRecoveredBlock } from '../../../main/crypto/iso-9796-2.ts';
import { encodePoint, publicPoint, unsignedToBytes } from '../../../main/crypto/points.ts';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat, fromHex, toHex } from '../../../main/result/bytes.ts';
import { Failure } from '../../../main/result/failure.ts';
import { extendedReader, FunctionCard, failureFrom } from '../../support/chip-cards.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

describeWithRealData('9303-11 App. F', () => {
  interface Vector {
    readonly name: string;
    readonly inputs: { readonly rnd_ifd: string };
    readonly intermediate: { readonly recovered_block: string };
  }
  const example = (): Vector => {
    const { vectors } = JSON.parse(new TextDecoder().decode(realData('doc9303-vectors.json'))) as { vectors: Vector[] };
    const found = vectors.find(({ name }) => name === 'active-authentication-rsa-sha1');
    if (found === undefined) throw new Error('no example');
    return found;
  };

  test('the recovered block is right, and no byte of it may be another', () => {
    const { inputs, intermediate } = example();
    const block = fromHex(intermediate.recovered_block);
    const challenge = fromHex(inputs.rnd_ifd);
    expect(verifyRecoveredBlock(block, challenge)).toBe('SHA-1');
    for (let at = 0; at < block.length; at++) {
      const changed = block.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      expect(verifyRecoveredBlock(changed, challenge)).toBeNull();
    }
    expect(verifyRecoveredBlock(block, random(8))).toBeNull();
  });

  test.each([
    ['SHA-1', '33cc'],
    ['SHA-224', '38cc'],
    ['SHA-256', '34cc'],
    ['SHA-384', '36cc'],
    ['SHA-512', '35cc'],
  ] as const)('%s by trailer %s', (hash, trailer) => {
    const [first, second] = [random(80), random(8)];
    const hashed = digest(hash, concat(first, second));
    const block = (header: number): Uint8Array => concat(Uint8Array.of(header), first, hashed, fromHex(trailer));
    expect(verifyRecoveredBlock(block(0x6a), second)).toBe(hash);
    expect(verifyRecoveredBlock(block(0x4a), second)).toBeNull();
  });
});

const challenge = fromHex('0102030405060708');

function infosWith(algorithm: string) {
  const info = encodeTlv(0x30, encodeOid('2.23.136.1.1.5'), encodeInteger(1), encodeOid(algorithm));
  return parseSecurityInfos(encodeTlv(0x31, info));
}

describe('ECDSA', () => {
  const signed = (name: (typeof curveNames)[number], hash: HashName) => {
    const curve = curveByName(name);
    const key: ActiveAuthenticationKey = {
      kind: 'EC',
      curve,
      point: encodePoint(curve, publicPoint(curve, 4_711n)),
      signatureLength: 2 * curve.orderLength,
    };
    const numbers = signEcdsa(curve, 4_711n, hash, digest(hash, challenge));
    const [r, s] = [numbers.r, numbers.s].map((number) => unsignedToBytes(number, curve.orderLength));
    return { key, plain: concat(r ?? challenge, s ?? challenge), der: encodeEcdsaSignature(numbers) };
  };

  test.each(curveNames)('%s: plain and DER, the hash named or found', (name) => {
    const { key, plain, der } = signed(name, 'SHA-256');
    const named = infosWith('0.4.0.127.0.7.1.1.4.1.3');
    for (const response of [plain, der]) {
      expect(verifyActiveAuthentication(key, named, challenge, response)).toEqual({
        scheme: 'ECDSA',
        hash: 'SHA-256',
        named: true,
      });
      expect(verifyActiveAuthentication(key, [], challenge, response)).toMatchObject({ hash: 'SHA-256', named: false });
    }
  });

  test.each([
    ['another challenge', 'active-authentication.failed', '0.4.0.127.0.7.1.1.4.1.3', random(8)],
    ['another hash than the named one', 'active-authentication.failed', '0.4.0.127.0.7.1.1.4.1.5', challenge],
    ['an algorithm that nobody knows', 'active-authentication.unsupported', '1.2.3.4', challenge],
    ['SHA-1, which is not allowed', 'active-authentication.unsupported', '0.4.0.127.0.7.1.1.4.1.1', challenge],
  ] as const)('%s', (_name, code, algorithm, asked) => {
    const { key, plain } = signed('P-256', 'SHA-256');
    try {
      verifyActiveAuthentication(key, infosWith(algorithm), asked, plain);
      expect.unreachable();
    } catch (thrown) {
      expect(thrown instanceof Failure ? thrown.code : thrown).toBe(code);
    }
  });
});

describe('the command', () => {
  const key = (signatureLength: number): ActiveAuthenticationKey => ({
    kind: 'RSA',
    key: { modulus: 3n, exponent: 3n },
    signatureLength,
  });
  const answerOf = (length: number): Uint8Array => concat(new Uint8Array(length), fromHex('9000'));

  test('a challenge of its own for each try; short cut off, extended whole', async () => {
    const card = new FunctionCard((command) => answerOf(command.length > 14 ? 384 : 231), extendedReader);
    const { challenge: used, response } = await challengeChip(new ChipChannel(card), key(384), false, random);
    expect(response).toHaveLength(384);
    expect(card.sent).toHaveLength(2);
    expect(card.sent[1]).toContain(toHex(used));
    expect(card.sent[0]).not.toContain(toHex(used));
  });

  test('extended answered with nothing, short whole', async () => {
    const card = new FunctionCard((command) => (command.length > 14 ? fromHex('6700') : answerOf(256)), extendedReader);
    const { response } = await challengeChip(new ChipChannel(card), key(256), true, random);
    expect(response).toHaveLength(256);
  });

  // 9303-11 §9.3.1.2: the other length form is for a wrong length, waiting data and cut data alone.
  test.each(['6982', '6985', '6a80', '6d00', '6f00', '6300'])(
    '%s is the answer, and is not asked for twice',
    async (status) => {
      for (const extendedStated of [false, true]) {
        const card = new FunctionCard(() => fromHex(status), extendedReader);
        const failure = await failureFrom(challengeChip(new ChipChannel(card), key(384), extendedStated, random));
        expect(failure).toMatchObject({ code: 'active-authentication.failed', fields: { status } });
        expect(card.sent).toHaveLength(1);
      }
    },
  );

  test.each([
    ['a wrong length', '6700'],
    ['no data at all', '9000'],
    ['cut data', `${'00'.repeat(231)}9000`],
  ])('%s is: the other form follows', async (_name, first) => {
    const card = new FunctionCard(
      (_command, number) => (number === 1 ? fromHex(first) : answerOf(384)),
      extendedReader,
    );
    expect((await challengeChip(new ChipChannel(card), key(384), false, random)).response).toHaveLength(384);
    expect(card.sent).toHaveLength(2);
  });

  test('a reader too short for the key says nothing about the chip', async () => {
    const card = new FunctionCard(() => fromHex('6700'));
    const failure = await failureFrom(challengeChip(new ChipChannel(card), key(384), false, random));
    expect(failure.code).toBe('active-authentication.unsupported');
    const refused = await failureFrom(challengeChip(new ChipChannel(card), key(128), false, random));
    expect(refused.code).toBe('active-authentication.failed');
  });
});
