import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AccessKey } from '../../../main/chip/access-key.ts';
import { ChipChannel } from '../../../main/chip/channel.ts';
import { performPace } from '../../../main/chip/pace.ts';
import { choosePace } from '../../../main/chip/pace-choice.ts';
import { parseSecurityInfos } from '../../../main/chip/security-infos.ts';
import { standardisedGroup } from '../../../main/chip/standardised-parameters.ts';
import { curveByName, curves } from '../../../main/crypto/curves.ts';
import { encodePoint, unsignedToBytes } from '../../../main/crypto/points.ts';
import type { RandomSource } from '../../../main/crypto/random.ts';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { fromHex, toHex } from '../../../main/result/bytes.ts';
import { createChip } from '../../../main/simulator/chip/chip.ts';
import type { ChipProfile, PaceProfile } from '../../../main/simulator/chip/chip-profile.ts';
import { answering, extendedReader, FunctionCard, failureFrom } from '../../support/chip-cards.ts';

const random: RandomSource = (length) => new Uint8Array(randomBytes(length));
const ecdhGm = '0.4.0.127.0.7.2.2.4.2';
const information = 'T22000129364081251010318';
const mrz: AccessKey = { kind: 'mrz', information };

interface InfoFields {
  readonly protocol: string;
  readonly version?: number;
  readonly parameterId?: number;
}

function cardAccess(...infos: readonly InfoFields[]): Uint8Array {
  const encoded = infos.map(({ protocol, version = 2, parameterId }) => {
    const id = parameterId === undefined ? [] : [encodeInteger(parameterId)];
    return encodeTlv(0x30, encodeOid(protocol), encodeInteger(version), ...id);
  });
  return encodeTlv(0x31, ...encoded);
}

const contents = fromHex('60145f0104303130365f36063034303030305c026175');

function cardWith(
  pace: readonly PaceProfile[],
  corrupt?: (response: Uint8Array, number: number) => Uint8Array,
): FunctionCard {
  const profile: ChipProfile = {
    answerToReset: new Uint8Array(),
    masterFile: [],
    applications: [
      {
        identifier: fromHex('a0000002471001'),
        fileControlInformation: null,
        files: [{ name: 'EF.COM', identifier: 0x011e, shortIdentifier: 0x1e, contents, access: 'protected' }],
      },
    ],
    basicAccessControl: false,
    pace,
    passwords: { mrzInformation: information, can: '123456' },
    extendedLength: { maxCommand: 4_096, maxResponse: 4_096 },
    leavesField: null,
  };
  const chip = createChip({ chip: profile }, { random });
  return new FunctionCard((command, number) => {
    const response = chip.transmit(command);
    return response === null || corrupt === undefined ? response : corrupt(response, number);
  }, extendedReader);
}

// 9303-11 G.1.
const example = {
  infos: parseSecurityInfos(fromHex('31143012060a04007f0007020204020202010202010d')),
  privateKeys: [
    '7f4ef07b9ea82fd78ad689b38d0bc78cf21f249d953bc46f4c6e19259c010f99',
    'a73fb703ac1436a18e0cfa5abb3f7bec7a070e7a6788486bee230c4a22762595',
  ],
  commands: [
    '0022c1a412800a04007f0007020204020283010184010d',
    '10860000027c0000',
    '10860000457c438141047acf3efc982ec45565a4b155129efbc74650dcbfa6362d896fc70262e0c2cc5e544552dcb6725218799115b55c9baa6d9f6bc3a9618e70c25af71777a9c4922d00',
    '10860000457c438341042db7a64c0355044ec9df190514c625cba2cea48754887122f3a5ef0d5edd301c3556f3b3b186df10b857b58f6a7eb80f20ba5dc7be1d43d9bf850149fbb3646200',
    '008600000c7c0a8508c2b0bd78d94ba86600',
  ],
  responses: [
    '9000',
    '7c12801095a3a016522ee98d01e76cb6b98b42c39000',
    '7c43824104824fba91c9cbe26bef53a0ebe7342a3bf178cea9f45de0b70aa601651fba3f5730d8c879aaa9c9f73991e61b58f4d52eb87a0a0c709a49dc63719363ccd13c549000',
    '7c438441049e880f842905b8b3181f7af7caa9f0efb743847f44a306d2d28c1d9ec65df6db7764b22277a2eddc3c265a9f018f9cb852e111b768b326904b59a0193776f0949000',
    '7c0a86083abb9674bce93c089000',
  ],
};

