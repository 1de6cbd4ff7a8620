import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ChipChannel } from '../../../main/chip/channel.ts';
import { performChipAuthentication } from '../../../main/chip/chip-authentication.ts';
import { chooseChipAuthentication } from '../../../main/chip/chip-authentication-choice.ts';
import { deriveKey } from '../../../main/chip/key-derivation.ts';
import { SecureMessagingSession } from '../../../main/chip/secure-messaging.ts';
import { parseSecurityInfos } from '../../../main/chip/security-infos.ts';
import { type CurveName, curveByName, curveNames } from '../../../main/crypto/curves.ts';
import { dhGroups } from '../../../main/crypto/dh-groups.ts';
import { modularPower } from '../../../main/crypto/modular.ts';
import {
  bytesToUnsigned,
  decodePoint,
  encodePoint,
  multiplyPoint,
  publicPoint,
  unsignedToBytes,
} from '../../../main/crypto/points.ts';
import type { RandomSource } from '../../../main/crypto/random.ts';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { decodeTlv, encodeTlv, find } from '../../../main/document/tlv.ts';
import { concat, fromHex } from '../../../main/result/bytes.ts';
import { answering, extendedReader, FunctionCard, failureFrom } from '../../support/chip-cards.ts';

const random: RandomSource = (length) => new Uint8Array(randomBytes(length));
const runs = Number(process.env.STYRK_SOAK ?? 40);
const chipAuthentication = '0.4.0.127.0.7.2.2.3';
const ciphers = ['3DES', 'AES-128', 'AES-192', 'AES-256'] as const;

interface ChipKey {
  readonly info: Uint8Array;
  readonly agreement: 1 | 2;
  secret(terminalKey: Uint8Array): Uint8Array;
}

const bitString = (bytes: Uint8Array): Uint8Array => encodeTlv(0x03, concat(Uint8Array.of(0), bytes));

function keyInfo(arc: 1 | 2, algorithm: Uint8Array, publicKey: Uint8Array, keyId?: bigint): Uint8Array {
  const subject = encodeTlv(0x30, algorithm, bitString(publicKey));
  const id = keyId === undefined ? [] : [encodeInteger(keyId)];
  return encodeTlv(0x30, encodeOid(`0.4.0.127.0.7.2.2.1.${arc}`), subject, ...id);
}

function curveKey(name: CurveName, privateKey: bigint, keyId?: bigint): ChipKey {
  const curve = curveByName(name);
  const algorithm = encodeTlv(0x30, encodeOid('1.2.840.10045.2.1'), encodeOid(curve.oid));
  return {
    agreement: 2,
    info: keyInfo(2, algorithm, encodePoint(curve, publicPoint(curve, privateKey)), keyId),
    secret: (terminalKey) => {
      const point = decodePoint(curve, terminalKey);
      const shared = point === null ? null : multiplyPoint(curve, point, privateKey);
      if (shared === null) throw new Error('terminal key is no point');
      return unsignedToBytes(shared.x, curve.fieldLength);
    },
  };
}

function numberKey(id: number, privateKey: bigint, form: 'X9.42' | 'PKCS#3'): ChipKey {
  const group = dhGroups[id];
  if (group === undefined) throw new Error('no group');
  const { prime, generator, order } = group;
  const parts = [prime, generator, ...(form === 'X9.42' ? [order] : [])].map(encodeInteger);
  const oid = form === 'X9.42' ? '1.2.840.10046.2.1' : '1.2.840.113549.1.3.1';
  const algorithm = encodeTlv(0x30, encodeOid(oid), encodeTlv(0x30, ...parts));
  return {
    agreement: 1,
    info: keyInfo(1, algorithm, encodeInteger(modularPower(generator, privateKey, prime))),
    secret: (terminalKey) => {
      expect(terminalKey[0]).not.toBe(0);
      const length = Math.ceil(prime.toString(2).length / 8);
      return unsignedToBytes(modularPower(bytesToUnsigned(terminalKey), privateKey, prime), length);
    },
  };
}

