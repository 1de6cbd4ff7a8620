import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChipChannel } from '../../../main/chip/channel.ts';
import { type CipherSuite, deriveKey } from '../../../main/chip/key-derivation.ts';
import { SecureMessagingSession } from '../../../main/chip/secure-messaging.ts';
import { aesCmac, encryptAesBlock, encryptAesCbc } from '../../../main/crypto/aes.ts';
import { padMethod2 } from '../../../main/crypto/padding.ts';
import { concat, fromHex, toHex } from '../../../main/result/bytes.ts';
import { Failure } from '../../../main/result/failure.ts';
import { SecretBytes } from '../../../main/result/secret-bytes.ts';
import { type Command, encodeResponse, parseCommand, type Response } from '../../../main/simulator/chip/apdu.ts';
import { ChipSession } from '../../../main/simulator/chip/session.ts';
import { FunctionCard, failureFrom, shortReader } from '../../support/chip-cards.ts';
import { failureCodeOf, failureOf } from '../../support/failure-code.ts';

const suites: readonly CipherSuite[] = ['3DES', 'AES-128', 'AES-192', 'AES-256'];
const secret = fromHex('28768d20701247dae81804c9e780ede582a9996db4a315020b2733197db84925');

function terminalSession(cipher: CipherSuite): SecureMessagingSession {
  return new SecureMessagingSession(cipher, {
    encryption: deriveKey(secret, 'encryption', cipher),
    messageAuthentication: deriveKey(secret, 'messageAuthentication', cipher),
  });
}

function workedExample(): SecureMessagingSession {
  const keys = {
    encryption: new SecretBytes(fromHex('979ec13b1cbfe9dcd01ab0fed307eae5')),
    messageAuthentication: new SecretBytes(fromHex('f1cb1f1fb5adf208806b89dc579dc1f8')),
  };
  return new SecureMessagingSession('3DES', keys, fromHex('887022120c06c226'));
}

describe('9303-11 D.4: reading EF.COM under 3DES', () => {
  const steps = [
    {
      plain: { cla: 0, ins: 0xa4, p1: 0x02, p2: 0x0c, data: fromHex('011e') },
      command: '0ca4020c158709016375432908c044f68e08bf8b92d635ff24f800',
      response: '990290008e08fa855a5d4c50a8ed9000',
      data: '',
    },
    {
      plain: { cla: 0, ins: 0xb0, p1: 0x00, p2: 0x00, expectedLength: 4 },
      command: '0cb000000d9701048e08ed6705417e96ba5500',
      response: '8709019ff0ec34f9922651990290008e08ad55cc17140b2ded9000',
      data: '60145f01',
    },
    {
      plain: { cla: 0, ins: 0xb0, p1: 0x00, p2: 0x04, expectedLength: 0x12 },
      command: '0cb000040d9701128e082ea28a70f3c7b53500',
      response: '871901fb9235f4e4037f2327dcc8964f1f9b8c30f42c8e2fff224a990290008e08c8b2787eaea07d749000',
      data: '04303130365f36063034303030305c026175',
    },
  ];

  test('commands and answers', () => {
    const session = workedExample();
    for (const { plain, command, response, data } of steps) {
      expect(toHex(session.protect(plain, 'short'))).toBe(command);
      const answer = session.unprotect(fromHex(response));
      expect(toHex(answer.data)).toBe(data);
      expect(answer.status).toBe(0x9000);
    }
    expect(session.describe()).toEqual({
      cipher: '3DES',
      ksEnc: '979ec13b1cbfe9dcd01ab0fed307eae5',
      ksMac: 'f1cb1f1fb5adf208806b89dc579dc1f8',
      ssc: '887022120c06c22c',
    });
  });

  test('a command that was never answered may be sent again under the same counter', () => {
    const session = workedExample();
    const [first] = steps;
    if (first === undefined) throw new Error('no step');
    session.protect({ ...first.plain, expectedLength: 1_000 }, 'extended');
    expect(toHex(session.protect(first.plain, 'short'))).toBe(first.command);
    expect(session.unprotect(fromHex(first.response)).status).toBe(0x9000);
  });
});