function recordedRandom(): RandomSource {
  const left = example.privateKeys.map(fromHex);
  return () => left.shift() ?? new Uint8Array(32);
}

/** PACE of the worked example with some of its responses replaced, by their place from 0. */
function runExample(replaced: Readonly<Record<number, string>> = {}): {
  card: FunctionCard;
  run: ReturnType<typeof performPace>;
} {
  const card = answering(...example.responses.map((response, index) => replaced[index] ?? response));
  return { card, run: performPace(new ChipChannel(card), example.infos, mrz, recordedRandom()) };
}

describe('the worked example of 9303-11 G.1', () => {
  test('commands, keys and evidence', async () => {
    const { card, run } = runExample();
    const { evidence, session } = await run;
    expect(card.sent).toEqual(example.commands);
    expect(evidence).toEqual({
      protocol: 'PACE',
      mapping: 'GM',
      agreement: 'ECDH',
      parameters: 'brainpoolP256r1',
      cipher: 'AES-128',
    });
    expect(session.describe()).toEqual({
      cipher: 'AES',
      ksEnc: 'f5f0e35c0d7161ee6724ee513a0d9a7f',
      ksMac: 'fe251c7858b356b24514b3bd5f4297d1',
      ssc: '0'.repeat(32),
    });
  });

  test('a chip that refuses DO 84 is asked once without, as the example prints it', async () => {
    const card = answering('6a80', ...example.responses);
    await performPace(new ChipChannel(card), example.infos, mrz, recordedRandom());
    expect(card.sent).toEqual([
      example.commands[0],
      '0022c1a40f800a04007f00070202040202830101',
      ...example.commands.slice(1),
    ]);
  });

  test('63C1 to MSE:Set AT is a warning', async () => {
    const { card, run } = runExample({ 0: '63c1' });
    await run;
    expect(card.sent).toEqual(example.commands);
  });

  test('a last answer with more objects is read (9303-11 §4.4.4.2: CAR)', async () => {
    const { run } = runExample({ 4: '7c1b86083abb9674bce93c08870f4445544553544356434130303030339000' });
    expect((await run).evidence.protocol).toBe('PACE');
  });
});

// 9303-11 §4.2 step 3: a chip may accept a card access number. §4.4.4.1: 6A88 says that the password or the parameters are
// not there; with the parameters left out it can only be the password. Note 1: some say it when the password is used.
describe('a chip without card access number', () => {
  const can: AccessKey = { kind: 'can', can: '123456' };
  test.each([
    ['at MSE:Set AT', ['6a88', '6a88'], can, 'access.can-unusable'],
    ['when it is used', ['9000', '6a88'], can, 'access.can-unusable'],
    ['with other words, where it may be anything', ['6a80', '6a80'], can, 'access.pace-failed'],
    ['about the MRZ, which every chip knows', ['6a88', '6a88'], mrz, 'access.pace-failed'],
    ['about the MRZ when it is used', ['9000', '6a88'], mrz, 'access.pace-failed'],
  ] as const)('says so %s', async (_name, responses, key, code) => {
    const channel = new ChipChannel(answering(...responses));
    expect((await failureFrom(performPace(channel, example.infos, key, recordedRandom()))).code).toBe(code);
  });

  test('a reader of cards that refuse DO 84 asks once', async () => {
    const card = answering('6a88');
    const run = performPace(new ChipChannel(card), example.infos, can, recordedRandom(), 'protocol alone');
    expect((await failureFrom(run)).code).toBe('access.can-unusable');
    expect(card.sent).toHaveLength(1);
  });
});