function offer(key: ChipKey, cipher: number): Uint8Array {
  return encodeTlv(0x30, encodeOid(`${chipAuthentication}.${key.agreement}.${cipher}`), encodeInteger(1));
}

const infosOf = (...infos: readonly Uint8Array[]) => parseSecurityInfos(encodeTlv(0x31, ...infos));

/** A chip in plain that takes the terminal's key in either command; what it derived is compared afterwards. */
function chipWith(key: ChipKey): { card: FunctionCard; secret: () => Uint8Array } {
  let secret: Uint8Array = new Uint8Array();
  const card = new FunctionCard((command) => {
    if (command[1] === 0x22 && command[3] === 0xa4) return fromHex('9000');
    const extended = command[4] === 0;
    const data = extended ? command.subarray(7, 7 + ((command[5] ?? 0) << 8) + (command[6] ?? 0)) : command.subarray(5);
    const publicKey =
      command[1] === 0x22 ? decodeTlv(data.subarray(0)).value : find(decodeTlv(withoutLe(data)), 0x80)?.value;
    secret = key.secret(publicKey ?? new Uint8Array());
    return fromHex(command[1] === 0x22 ? '9000' : '7c009000');
  }, extendedReader);
  return { card, secret: () => secret };
}

function withoutLe(data: Uint8Array): Uint8Array {
  const length =
    2 +
    (data[1] === 0x81
      ? 1 + (data[2] ?? 0)
      : data[1] === 0x82
        ? 2 + ((data[2] ?? 0) << 8) + (data[3] ?? 0)
        : (data[1] ?? 0));
  return data.subarray(0, length);
}

async function agrees(key: ChipKey, cipher: number, draw: RandomSource = random): Promise<void> {
  const { card, secret } = chipWith(key);
  const channel = new ChipChannel(card);
  const { session, evidence } = await performChipAuthentication(channel, infosOf(offer(key, cipher), key.info), draw);
  const name = ciphers[cipher - 1] ?? 'AES-128';
  expect(evidence.cipher).toBe(name);
  expect(evidence.command).toBe(name === '3DES' ? 'MSE:Set KAT' : 'MSE:Set AT');
  const expected = new SecureMessagingSession(name, {
    encryption: deriveKey(secret(), 'encryption', name),
    messageAuthentication: deriveKey(secret(), 'messageAuthentication', name),
  });
  expect(session.describe()).toEqual(expected.describe());
  expect(channel.session).toBe(session);
}

describe('both sides come to the same keys', () => {
  test.each(curveNames.flatMap((name) => [1, 2, 3, 4].map((cipher) => [name, cipher] as const)))(
    '%s, cipher %i',
    async (name, cipher) => {
      await agrees(curveKey(name, bytesToUnsigned(random(20)) + 1n), cipher);
    },
  );

  test.each([0, 1, 2].flatMap((id) => (['X9.42', 'PKCS#3'] as const).map((form) => [id, form] as const)))(
    'group %i as %s',
    async (id, form) => {
      for (const cipher of [1, 2, 4]) await agrees(numberKey(id, bytesToUnsigned(random(19)) + 2n, form), cipher);
    },
  );

  test(`${runs} times with random keys, on a short field, where leading zeros of the secret occur`, async () => {
    for (let run = 0; run < runs; run++)
      await agrees(curveKey('P-192', bytesToUnsigned(random(20)) + 1n), (run % 4) + 1);
  });

  test('a secret with leading zeros keeps its length', async () => {
    // The first private key of the terminal whose secret with this chip begins with a zero byte.
    const key = curveKey('P-192', 12345n);
    const curve = curveByName('P-192');
    let privateKey = 2n;
    while (key.secret(encodePoint(curve, publicPoint(curve, privateKey)))[0] !== 0) privateKey++;
    await agrees(key, 2, (length) => unsignedToBytes(privateKey, length));
  });
});