describe.each(suites)('%s', (cipher) => {
  const command = fc.record({
    ins: fc.constantFrom(0xa4, 0xb0, 0xb1, 0x86),
    p1: fc.integer({ min: 0, max: 255 }),
    p2: fc.integer({ min: 0, max: 255 }),
    data: fc.uint8Array({ maxLength: 200 }),
    expectedLength: fc.option(fc.integer({ min: 1, max: 256 }), { nil: undefined }),
  });
  const answer = fc.record({
    data: fc.uint8Array({ maxLength: 300 }),
    status: fc.constantFrom(0x9000, 0x6282, 0x6a82),
  });

  test('a chip written apart reads our commands, and we its answers', () => {
    const rounds = fc.array(fc.tuple(command, answer), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rounds, (conversation) => {
        const terminal = terminalSession(cipher);
        const chip = new ChipSession(cipher, secret);
        for (const [{ expectedLength, ...rest }, response] of conversation) {
          const plain = { cla: 0, ...rest, ...(expectedLength === undefined ? {} : { expectedLength }) };
          const form = rest.data.length > 180 ? 'extended' : 'short';
          const received = parseCommand(terminal.protect(plain, form));
          const inner = received === null ? null : chip.unprotect(received);
          expect(inner).toMatchObject({ cla: 0, ins: rest.ins, p1: rest.p1, p2: rest.p2 });
          if (inner === null || typeof inner === 'number') continue;
          expect(inner.data).toEqual(rest.data);
          expect(inner.expected).toBe(expectedLength ?? null);
          const odd = (rest.ins & 1) === 1;
          expect(terminal.unprotect(chip.protect(response, odd))).toEqual(response);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('any change of an answer ends the session for good', () => {
    const changes = fc.tuple(fc.nat({ max: 10_000 }), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), changes, (data, [place, difference]) => {
        const terminal = terminalSession(cipher);
        const chip = new ChipSession(cipher, secret);
        const received = parseCommand(
          terminal.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 0, expectedLength: 60 }, 'short'),
        );
        if (received === null) throw new Error('our command is none');
        chip.unprotect(received);
        const response = chip.protect({ data, status: 0x9000 }, false);
        const at = place % (response.length - 2);
        const changed = response.with(at, (response[at] ?? 0) ^ difference);
        const code = failureCodeOf(() => terminal.unprotect(changed));
        expect(code).toMatch(/^secure-messaging\.(mac-wrong|malformed|unprotected-answer)$/);
        expect(terminal.ended).toBe(true);
        expect(failureCodeOf(() => terminal.unprotect(response))).toBe('secure-messaging.ended');
        expect(failureCodeOf(() => terminal.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 0 }, 'short'))).toBe(
          'secure-messaging.ended',
        );
      }),
      { numRuns: 60 },
    );
  });

  test('an answer cannot be played twice', () => {
    const terminal = terminalSession(cipher);
    const chip = new ChipSession(cipher, secret);
    const select = { cla: 0, ins: 0xa4, p1: 2, p2: 12, data: fromHex('0101') };
    const received = parseCommand(terminal.protect(select, 'short'));
    if (received === null) throw new Error('our command is none');
    chip.unprotect(received);
    const response = chip.protect({ data: new Uint8Array(), status: 0x9000 }, false);
    terminal.unprotect(response);
    terminal.protect(select, 'short');
    expect(failureCodeOf(() => terminal.unprotect(response))).toBe('secure-messaging.mac-wrong');
  });
});

test('arithmetic of lengths: 231 bytes with 3DES, 223 with AES in a short answer', () => {
  for (const cipher of suites) {
    const session = terminalSession(cipher);
    expect(session.dataWithin(258)).toBe(cipher === '3DES' ? 231 : 223);
    for (let limit = 40; limit < 1_200; limit++) {
      const most = session.dataWithin(limit);
      const protectedLength = (length: number): number =>
        new ChipSession(cipher, secret).protect({ data: new Uint8Array(length), status: 0x9000 }, false).length;
      expect(protectedLength(most)).toBeLessThanOrEqual(limit);
    }
    expect(session.dataWithin(10)).toBe(0);
  }
});

describe('answers that are none', () => {
  test.each([
    ['a plain status', '6982', 'secure-messaging.unprotected-answer'],
    ['plain success', '9000', 'secure-messaging.unprotected-answer'],
    ['plain 6700 of a chip that dropped its keys', '6700', 'secure-messaging.unprotected-answer'],
    ['data without MAC', '990290009000', 'secure-messaging.unprotected-answer'],
    ['MAC alone', '8e08fa855a5d4c50a8ed9000', 'secure-messaging.malformed'],
    ['MAC before status', '8e08fa855a5d4c50a8ed990290009000', 'secure-messaging.unprotected-answer'],
    ['a cut MAC', '990290008e08fa855a5d9000', 'secure-messaging.unprotected-answer'],
    ['a MAC of four bytes', '990290008e04fa855a5d9000', 'secure-messaging.unprotected-answer'],
    ['a status of one byte', '9901908e08fa855a5d4c50a8ed9000', 'secure-messaging.malformed'],
    ['a wrong MAC', '990290008e08fa855a5d4c50a8ee9000', 'secure-messaging.mac-wrong'],
    ['two cryptograms', '870101870101990290008e08fa855a5d4c50a8ed9000', 'secure-messaging.malformed'],
    ['a foreign object first', '810101990290008e08fa855a5d4c50a8ed9000', 'secure-messaging.malformed'],
    ['a foreign object between', '990290008101018e08fa855a5d4c50a8ed9000', 'secure-messaging.malformed'],
    ['a MAC in another object', '990290000a0a8e08fa855a5d4c50a8ed9000', 'secure-messaging.malformed'],
    [
      'a wrong padding indicator',
      '8709029ff0ec34f9922651990290008e08ad55cc17140b2ded9000',
      'secure-messaging.malformed',
    ],
    ['many objects', `${'9900'.repeat(60)}8e08fa855a5d4c50a8ed9000`, 'secure-messaging.malformed'],
    ['nested objects', `${'3080'.repeat(40)}8e08fa855a5d4c50a8ed9000`, 'secure-messaging.malformed'],
    ['data of a file in plain', '60145f0104303130379000', 'secure-messaging.unprotected-answer'],
    ['an image in plain', `87${'11'.repeat(60)}9000`, 'secure-messaging.unprotected-answer'],
  ])('%s', (_name, response, code) => {
    const session = workedExample();
    session.protect({ cla: 0, ins: 0xa4, p1: 2, p2: 12, data: fromHex('011e') }, 'short');
    expect(failureCodeOf(() => session.unprotect(fromHex(response)))).toBe(code);
    expect(session.ended).toBe(true);
  });

  test('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const session = workedExample();
        const code = failureCodeOf(() => session.unprotect(bytes));
        expect(code).toMatch(/^(secure-messaging\.|card\.response-malformed)/);
        expect(session.ended).toBe(true);
      }),
    );
  });

  test('an authentic answer with broken padding is malformed', () => {
    const terminal = terminalSession('AES-128');
    terminal.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 0, expectedLength: 1 }, 'short');
    const counter = new Uint8Array(16).with(15, 2);
    const encryptionKey = deriveKey(secret, 'encryption', 'AES-128').reveal();
    const unpadded = encryptAesCbc(encryptionKey, encryptAesBlock(encryptionKey, counter), new Uint8Array(16));
    const objects = concat(fromHex('871101'), unpadded, fromHex('99029000'));
    const mac = aesCmac(
      deriveKey(secret, 'messageAuthentication', 'AES-128').reveal(),
      padMethod2(concat(counter, objects), 16),
    ).subarray(0, 8);
    const response = concat(objects, fromHex('8e08'), mac, fromHex('9000'));
    expect(failureOf(() => terminal.unprotect(response))).toMatchObject({
      code: 'secure-messaging.malformed',
      fields: { reason: 'padding' },
    });
  });
});