describe('a chip that does not keep to the protocol', () => {
  const [, , mapping = '', agreement = ''] = example.responses;
  const offCurve = (response: string): string => response.replace(/....9000$/, '00019000');
  test.each([
    ['refuses MSE:Set AT', { 0: '6a88' }, 'access.pace-failed'],
    ['refuses the nonce', { 1: '6982' }, 'access.pace-failed'],
    ['sends no nonce', { 1: '7c009000' }, 'access.pace-failed'],
    ['sends a nonce that is no block', { 1: '7c038001009000' }, 'access.pace-failed'],
    ['sends an endless nonce', { 1: `7c81838081${'80'}${'00'.repeat(128)}9000` }, 'access.pace-failed'],
    ['sends no TLV', { 1: 'ffffff9000' }, 'access.pace-failed'],
    ['sends an empty answer', { 1: '9000' }, 'access.pace-failed'],
    ['maps off the curve', { 2: offCurve(mapping) }, 'access.peer-key-invalid'],
    ['maps to infinity', { 2: '7c038201009000' }, 'access.peer-key-invalid'],
    ['maps with a cut point', { 2: `7c21821f04${'11'.repeat(30)}9000` }, 'access.peer-key-invalid'],
    ['agrees off the curve', { 3: offCurve(agreement) }, 'access.peer-key-invalid'],
    ['agrees with a compressed point', { 3: `7c23842102${agreement.slice(10, 74)}9000` }, 'access.peer-key-invalid'],
    [
      'echoes our mapping key',
      { 2: `7c438241${(example.commands[2] ?? '').slice(18, 148)}9000` },
      'access.peer-key-invalid',
    ],
    [
      'echoes our agreement key',
      { 3: `7c438441${(example.commands[3] ?? '').slice(18, 148)}9000` },
      'access.peer-key-invalid',
    ],
    ['refuses the agreement', { 3: '6a80' }, 'access.pace-failed'],
    ['refuses our token', { 4: '6300' }, 'access.wrong-key'],
    ['refuses our token and counts', { 4: '63c2' }, 'access.wrong-key'],
    ['refuses our token for its security status', { 4: '6982' }, 'access.wrong-key-maybe'],
    ['refuses our token as a wrong object', { 4: '6988' }, 'access.wrong-key-maybe'],
    ['fails at the token', { 4: '6a80' }, 'access.pace-failed'],
    ['sends a wrong token', { 4: '7c0a86083abb9674bce93c099000' }, 'access.pace-failed'],
    ['sends our own token', { 4: '7c0a8608c2b0bd78d94ba8669000' }, 'access.pace-failed'],
    ['sends a cut token', { 4: '7c0686043abb96749000' }, 'access.pace-failed'],
    ['sends no token', { 4: '9000' }, 'access.pace-failed'],
  ] as const)('%s', async (_name, replaced, code) => {
    const { card, run } = runExample(replaced as Readonly<Record<number, string>>);
    expect((await failureFrom(run)).code).toBe(code);
    expect(card.sent.length).toBeLessThanOrEqual(6);
  });

  test('goes away', async () => {
    const card = answering(...example.responses.slice(0, 3));
    const channel = new ChipChannel(card);
    expect((await failureFrom(performPace(channel, example.infos, mrz, recordedRandom()))).code).toBe('card.removed');
    expect(channel.session).toBeNull();
  });
});