describe('the choice', () => {
  const key = curveKey('P-256', 7n);

  test('the longest cipher key', () => {
    const offers = [offer(key, 1), offer(key, 3), offer(key, 2)];
    expect(chooseChipAuthentication(infosOf(...offers, key.info))?.cipher).toBe('AES-192');
  });

  test('several keys are told apart by their id', () => {
    const withId = (cipher: number, id: bigint): Uint8Array =>
      encodeTlv(0x30, encodeOid(`${chipAuthentication}.2.${cipher}`), encodeInteger(1), encodeInteger(id));
    const infos = [withId(2, 1n), withId(4, 2n), curveKey('P-256', 7n, 1n).info, curveKey('P-384', 7n, 2n).info];
    expect(chooseChipAuthentication(infosOf(...infos))).toMatchObject({
      cipher: 'AES-256',
      keyId: 2n,
      group: { name: 'P-384' },
    });
  });

  test('a key alone means 3DES', () => {
    expect(chooseChipAuthentication(infosOf(key.info))).toMatchObject({
      cipher: '3DES',
      protocol: `${chipAuthentication}.2.1`,
    });
  });

  test('a reference goes out in the fewest bytes', async () => {
    for (const [id, bytes] of [
      [0n, '840100'],
      [13n, '84010d'],
      [0x1ffn, '840201ff'],
      [0x80n, '840180'],
    ] as const) {
      const named = curveKey('P-256', 7n, id);
      const { card } = chipWith(named);
      await performChipAuthentication(new ChipChannel(card), infosOf(offer(named, 2), named.info), random);
      expect(card.sent[0]?.endsWith(bytes)).toBe(true);
    }
  });
});

describe('a chip that does not keep to the protocol', () => {
  const key = curveKey('P-256', 7n);
  const infos = infosOf(offer(key, 2), key.info);

  test.each([
    ['refuses MSE:Set AT', ['6a80'], 'MSE:Set AT', '6a80'],
    ['refuses the key', ['9000', '6300'], 'GENERAL AUTHENTICATE', '6300'],
  ])('%s', async (_name, responses, step, status) => {
    const channel = new ChipChannel(answering(...responses));
    const failure = await failureFrom(performChipAuthentication(channel, infos, random));
    expect(failure).toMatchObject({ code: 'chip-authentication.failed', fields: { step, status } });
    expect(channel.session).toBeNull();
  });

  test('3DES is tried by MSE:Set AT where Set KAT is refused', async () => {
    const card = answering('6a80', '9000', '7c009000');
    const { evidence } = await performChipAuthentication(new ChipChannel(card), infosOf(key.info), random);
    expect(evidence.command).toBe('MSE:Set AT');
    expect(card.sent.map((command) => command.slice(0, 8))).toEqual(['002241a6', '002241a4', '00860000']);
  });

  test('a key off its curve, an unknown curve, no key', async () => {
    const spoilt = key.info.slice();
    spoilt[spoilt.length - 1] = (spoilt.at(-1) ?? 0) ^ 1;
    const run = (...given: readonly Uint8Array[]) =>
      failureFrom(performChipAuthentication(new ChipChannel(answering()), infosOf(...given), random));
    expect((await run(offer(key, 2), spoilt)).code).toBe('chip-authentication.failed');
    const algorithm = encodeTlv(0x30, encodeOid('1.2.840.10045.2.1'), encodeOid('1.3.132.0.10'));
    expect((await run(keyInfo(2, algorithm, Uint8Array.of(4)))).code).toBe('chip-authentication.unsupported');
    expect((await run(offer(key, 2))).code).toBe('chip-authentication.not-offered');
  });

  test('the chip proves nothing before an answer under the new keys', async () => {
    const { card } = chipWith(key);
    const { session } = await performChipAuthentication(new ChipChannel(card), infos, random);
    expect(session.verifiedAnswers).toBe(0);
  });
});
