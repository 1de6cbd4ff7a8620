import { describe, expect, it } from 'vitest';
import { aesCmac, decryptAesCbc, encryptAesBlock } from '../../../main/crypto/aes.ts';
import { curveByName } from '../../../main/crypto/curves.ts';
import { dhGroups } from '../../../main/crypto/dh-groups.ts';
import { modularPower } from '../../../main/crypto/modular.ts';
import { padMethod2, unpadMethod2 } from '../../../main/crypto/padding.ts';
import { oidContents } from '../../../main/document/der.ts';
import { concat, fromHex, toHex } from '../../../main/result/bytes.ts';
import type { SimulatedChip } from '../../../main/simulator/chip/chip.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';
import { chipOf, exchange, profile, recorded, travelDocument } from './support.ts';

interface Vector {
  readonly name: string;
  readonly inputs: Record<string, string>;
  readonly intermediate: Record<string, string>;
  readonly outputs: Record<string, string>;
  readonly apdus: readonly { readonly command: string; readonly response: string }[];
}

function vector(name = 'pace-gm-ecdh-aes128'): Vector {
  const all: { vectors: Vector[] } = JSON.parse(new TextDecoder().decode(realData('doc9303-vectors.json')));
  const found = all.vectors.find((candidate) => candidate.name === name);
  if (found === undefined) throw new RangeError('vector missing');
  return found;
}

function shortest(hex: string): string {
  return hex.replace(/^(00)+/, '');
}

const brainpoolOrder = curveByName('brainpoolP256r1').parameters.n;

function remainder(hex: string | undefined, order: bigint): string {
  return (BigInt(`0x${hex}`) % order).toString(16).padStart(order.toString(16).length, '0');
}

function staticKey({ inputs, outputs }: Vector): bigint {
  const proof = BigInt(`0x${outputs.chip_authentication_data}`);
  return (
    (BigInt(`0x${inputs.chip_mapping_private_key}`) * modularPower(proof, brainpoolOrder - 2n, brainpoolOrder)) %
    brainpoolOrder
  );
}

function chipOfTheExample({ inputs, intermediate }: Vector): SimulatedChip {
  return chipOf(
    {},
    recorded(intermediate.nonce ?? '', inputs.chip_mapping_private_key ?? '', inputs.chip_private_key ?? ''),
  );
}