describe('with a chip written apart', () => {
  const numbers = [0, 1, 2];
  const curveIds = Array.from({ length: 11 }, (_, index) => index + 8);
  const variants = [
    { arc: 1, mapping: 'GM', agreement: 'DH', ids: numbers, ciphers: [1, 2, 3, 4] },
    { arc: 2, mapping: 'GM', agreement: 'ECDH', ids: curveIds, ciphers: [1, 2, 3, 4] },
    { arc: 3, mapping: 'IM', agreement: 'DH', ids: numbers, ciphers: [1, 2, 3, 4] },
    { arc: 4, mapping: 'IM', agreement: 'ECDH', ids: curveIds.filter((id) => id !== 10), ciphers: [1, 2, 3, 4] },
  ] as const;
  const offers = variants.flatMap(({ arc, ids, ciphers, ...rest }) =>
    ids.flatMap((parameterId) =>
      ciphers.map((cipher) => ({ protocol: `0.4.0.127.0.7.2.2.4.${arc}.${cipher}`, parameterId, ...rest })),
    ),
  );
  const ciphers = ['3DES', 'AES-128', 'AES-192', 'AES-256'];

  test.each(offers)('$protocol, parameters $parameterId', async ({ mapping, agreement, ...offer }) => {
    const channel = new ChipChannel(cardWith([offer]));
    const key: AccessKey = offer.parameterId % 2 === 0 ? mrz : { kind: 'can', can: '123456' };
    const { evidence } = await performPace(channel, parseSecurityInfos(cardAccess(offer)), key, random);
    expect(evidence).toEqual({
      protocol: 'PACE',
      mapping,
      agreement,
      parameters: standardisedGroup(offer.parameterId)?.name,
      cipher: ciphers[Number(offer.protocol.at(-1)) - 1],
    });
    const select = await channel.send({ cla: 0, ins: 0xa4, p1: 4, p2: 12, data: fromHex('a0000002471001') });
    expect(select.status).toBe(0x9000);
    const read = await channel.send({ cla: 0, ins: 0xb0, p1: 0x9e, p2: 0, expectedLength: contents.length });
    expect(toHex(read.data)).toBe(toHex(contents));
  });

  test('secrets with leading zeros keep their length: many runs on a short field agree', async () => {
    const offer = { protocol: `${ecdhGm}.2`, parameterId: 8 };
    for (let run = 0; run < 40; run++) {
      const channel = new ChipChannel(cardWith([offer]));
      await performPace(channel, parseSecurityInfos(cardAccess(offer)), mrz, random);
    }
  });

  test.each([
    ['MRZ', { kind: 'mrz', information: 'T22000129364081251010319' }],
    ['CAN', { kind: 'can', can: '123457' }],
  ] as const)('a wrong %s is said, and tried once', async (_name, key) => {
    const offer = { protocol: `${ecdhGm}.2`, parameterId: 13 };
    const card = cardWith([offer]);
    const failure = await failureFrom(
      performPace(new ChipChannel(card), parseSecurityInfos(cardAccess(offer)), key, random),
    );
    expect(failure).toMatchObject({ code: 'access.wrong-key', fields: { step: 'token', status: '6300' } });
    expect(card.sent).toHaveLength(5);
  });

  test('two parameter sets of one protocol are told apart by DO 84', async () => {
    const pair = [12, 13].map((parameterId) => ({ protocol: `${ecdhGm}.2`, parameterId }));
    const { evidence } = await performPace(
      new ChipChannel(cardWith(pair)),
      parseSecurityInfos(cardAccess(...pair)),
      mrz,
      random,
    );
    expect(evidence.parameters).toBe('P-256');
  });
});