describe('the channel under secure messaging', () => {
  function protectedCard(
    respond: (command: Command) => { readonly data: Uint8Array; readonly status: number },
    corrupt: (response: Uint8Array, number: number) => Uint8Array = (response) => response,
  ): FunctionCard {
    const chip = new ChipSession('AES-128', secret);
    return new FunctionCard((bytes, number) => {
      const command = parseCommand(bytes);
      const inner = command === null ? 0x6700 : chip.unprotect(command);
      if (typeof inner === 'number') return encodeResponse({ data: new Uint8Array(), status: inner });
      return corrupt(chip.protect(respond(inner) as Response, (inner.ins & 1) === 1), number);
    }, shortReader);
  }

  function channelTo(card: FunctionCard): ChipChannel {
    const channel = new ChipChannel(card);
    channel.startSession(terminalSession('AES-128'));
    return channel;
  }

  const read = { cla: 0, ins: 0xb0, p1: 0, p2: 0, expectedLength: 223 };

  test('6Cxx that is itself protected is followed under a new counter', async () => {
    const card = protectedCard(({ expected }) =>
      expected === 5 ? { data: new Uint8Array(5), status: 0x9000 } : { data: new Uint8Array(), status: 0x6c05 },
    );
    expect(await channelTo(card).send(read)).toEqual({ data: new Uint8Array(5), status: 0x9000, lengthNamed: 5 });
    expect(card.sent).toHaveLength(2);
  });

  test('61xx that is itself protected is followed by a protected GET RESPONSE', async () => {
    const card = protectedCard(({ ins }) =>
      ins === 0xc0 ? { data: fromHex('0304'), status: 0x9000 } : { data: fromHex('0102'), status: 0x6102 },
    );
    expect((await channelTo(card).send(read)).data).toEqual(fromHex('01020304'));
    expect(card.sent[1]).toMatch(/^0cc00000/);
  });

  test.each(['6c05', '6102', '9000'])('a plain %s ends the session, and nothing is sent any more', async (status) => {
    const card = protectedCard(
      () => ({ data: new Uint8Array(4), status: 0x9000 }),
      (response, number) => (number === 2 ? fromHex(status) : response),
    );
    const channel = channelTo(card);
    await channel.send(read);
    expect((await failureFrom(channel.send(read))).code).toBe('secure-messaging.unprotected-answer');
    expect((await failureFrom(channel.send(read))).code).toBe('secure-messaging.ended');
    expect(card.sent).toHaveLength(2);
    expect(channel.session?.ended).toBe(true);
  });

  test('protected loops end as plain ones do', async () => {
    const failure = await failureFrom(
      channelTo(protectedCard(() => ({ data: new Uint8Array(), status: 0x6c05 }))).send(read),
    );
    expect(failure.code).toBe('card.loop');
  });

  test('a new session ends the one before it', async () => {
    const channel = channelTo(protectedCard(() => ({ data: concat(), status: 0x9000 })));
    const before = channel.session;
    channel.startSession(terminalSession('AES-256'));
    expect(before?.ended).toBe(true);
    expect(() => before?.protect(read, 'short')).toThrow(Failure);
  });
});

test('a session shows no key in JSON', () => {
  expect(JSON.stringify({ session: workedExample() })).toBe('{"session":"[session]"}');
});