describeWithRealData('PACE seen from the chip', () => {
  it('answers as in the worked example of 9303-11 G.1', () => {
    const example = vector();
    const chip = chipOfTheExample(example);
    expect(example.apdus.map(({ command }) => exchange(chip, command))).toEqual(
      example.apdus.map(({ response }) => response),
    );
  });

  it.each([
    ['pace-gm-dh-aes128', 'G.2', '0.4.0.127.0.7.2.2.4.1.2', 0],
    ['pace-cam-ecdh-aes128', 'I.1', '0.4.0.127.0.7.2.2.4.6.2', 13],
  ])('%s: answers as in the worked example of 9303-11 %s', (name, _, protocol, parameterId) => {
    const { inputs, intermediate, apdus } = vector(name);
    const chip = chipOf(
      {
        pace: [{ protocol, parameterId }],
        passwords: { mrzInformation: inputs.mrz_information ?? '', can: null },
        mappingKey: {
          domain: { kind: 'ECDH', curve: curveByName('brainpoolP256r1') },
          // The private key of the example is not printed: it follows from CA_IC, which is SK_Map / SK_IC.
          privateKey: name.startsWith('pace-cam') ? staticKey(vector(name)) : 1n,
        },
      },
      recorded(
        intermediate.nonce ?? '',
        inputs.chip_mapping_private_key ?? '',
        // In I.1 it is not below the order; the same point comes of its remainder.
        name.startsWith('pace-cam')
          ? remainder(inputs.chip_private_key, brainpoolOrder)
          : (inputs.chip_private_key ?? ''),
      ),
    );
    // The example's chips also name a certification authority in DO 87 of their last answer, which is not for us.
    const withoutLast = apdus.slice(0, -1);
    expect(withoutLast.map(({ command }) => exchange(chip, command))).toEqual(
      withoutLast.map(({ response }) => response),
    );
    const { outputs } = vector(name);
    const tail = outputs.encrypted_chip_authentication_data;
    const body = `8608${outputs.token_ic}${tail === undefined ? '' : `8a30${tail}`}`;
    const length = (body.length / 2).toString(16).padStart(2, '0');
    expect(exchange(chip, apdus.at(-1)?.command ?? '')).toBe(`7c${length}${body}9000`);
  });

  it.each([
    ['pace-im-ecdh-aes128', 'H.1', '0.4.0.127.0.7.2.2.4.4.2', 13, '86'],
    ['pace-im-dh-aes128', 'H.2', '0.4.0.127.0.7.2.2.4.3.2', 0, '84'],
  ])('%s: comes to the keys and tokens of 9303-11 %s', (name, _, protocol, parameterId) => {
    const { inputs, intermediate, outputs } = vector(name);
    // In H.2 the private key is longer than the order of the mapped generator: the same element comes of its remainder.
    const privateKey =
      parameterId === 0
        ? remainder(inputs.chip_private_key, dhGroups[0]?.order ?? 0n)
        : (inputs.chip_private_key ?? '');
    const chip = chipOf(
      { pace: [{ protocol, parameterId }], passwords: { mrzInformation: null, can: inputs.can ?? '' } },
      recorded(intermediate.nonce ?? '', privateKey),
    );
    const object = (tag: string, value: string): string => {
      const bytes = value.length / 2;
      const length = bytes < 0x80 ? bytes.toString(16).padStart(2, '0') : `81${bytes.toString(16).padStart(2, '0')}`;
      return `${tag}${length}${value}`;
    };
    const point = (value: string | undefined): string => (parameterId === 0 ? '' : '04') + shortest(value ?? '');
    const send = (cla: string, value: string): string => {
      const data = object('7c', value);
      return exchange(chip, `${cla}860000${(data.length / 2).toString(16).padStart(2, '0')}${data}00`);
    };
    const oid = toHex(oidContents(protocol));
    expect(exchange(chip, `0022c1a40f800a${oid}830102`)).toBe('9000');
    expect(send('10', '')).toBe(`${object('7c', object('80', inputs.encrypted_nonce ?? ''))}9000`);
    expect(send('10', object('81', inputs.terminal_nonce_t ?? ''))).toBe('7c0282009000');
    expect(send('10', object('83', point(intermediate.terminal_public_key)))).toBe(
      `${object('7c', object('84', point(intermediate.chip_public_key)))}9000`,
    );
    expect(send('00', object('85', outputs.token_ifd ?? ''))).toBe(
      `${object('7c', object('86', outputs.token_ic ?? ''))}9000`,
    );
  });

  it('takes the reference of the domain parameters too', () => {
    const [, ...steps] = vector().apdus;
    const chip = chipOfTheExample(vector());
    expect(exchange(chip, '0022c1a412800a04007f0007020204020283010184010d')).toBe('9000');
    expect(steps.map(({ command }) => exchange(chip, command))).toEqual(steps.map(({ response }) => response));
  });

  it('then reads under AES secure messaging (9303-11 §9.8.4, §9.8.7)', () => {
    const example = vector();
    const chip = chipOfTheExample(example);
    for (const { command } of example.apdus) exchange(chip, command);
    const terminal = new Terminal(example.outputs.ks_enc ?? '', example.outputs.ks_mac ?? '');
    expect(terminal.exchange(chip, '0ca4040c', `8711 01 ${terminal.encrypted(travelDocument)}`)).toEqual(['', '9000']);
    const expected = toHex(profile().applications[0]?.files[0]?.contents.subarray(0, 223) ?? new Uint8Array());
    expect(terminal.exchange(chip, '0cb08100', '970100')).toEqual([expected, '9000']);
    expect(terminal.exchange(chip, '0cb08200', '970100')).toEqual(['', '6a82']);
  });

  it('answers 6300 to a wrong token, and the agreement is gone', () => {
    const example = vector();
    const chip = chipOfTheExample(example);
    const last = example.apdus.at(-1)?.command ?? '';
    for (const { command } of example.apdus.slice(0, -1)) exchange(chip, command);
    expect(exchange(chip, last.replace('c2b0bd', 'c2b0be'))).toBe('6300');
    expect(exchange(chip, last)).toBe('6985');
  });

  it('breaks the chain at a command between, or at a step out of order', () => {
    const example = vector();
    const [select = '', nonce = '', mapping = '', agreement = ''] = example.apdus.map(({ command }) => command);
    const between = chipOfTheExample(example);
    for (const command of [select, nonce, '00b09c0000']) exchange(between, command);
    expect(exchange(between, mapping)).toBe('6985');
    const outOfOrder = chipOfTheExample(example);
    for (const command of [select, nonce]) exchange(outOfOrder, command);
    expect(exchange(outOfOrder, agreement)).toBe('6a80');
  });

  it('wants the last command of the chain to say so, and only that one', () => {
    const example = vector();
    const early = chipOfTheExample(example);
    exchange(early, example.apdus[0]?.command ?? '');
    expect(exchange(early, '00860000027c0000')).toBe('6985');
    const late = chipOfTheExample(example);
    for (const { command } of example.apdus.slice(0, -1)) exchange(late, command);
    expect(exchange(late, `10${example.apdus.at(-1)?.command.slice(2)}`)).toBe('6883');
  });

  it('refuses a point that is not on the curve', () => {
    const example = vector();
    const chip = chipOfTheExample(example);
    for (const { command } of example.apdus.slice(0, 2)) exchange(chip, command);
    const mapping = example.apdus[2]?.command ?? '';
    expect(exchange(chip, `${mapping.slice(0, -4)}0000`)).toBe('6a80');
  });
});

