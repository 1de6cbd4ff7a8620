import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, fromHex } from '../../../main/result/bytes.ts';
import type { SimulatedChip } from '../../../main/simulator/chip/chip.ts';
import { chipOf, exchange, recorded, travelDocument } from './support.ts';

const selectApplication = `00a4040c07${travelDocument}`;
const externalAuthenticate =
  '008200002872c29c2371cc9bdb65b779b8e8d37b29ecc154aa56a8799fae2f498f76ed92f25f1448eea8ad90a728';
const commonData = fromHex('60145f0104303130365f36063034303030305c026175');

function chipOfTheExample(): SimulatedChip {
  const application = {
    identifier: fromHex(travelDocument),
    files: [
      { name: 'EF.COM', identifier: 0x011e, shortIdentifier: 0x1e, contents: commonData, access: 'protected' as const },
    ],
    fileControlInformation: null,
  };
  return chipOf(
    { applications: [application], passwords: { mrzInformation: 'L898902C<369080619406236', can: null } },
    recorded('4608f91988702212', '0b4f80323eb3191cb04970cb4052790b', '4608f91988702212'),
  );
}

function opened(): SimulatedChip {
  const chip = chipOfTheExample();
  exchange(chip, selectApplication);
  exchange(chip, '0084000008');
  exchange(chip, externalAuthenticate);
  return chip;
}

describe('BAC seen from the chip', () => {
  it('answers as in the worked example of 9303-11 D.3', () => {
    const chip = chipOfTheExample();
    expect(exchange(chip, selectApplication)).toBe('9000');
    expect(exchange(chip, '0084000008')).toBe('4608f919887022129000');
    expect(exchange(chip, externalAuthenticate)).toBe(
      '46b9342a41396cd7386bf5803104d7cedc122b9132139baf2eedc94ee178534f2f2d235d074d74499000',
    );
  });

  it('answers under secure messaging as in the worked example of 9303-11 D.4', () => {
    const chip = opened();
    expect(exchange(chip, '0ca4020c158709016375432908c044f68e08bf8b92d635ff24f800')).toBe(
      '990290008e08fa855a5d4c50a8ed9000',
    );
    expect(exchange(chip, '0cb000000d9701048e08ed6705417e96ba5500')).toBe(
      '8709019ff0ec34f9922651990290008e08ad55cc17140b2ded9000',
    );
    expect(exchange(chip, '0cb000040d9701128e082ea28a70f3c7b53500')).toBe(
      '871901fb9235f4e4037f2327dcc8964f1f9b8c30f42c8e2fff224a990290008e08c8b2787eaea07d749000',
    );
  });

  it('refuses an authenticator that does not fit with 6300, and then the challenge is spent', () => {
    const chip = chipOfTheExample();
    exchange(chip, selectApplication);
    exchange(chip, '0084000008');
    const wrong = externalAuthenticate.replace('5f1448', '5f1449');
    expect(exchange(chip, wrong)).toBe('6300');
    expect(exchange(chip, externalAuthenticate)).toBe('6985');
  });

  it('refuses an authentication of another challenge', () => {
    const chip = chipOf(
      { passwords: { mrzInformation: 'L898902C<369080619406236', can: null } },
      recorded('0000000000000000'),
    );
    exchange(chip, selectApplication);
    exchange(chip, '0084000008');
    expect(exchange(chip, externalAuthenticate)).toBe('6300');
  });

  it.each([
    ['without a challenge', [selectApplication], externalAuthenticate, '6985'],
    ['after another command', [selectApplication, '0084000008', '00b0810004'], externalAuthenticate, '6985'],
    ['outside the application', [], '0084000008', '6985'],
    ['with another length', [selectApplication], '0084000004', '6700'],
    ['with short data', [selectApplication, '0084000008'], '00820000020102', '6700'],
  ])('refuses it %s', (_, before, command, status) => {
    const chip = chipOfTheExample();
    for (const earlier of before) exchange(chip, earlier);
    expect(exchange(chip, command)).toBe(status);
  });

  it('is not known to a chip without it', () => {
    const chip = chipOf({ basicAccessControl: false });
    exchange(chip, selectApplication);
    expect(exchange(chip, '0084000008')).toBe('6d00');
    expect(exchange(chip, externalAuthenticate)).toBe('6d00');
  });
});

describe('the end of a session (9303-11 §9.8.3, §9.8.5)', () => {
  const read = '0cb000000d9701048e08ed6705417e96ba5500';

  it('comes with a command that is not protected', () => {
    const chip = opened();
    expect(exchange(chip, '00b09e0004')).toBe('6982');
    expect(exchange(chip, '0ca4020c158709016375432908c044f68e08bf8b92d635ff24f800')).toBe('6988');
  });

  it('comes with a wrong authenticator, and the right one helps no more', () => {
    const chip = opened();
    expect(exchange(chip, '0ca4020c158709016375432908c044f68e08bf8b92d635ff24f900')).toBe('6988');
    expect(exchange(chip, '0ca4020c158709016375432908c044f68e08bf8b92d635ff24f800')).toBe('6988');
  });

  it('comes with a command that was played before', () => {
    const chip = opened();
    const select = '0ca4020c158709016375432908c044f68e08bf8b92d635ff24f800';
    exchange(chip, select);
    expect(exchange(chip, select)).toBe('6988');
    expect(exchange(chip, read)).toBe('6988');
  });

  it('comes where the authenticator is missing', () => {
    expect(exchange(opened(), '0cb000000397010400')).toBe('6987');
  });

  it('comes with a reset', () => {
    const chip = opened();
    chip.reset();
    expect(exchange(chip, '0ca4020c158709016375432908c044f68e08bf8b92d635ff24f800')).toBe('6988');
  });

  it('comes with any protected command that the keys did not make', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 255 }), (data) => {
        const chip = opened();
        const command = concat(fromHex('0cb00000'), Uint8Array.of(data.length), data, Uint8Array.of(0));
        expect(chip.transmit(command)?.length).toBe(2);
        expect(exchange(chip, '0ca4020c158709016375432908c044f68e08bf8b92d635ff24f800')).toBe('6988');
      }),
    );
  });
});
