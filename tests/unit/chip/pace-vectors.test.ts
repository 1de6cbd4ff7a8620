import { expect, test } from 'vitest';
import type { AccessKey } from '../../../main/chip/access-key.ts';
import { ChipChannel } from '../../../main/chip/channel.ts';
import { performPace } from '../../../main/chip/pace.ts';
import { pseudoRandomFieldElement } from '../../../main/chip/pace-integrated-mapping.ts';
import { parseSecurityInfos } from '../../../main/chip/security-infos.ts';
import { curveByName } from '../../../main/crypto/curves.ts';
import { encodeFieldElement } from '../../../main/crypto/point-encoding.ts';
import { bytesToUnsigned, encodePoint } from '../../../main/crypto/points.ts';
import type { RandomSource } from '../../../main/crypto/random.ts';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { decodeTlv, encodeTlv } from '../../../main/document/tlv.ts';
import { concat, fromHex, toHex } from '../../../main/result/bytes.ts';
import { answering } from '../../support/chip-cards.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';

interface Vector {
  readonly name: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly intermediate: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

const cases = [
  { name: 'pace-gm-ecdh-aes128', protocol: '0.4.0.127.0.7.2.2.4.2.2', parameterId: 13, parameters: 'brainpoolP256r1' },
  { name: 'pace-gm-dh-aes128', protocol: '0.4.0.127.0.7.2.2.4.1.2', parameterId: 0, parameters: 'MODP-1024-160' },
  { name: 'pace-im-ecdh-aes128', protocol: '0.4.0.127.0.7.2.2.4.4.2', parameterId: 13, parameters: 'brainpoolP256r1' },
  { name: 'pace-im-dh-aes128', protocol: '0.4.0.127.0.7.2.2.4.3.2', parameterId: 0, parameters: 'MODP-1024-160' },
  { name: 'pace-cam-ecdh-aes128', protocol: '0.4.0.127.0.7.2.2.4.6.2', parameterId: 13, parameters: 'brainpoolP256r1' },
] as const;

function vector(name: string): Vector {
  const { vectors } = JSON.parse(new TextDecoder().decode(realData('doc9303-vectors.json'))) as { vectors: Vector[] };
  const found = vectors.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no vector ${name}`);
  return found;
}

function field(values: Readonly<Record<string, string>>, ...names: readonly string[]): string {
  for (const name of names) {
    const value = values[name];
    if (value !== undefined) return value;
  }
  throw new Error(`no value ${names.join()}`);
}

const template = (...objects: readonly Uint8Array[]): Uint8Array => encodeTlv(0x7c, ...objects);
const answer = (data: Uint8Array): string => `${toHex(data)}9000`;

/** The chip's side of the example, and what the terminal must send. */
function scene(name: string) {
  const { inputs, intermediate, outputs } = vector(name);
  const values = { ...inputs, ...intermediate, ...outputs };
  const integrated = name.includes('-im-');
  // The examples give coordinates alone, and numbers at the prime's length.
  const publicKey = (hex: string): Uint8Array =>
    name.includes('-dh-') ? fromHex(hex.replace(/^(00)+/, '')) : concat(Uint8Array.of(4), fromHex(hex).slice(-64));
  const encryptedChipData = outputs.encrypted_chip_authentication_data;
  const responses = [
    '9000',
    answer(template(encodeTlv(0x80, fromHex(field(values, 'encrypted_nonce'))))),
    answer(
      template(encodeTlv(0x82, integrated ? new Uint8Array() : publicKey(field(values, 'chip_mapping_public_key')))),
    ),
    answer(template(encodeTlv(0x84, publicKey(field(values, 'chip_public_key'))))),
    answer(
      template(
        encodeTlv(0x86, fromHex(field(values, 'token_ic'))),
        ...(encryptedChipData === undefined ? [] : [encodeTlv(0x8a, fromHex(encryptedChipData))]),
      ),
    ),
  ];
  const sent = [
    integrated ? fromHex(field(values, 'terminal_nonce_t')) : publicKey(field(values, 'terminal_mapping_public_key')),
    publicKey(field(values, 'terminal_public_key')),
    fromHex(field(values, 'token_ifd')),
  ];
  const draws = [
    integrated ? field(values, 'terminal_nonce_t') : field(values, 'terminal_mapping_private_key'),
    field(values, 'terminal_private_key'),
  ].map(fromHex);
  const random: RandomSource = (length) => {
    const draw = draws.shift() ?? new Uint8Array();
    return concat(new Uint8Array(length - draw.length), draw);
  };
  const key: AccessKey =
    inputs.can === undefined
      ? { kind: 'mrz', information: field(inputs, 'mrz_information') }
      : { kind: 'can', can: inputs.can };
  return { responses, sent, random, key, outputs };
}

describeWithRealData('the worked examples of PACE', () => {
  test.each(cases)('$name', async ({ name, protocol, parameterId, parameters }) => {
    const { responses, sent, random, key, outputs } = scene(name);
    const infos = parseSecurityInfos(
      encodeTlv(0x31, encodeTlv(0x30, encodeOid(protocol), encodeInteger(2), encodeInteger(parameterId))),
    );
    const card = answering(...responses);
    const { session, evidence, mappingEvidence } = await performPace(new ChipChannel(card), infos, key, random);
    const bodies = card.sent.slice(2).map((command) => {
      const bytes = fromHex(command);
      return toHex(decodeTlv(bytes.subarray(5, -1)).children[0]?.value ?? new Uint8Array());
    });
    expect(bodies).toEqual(sent.map(toHex));
    expect(session.describe()).toMatchObject({ ksEnc: outputs.ks_enc, ksMac: outputs.ks_mac });
    expect(evidence.parameters).toBe(parameters);
    expect(
      mappingEvidence === null ? undefined : toHex(mappingEvidence.chipAuthenticationData ?? new Uint8Array()),
    ).toBe(outputs.chip_authentication_data);
  });

  test.each(['pace-im-ecdh-aes128', 'pace-im-dh-aes128'])('%s: the pseudo-random function', (name) => {
    const { inputs, intermediate } = vector(name);
    const prime =
      name === 'pace-im-dh-aes128'
        ? bytesToUnsigned(fromHex(field(inputs, 'prime')))
        : curveByName('brainpoolP256r1').parameters.p;
    const element = pseudoRandomFieldElement(
      'AES-128',
      fromHex(field(intermediate, 'nonce')),
      fromHex(field(inputs, 'terminal_nonce_t')),
      prime,
    );
    expect(element).toBe(bytesToUnsigned(fromHex(field(intermediate, 'field_element'))));
  });

  test('point encoding of 9303-11 App. B', () => {
    const { intermediate } = vector('pace-im-ecdh-aes128');
    const curve = curveByName('brainpoolP256r1');
    const point = encodeFieldElement(curve, bytesToUnsigned(fromHex(field(intermediate, 'field_element'))));
    const expected = fromHex(field(intermediate, 'mapped_generator'));
    const whole = expected.length === 65 ? expected : concat(Uint8Array.of(4), expected);
    expect(toHex(encodePoint(curve, point))).toBe(toHex(whole));
  });
});