describe('MSE:Set AT', () => {
  const second = { protocol: '0.4.0.127.0.7.2.2.4.2.2', parameterId: 12 };

  it.each([
    ['another protocol', '800a04007f00070202040204830101', '6a80'],
    ['no protocol', '830101', '6a80'],
    ['no password', '800a04007f00070202040202', '6a80'],
    ['other parameters', '800a04007f0007020204020283010184010c', '6a88'],
    ['a PIN', '800a04007f00070202040202830103', '6a88'],
    ['data that are no objects', '80ff', '6a80'],
  ])('refuses %s', (_, data, status) => {
    const length = (data.length / 2).toString(16).padStart(2, '0');
    expect(exchange(chipOf(), `0022c1a4${length}${data}`)).toBe(status);
  });

  it('refuses a CAN that the document does not have', () => {
    const chip = chipOf({ passwords: { mrzInformation: 'T22000129364081251010318', can: null } });
    expect(exchange(chip, '0022c1a40f800a04007f00070202040202830102')).toBe('6a88');
  });

  it('needs the reference where it alone tells the parameters apart', () => {
    const chip = chipOf({ pace: [...profile().pace, second] });
    expect(exchange(chip, '0022c1a40f800a04007f00070202040202830101')).toBe('6a88');
    expect(exchange(chip, '0022c1a412800a04007f0007020204020283010184010c')).toBe('9000');
  });

  it('is not for chip authentication, and not for a chip without PACE', () => {
    expect(exchange(chipOf(), '002241a40c800a04007f00070202030202')).toBe('6a86');
    expect(exchange(chipOf({ pace: [] }), '0022c1a40f800a04007f00070202040202830101')).toBe('6d00');
    expect(exchange(chipOf(), '10860000027c0000')).toBe('6985');
  });
});

/** The other side of AES secure messaging, written from 9303-11 §9.8.7 for what these tests send. */
class Terminal {
  readonly #encryptionKey: Uint8Array;
  readonly #authenticationKey: Uint8Array;
  #counter = 0;

  constructor(encryptionKey: string, authenticationKey: string) {
    this.#encryptionKey = fromHex(encryptionKey);
    this.#authenticationKey = fromHex(authenticationKey);
  }

  #counterBytes(counter: number): Uint8Array {
    const bytes = new Uint8Array(16);
    bytes[15] = counter;
    return bytes;
  }

  #mac(counter: number, ...parts: readonly Uint8Array[]): Uint8Array {
    const message = padMethod2(concat(this.#counterBytes(counter), ...parts), 16);
    return aesCmac(this.#authenticationKey, message).subarray(0, 8);
  }

  // One block of data as the next command carries it: CBC of one block is the cipher itself.
  encrypted(hex: string): string {
    const iv = encryptAesBlock(this.#encryptionKey, this.#counterBytes(this.#counter + 1));
    const block = padMethod2(fromHex(hex), 16).map((byte, index) => byte ^ (iv[index] ?? 0));
    return toHex(encryptAesBlock(this.#encryptionKey, block));
  }

  /** Sends these objects under that header; data and status of the answer. */
  exchange(chip: SimulatedChip, header: string, objects: string): readonly [string, string] {
    this.#counter++;
    const mac = this.#mac(this.#counter, padMethod2(fromHex(header), 16), fromHex(objects));
    const data = concat(fromHex(objects), fromHex('8e08'), mac);
    const response = exchange(chip, `${header}${data.length.toString(16).padStart(2, '0')}${toHex(data)}00`);
    this.#counter++;
    const body = fromHex(response.slice(0, -4));
    const covered = body.subarray(0, -10);
    expect(toHex(body.subarray(-8))).toBe(toHex(this.#mac(this.#counter, covered)));
    const cryptogram = covered.subarray(covered[0] !== 0x87 ? covered.length : covered[1] === 0x81 ? 4 : 3, -4);
    return [this.#decrypted(cryptogram), toHex(covered.subarray(-2))];
  }

  #decrypted(cryptogram: Uint8Array): string {
    if (cryptogram.length === 0) return '';
    const iv = encryptAesBlock(this.#encryptionKey, this.#counterBytes(this.#counter));
    const plain = unpadMethod2(decryptAesCbc(this.#encryptionKey, iv, cryptogram), 16);
    return plain === null ? 'badly padded' : toHex(plain);
  }
}
