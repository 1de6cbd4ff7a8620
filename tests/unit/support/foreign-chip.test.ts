import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../main/result/bytes.ts';
import {
  type ForeignBehaviour,
  ForeignChip,
  type ForeignDocument,
  plainBehaviour,
} from '../../support/foreign-chip/chip.ts';

// The chip by another hand is measured by the worked examples of Doc 9303, not by our terminal.

const commonData = {
  identifier: 0x011e,
  shortIdentifier: 0x1e,
  contents: fromHex('60145f0104303130365f36063034303030305c026175'),
  free: false,
};

function chipWith(
  document: Partial<ForeignDocument>,
  behaviour: Partial<ForeignBehaviour>,
  numbers: readonly string[],
) {
  const left = [...numbers];
  const whole: ForeignDocument = {
    masterFile: [],
    application: [commonData],
    mrzInformation: '',
    can: null,
    chipAuthenticationKey: null,
    ...document,
  };
  const random = (length: number): Uint8Array => fromHex((left.shift() ?? '').padStart(2 * length, '0'));
  const chip = new ForeignChip(whole, { ...plainBehaviour, ...behaviour }, random);
  return (command: string): string => toHex(chip.answer(fromHex(command)));
}

describe('BAC and 3DES secure messaging of 9303-11 D.3, D.4', () => {
  const opened = () => {
    const behaviour = { access: 'BAC', wrongKey: 0x6982 } as const;
    const numbers = ['4608f91988702212', '0b4f80323eb3191cb04970cb4052790b'];
    const answer = chipWith({ mrzInformation: 'L898902C<369080619406236' }, behaviour, numbers);
    expect(answer('00a4040c07a0000002471001')).toBe('9000');
    expect(answer('0084000008')).toBe('4608f919887022129000');
    return answer;
  };
  const authenticate = '008200002872c29c2371cc9bdb65b779b8e8d37b29ecc154aa56a8799fae2f498f76ed92f25f1448eea8ad90a728';

  it('answers as printed', () => {
    const answer = opened();
    expect(answer(authenticate)).toBe(
      '46b9342a41396cd7386bf5803104d7cedc122b9132139baf2eedc94ee178534f2f2d235d074d74499000',
    );
    expect(answer('0ca4020c158709016375432908c044f68e08bf8b92d635ff24f800')).toBe('990290008e08fa855a5d4c50a8ed9000');
    expect(answer('0cb000000d9701048e08ed6705417e96ba5500')).toBe(
      '8709019ff0ec34f9922651990290008e08ad55cc17140b2ded9000',
    );
    expect(answer('0cb000040d9701128e082ea28a70f3c7b53500')).toBe(
      '871901fb9235f4e4037f2327dcc8964f1f9b8c30f42c8e2fff224a990290008e08c8b2787eaea07d749000',
    );
  });

  it('refuses another key, and a challenge that was used', () => {
    const answer = opened();
    expect(answer(authenticate.replace('72c2', '72c3'))).toBe('6982');
    expect(answer(authenticate)).toBe('6985');
  });

  it('ends the session at a wrong MAC, at a missing one and at a plain command (§9.8.3, §9.8.5)', () => {
    const select = '0ca4020c158709016375432908c044f68e08bf8b92d635ff24f800';
    for (const [command, status] of [
      [select.replace('24f8', '24f9'), '6988'],
      ['0ca4020c0b8709016375432908c044f600', '6987'],
      ['00b09e0000', '6982'],
      ['00b0000000000100', '6700'],
    ] as const) {
      const answer = opened();
      answer(authenticate);
      expect(answer(command)).toBe(status);
      expect(answer(select)).toBe('6988');
    }
  });
});

describe('PACE with generic mapping over ECDH of 9303-11 G.1', () => {
  // The chip makes a private key of any number; one less gives the printed one.
  const oneLess = (hex: string): string => (BigInt(`0x${hex}`) - 1n).toString(16);
  const numbers = [
    '3f00c4d39d153f2b2a214a078d899b22',
    oneLess('498ff49756f2dc1587840041839a85982be7761d14715fb091efa7bce9058560'),
    oneLess('107cf58696ef6155053340fd633392ba81909df7b9706f226f32086c7aff974a'),
  ];
  const steps = [
    ['0022c1a40f800a04007f00070202040202830101', '9000'],
    ['10860000027c0000', '7c12801095a3a016522ee98d01e76cb6b98b42c39000'],
    [
      '10860000457c438141047acf3efc982ec45565a4b155129efbc74650dcbfa6362d896fc70262e0c2cc5e544552dcb6725218799115b55c9baa6d9f6bc3a9618e70c25af71777a9c4922d00',
      '7c43824104824fba91c9cbe26bef53a0ebe7342a3bf178cea9f45de0b70aa601651fba3f5730d8c879aaa9c9f73991e61b58f4d52eb87a0a0c709a49dc63719363ccd13c549000',
    ],
    [
      '10860000457c438341042db7a64c0355044ec9df190514c625cba2cea48754887122f3a5ef0d5edd301c3556f3b3b186df10b857b58f6a7eb80f20ba5dc7be1d43d9bf850149fbb3646200',
      '7c438441049e880f842905b8b3181f7af7caa9f0efb743847f44a306d2d28c1d9ec65df6db7764b22277a2eddc3c265a9f018f9cb852e111b768b326904b59a0193776f0949000',
    ],
  ] as const;
  const token = '008600000c7c0a8508c2b0bd78d94ba86600';
  const chip = () => chipWith({ mrzInformation: 'T22000129364081251010318' }, {}, numbers);

  it('answers as printed', () => {
    const answer = chip();
    for (const [command, response] of steps) expect(answer(command)).toBe(response);
    expect(answer(token)).toBe('7c0a86083abb9674bce93c089000');
  });

  it('refuses another token, and a step out of its order', () => {
    const answer = chip();
    for (const [command] of steps) answer(command);
    expect(answer(token.replace('c2b0', 'c2b1'))).toBe('6300');
    expect(answer(token)).toBe('6985');
    expect(chip()(token)).toBe('6985');
  });

  it('keeps its files from who did not open it (§4.4.2)', () => {
    const answer = chip();
    expect(answer('00a4040c07a0000002471001')).toBe('9000');
    expect(answer('00a4020c02011e')).toBe('6982');
    expect(answer('00b09e0000')).toBe('6982');
  });
});
