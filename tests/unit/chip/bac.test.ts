import { describe, expect, test } from 'vitest';
import { performBac } from '../../../main/chip/bac.ts';
import { ChipChannel } from '../../../main/chip/channel.ts';
import type { RandomSource } from '../../../main/crypto/random.ts';
import { fromHex } from '../../../main/result/bytes.ts';
import { answering, failureFrom } from '../../support/chip-cards.ts';

// 9303-11 D.3.
const information = 'L898902C<369080619406236';
const challenge = '4608f919887022129000';
const answer = '46b9342a41396cd7386bf5803104d7cedc122b9132139baf2eedc94ee178534f2f2d235d074d74499000';
const authenticate = '008200002872c29c2371cc9bdb65b779b8e8d37b29ecc154aa56a8799fae2f498f76ed92f25f1448eea8ad90a7';

function recordedRandom(): RandomSource {
  const left = ['781723860c06c226', '0b795240cb7049b01c19b33e32804f0b'];
  return (length) => {
    const bytes = fromHex(left.shift() ?? '00'.repeat(length));
    if (bytes.length !== length) throw new Error('another length was asked for');
    return bytes;
  };
}

test('the worked example of 9303-11 D.3', async () => {
  const card = answering(challenge, answer);
  const channel = new ChipChannel(card);
  const { evidence, session } = await performBac(channel, information, recordedRandom());
  expect(card.sent).toEqual(['0084000008', `${authenticate}28`]);
  expect(evidence).toEqual({ protocol: 'BAC', mapping: null, agreement: null, parameters: null, cipher: '3DES' });
  expect(channel.session).toBe(session);
  expect(session.describe()).toEqual({
    cipher: '3DES',
    ksEnc: '979ec13b1cbfe9dcd01ab0fed307eae5',
    ksMac: 'f1cb1f1fb5adf208806b89dc579dc1f8',
    ssc: '887022120c06c226',
  });
});

test.each(['6a88', '6700'])(
  'a chip that refuses Le with %s is asked once more without, after a new challenge',
  async (status) => {
    const card = answering(challenge, status, challenge, '6a88');
    const failure = await failureFrom(performBac(new ChipChannel(card), information, recordedRandom()));
    expect(failure.code).toBe('access.bac-failed');
    expect(card.sent).toHaveLength(4);
    expect(card.sent[1]).toBe(`${authenticate}28`);
    expect(card.sent[2]).toBe('0084000008');
    expect(card.sent[3]).toMatch(/^0082000028[0-9a-f]{80}$/);
  },
);

test('without Le the answer may have to be fetched', async () => {
  const random = recordedRandom();
  // The first run's numbers are not used again: the second run draws its own.
  const draws: Uint8Array[] = [];
  const card = answering(challenge, '6a88', challenge, '6128', answer);
  const source: RandomSource = (length) => {
    draws.push(new Uint8Array(length));
    return draws.length <= 2 ? new Uint8Array(length) : random(length);
  };
  const { session } = await performBac(new ChipChannel(card), information, source);
  expect(draws).toHaveLength(4);
  expect(card.sent[4]).toBe('00c0000028');
  expect(session.describe().ssc).toBe('887022120c06c226');
});

describe('a chip that refuses', () => {
  test.each(['6300', '6982', '6988'])('%s may be a wrong key, and is not tried again', async (status) => {
    const card = answering(challenge, status);
    const channel = new ChipChannel(card);
    const failure = await failureFrom(performBac(channel, information, recordedRandom()));
    expect(failure).toMatchObject({ code: 'access.wrong-key-maybe', fields: { status } });
    expect(card.sent).toHaveLength(2);
    expect(channel.session).toBeNull();
  });

  test.each([
    ['no challenge', ['6985']],
    ['a short challenge', ['4608f9199000']],
    ['another status', [challenge, '6f00']],
    ['no data', [challenge, '9000']],
    ['a wrong MAC', [challenge, answer.replace(/499000$/, '489000')]],
    ['an answer cut short', [challenge, `${answer.slice(0, 40)}9000`]],
  ])('%s', async (_name, responses) => {
    const channel = new ChipChannel(answering(...responses));
    const failure = await failureFrom(performBac(channel, information, recordedRandom()));
    expect(failure.code).toBe('access.bac-failed');
    expect(channel.session).toBeNull();
  });

  test('a chip that does not know GET CHALLENGE offers no BAC (ISO 7816-4 §5.1.5)', async () => {
    const card = answering('6d00');
    const failure = await failureFrom(performBac(new ChipChannel(card), information, recordedRandom()));
    expect(failure).toMatchObject({ code: 'access.not-offered', fields: { protocol: 'BAC', status: '6d00' } });
    expect(card.sent).toHaveLength(1);
  });

  test('an answer for other nonces is refused', async () => {
    const channel = new ChipChannel(answering('00000000000000009000', answer));
    const failure = await failureFrom(performBac(channel, information, recordedRandom()));
    expect(failure).toMatchObject({ code: 'access.bac-failed', fields: { reason: 'nonce' } });
  });

  test('a card that goes is said as such', async () => {
    const failure = await failureFrom(performBac(new ChipChannel(answering(challenge)), information, recordedRandom()));
    expect(failure.code).toBe('card.removed');
  });
});