describe('the choice', () => {
  const chosen = (...infos: readonly InfoFields[]): string | null => {
    const choice = choosePace(parseSecurityInfos(cardAccess(...infos)));
    return choice === null ? null : `${choice.info.protocol.slice(ecdhGm.length - 1)} ${choice.info.parameterId}`;
  };

  test('the longest cipher key, then the stronger group, then the place in the file', () => {
    const offers = [
      { protocol: `${ecdhGm}.2`, parameterId: 18 },
      { protocol: `${ecdhGm}.4`, parameterId: 12 },
      { protocol: `${ecdhGm}.4`, parameterId: 17 },
      { protocol: `${ecdhGm}.1`, parameterId: 13 },
    ];
    expect(chosen(...offers)).toBe('2.4 17');
    expect(chosen(...offers.toReversed())).toBe('2.4 17');
  });

  test.each([
    ['an old version', { protocol: `${ecdhGm}.2`, version: 1, parameterId: 13 }],
    ['reserved parameters', { protocol: `${ecdhGm}.2`, parameterId: 19 }],
    ['parameters of DH', { protocol: `${ecdhGm}.2`, parameterId: 2 }],
    ['numbers without parameters', { protocol: '0.4.0.127.0.7.2.2.4.1.2' }],
  ])('%s alone is not supported', async (_name, info) => {
    expect(chosen(info)).toBeNull();
    const card = answering();
    const failure = await failureFrom(
      performPace(new ChipChannel(card), parseSecurityInfos(cardAccess(info)), mrz, random),
    );
    expect(failure.code).toBe('access.unsupported');
    expect(card.sent).toEqual([]);
    const beside = { protocol: `${ecdhGm}.1`, parameterId: 9 };
    expect(chosen(info, beside)).toBe('2.1 9');
  });

  test('chip authentication mapping before generic before integrated', () => {
    const offer = (arc: number) => ({ protocol: `0.4.0.127.0.7.2.2.4.${arc}.2`, parameterId: 13 });
    expect(chosen(offer(4), offer(2), offer(6))).toBe('6.2 13');
    expect(chosen(offer(4), offer(2))).toBe('2.2 13');
    expect(chosen({ protocol: '0.4.0.127.0.7.2.2.4.1.2', parameterId: 0 }, offer(4))).toBe('4.2 13');
  });

  test.each([
    ['P-224 has no integrated mapping', '4.2', 10],
    ['chip authentication mapping is over curves', '6.2', 0],
    ['numbers are no curve', '2.2', 0],
    ['a curve is no number', '1.2', 13],
  ])('%s', (_name, protocol, parameterId) => {
    expect(chosen({ protocol: `0.4.0.127.0.7.2.2.4.${protocol}`, parameterId })).toBeNull();
  });

  describe('a PACEInfo without parameters', () => {
    const info = encodeTlv(0x30, encodeOid(`${ecdhGm}.2`), encodeInteger(2));
    const domain = (algorithm: Uint8Array, parameterId?: number): Uint8Array =>
      encodeTlv(0x30, encodeOid(ecdhGm), algorithm, ...(parameterId === undefined ? [] : [encodeInteger(parameterId)]));
    const standardised = (id: number): Uint8Array => encodeTlv(0x30, encodeOid('0.4.0.127.0.7.1.2'), encodeInteger(id));
    const chosenFrom = (...infos: readonly Uint8Array[]) => choosePace(parseSecurityInfos(encodeTlv(0x31, ...infos)));

    test('and without any other word of them is taken for the curve of the cards that do so', () => {
      expect(chosenFrom(info)).toMatchObject({ group: { name: 'brainpoolP256r1' }, parameterId: null });
    });

    test('takes those of the only PACEDomainParameterInfo', () => {
      expect(chosenFrom(info, domain(standardised(13)))).toMatchObject({
        group: { name: 'brainpoolP256r1' },
        parameterId: 13,
      });
    });

    test('also where that gives a known curve in full', () => {
      const { p, a, b, generator, n, h } = curveByName('brainpoolP256r1').parameters;
      const explicit = (order: bigint): Uint8Array =>
        encodeTlv(
          0x30,
          encodeOid('1.2.840.10045.2.1'),
          encodeTlv(
            0x30,
            encodeInteger(1),
            encodeTlv(0x30, encodeOid('1.2.840.10045.1.1'), encodeInteger(p)),
            encodeTlv(0x30, encodeTlv(0x04, unsignedToBytes(a, 32)), encodeTlv(0x04, unsignedToBytes(b, 32))),
            encodeTlv(0x04, encodePoint(curveByName('brainpoolP256r1'), generator)),
            encodeInteger(order),
            encodeInteger(h),
          ),
        );
      expect(chosenFrom(info, domain(explicit(n), 40))).toMatchObject({
        group: { name: 'brainpoolP256r1' },
        parameterId: 40,
      });
      expect(chosenFrom(info, domain(explicit(n - 2n), 40))).toBeNull();
    });

    test('is not used where there are two, or numbers that nobody published', () => {
      expect(chosenFrom(info, domain(standardised(13)), domain(standardised(12)))).toBeNull();
      const own = encodeTlv(
        0x30,
        encodeOid('1.2.840.113549.1.3.1'),
        encodeTlv(0x30, encodeInteger((1n << 1024n) + 643n), encodeInteger(2)),
      );
      expect(
        chosenFrom(
          encodeTlv(0x30, encodeOid('0.4.0.127.0.7.2.2.4.1.2'), encodeInteger(2)),
          encodeTlv(0x30, encodeOid('0.4.0.127.0.7.2.2.4.1'), own),
        ),
      ).toBeNull();
    });
  });

  test('no PACEInfo at all is not an offer', async () => {
    const infos = parseSecurityInfos(cardAccess({ protocol: '0.4.0.127.0.7.2.2.2', version: 1 }));
    const failure = await failureFrom(performPace(new ChipChannel(answering()), infos, mrz, random));
    expect(failure.code).toBe('access.not-offered');
  });

  test('ids 0 to 2 and 8 to 18 are the groups of 9303-11 §9.5.1', () => {
    expect(Array.from({ length: 32 }, (_, id) => standardisedGroup(id)?.name ?? null)).toEqual([
      'MODP-1024-160',
      'MODP-2048-224',
      'MODP-2048-256',
      ...Array<null>(5).fill(null),
      ...curves.map(({ name }) => name),
      ...Array<null>(13).fill(null),
    ]);
  });
});
