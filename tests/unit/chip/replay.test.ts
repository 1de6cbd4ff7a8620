import { describe, expect, test } from 'vitest';
import { deriveKey } from '../../../main/chip/key-derivation.ts';
import { replayTranscript } from '../../../main/chip/replay.ts';
import { SecureMessagingSession } from '../../../main/chip/secure-messaging.ts';
import { concat, fromHex, toHex } from '../../../main/result/bytes.ts';
import { parseCommand } from '../../../main/simulator/chip/apdu.ts';
import { ChipSession } from '../../../main/simulator/chip/session.ts';
import { failureFrom } from '../../support/chip-cards.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';

interface Transcript {
  readonly [key: string]: unknown;
  readonly exchanges: readonly { readonly c: string; readonly r: string }[];
  readonly terminal_private_keys: readonly string[];
  readonly secure_messaging_after: { readonly ks_enc: string; readonly ks_mac: string; readonly ssc: string };
}

function transcript(name: string): Transcript {
  return JSON.parse(new TextDecoder().decode(realData(`transcripts/${name}.json`))) as Transcript;
}

describeWithRealData('recorded PACE with real chips', () => {
  test.each([
    ['pace-gm-ecdh-3des-NZ', '3DES', 8],
    ['pace-gm-ecdh-aes128-icao-worked-example', 'AES', 16],
  ] as const)('%s is made again byte for byte', async (name, cipher, counterLength) => {
    const recorded = transcript(name);
    const { ks_enc: ksEnc, ks_mac: ksMac } = recorded.secure_messaging_after;
    expect(await replayTranscript(recorded)).toEqual({
      matches: true,
      commands: 5,
      difference: null,
      secureMessaging: { cipher, ksEnc, ksMac, ssc: '00'.repeat(counterLength) },
    });
  });

  const name = 'pace-gm-ecdh-3des-NZ';

  test('another private key shows at the command that carries it', async () => {
    const recorded = transcript(name);
    const [first = '', second = ''] = recorded.terminal_private_keys;
    const result = await replayTranscript({
      ...recorded,
      terminal_private_keys: [first, second.replace(/00$/, '02').replace(/^8/, '7')],
    });
    expect(result).toMatchObject({ matches: false, commands: 4, secureMessaging: null });
    expect(result.difference).toMatchObject({ exchange: 4, expected: recorded.exchanges[3]?.c });
    expect(result.difference?.sent).not.toBe(recorded.exchanges[3]?.c);
  });

  test('another command in the recording is the difference', async () => {
    const recorded = transcript(name);
    const exchanges = recorded.exchanges.map((exchange, index) =>
      index === 1 ? { ...exchange, c: '10860000027c0001' } : exchange,
    );
    expect((await replayTranscript({ ...recorded, exchanges })).difference).toEqual({
      exchange: 2,
      expected: '10860000027c0001',
      sent: '10860000027c0000',
    });
  });

  test('a recording that ends early, and one that goes on', async () => {
    const recorded = transcript(name);
    const early = await replayTranscript({ ...recorded, exchanges: recorded.exchanges.slice(0, 3) });
    expect(early).toMatchObject({ matches: false, difference: { exchange: 4, expected: null } });
    const longer = await replayTranscript({
      ...recorded,
      exchanges: [...recorded.exchanges, { c: '00b00000', r: '9000' }],
    });
    expect(longer).toMatchObject({ matches: false, difference: { exchange: 6, expected: '00b00000', sent: null } });
  });

  test('a wrong recorded token fails as PACE does', async () => {
    const recorded = transcript(name);
    const exchanges = recorded.exchanges.map((exchange, index) =>
      index === 4 ? { ...exchange, r: '6300' } : exchange,
    );
    expect((await failureFrom(replayTranscript({ ...recorded, exchanges }))).code).toBe('access.wrong-key');
  });

  test.each([
    ['keys missing', []],
    ['a key too short', ['00ff', '00ff']],
  ])('%s', async (_name, keys) => {
    const failure = await failureFrom(replayTranscript({ ...transcript(name), terminal_private_keys: keys }));
    expect(failure.code).toBe('transcript.malformed');
  });
});

describeWithRealData('recorded chip and active authentication', () => {
  test.each([
    ['chip-authentication-AT', 2, 'AES'],
    ['chip-authentication-FR', 1, '3DES'],
  ] as const)('%s is made again byte for byte, and what follows verifies', async (name, commands, cipher) => {
    const recorded = transcript(name);
    const { ks_enc: ksEnc, ks_mac: ksMac, ssc } = recorded.secure_messaging_after;
    expect(await replayTranscript(recorded)).toEqual({
      matches: true,
      commands,
      difference: null,
      secureMessaging: { cipher, ksEnc, ksMac, ssc },
    });
  });

  // 9303-11 §6.2.4: 3DES by MSE:Set KAT, or by MSE:Set AT and GENERAL AUTHENTICATE; this house begins with the first.
  test('chip authentication with 3DES by MSE:Set AT follows the recorded form, and says so', async () => {
    const recorded = transcript('chip-authentication-MY');
    const { ks_enc: ksEnc, ks_mac: ksMac, ssc } = recorded.secure_messaging_after;
    expect(await replayTranscript(recorded)).toEqual({
      matches: true,
      commands: 2,
      difference: null,
      followed: 'MSE:Set AT',
      secureMessaging: { cipher: '3DES', ksEnc, ksMac, ssc },
    });
  });

  test('PACE that names no parameters follows the recorded form, and says so (9303-11 §4.4.4.1)', async () => {
    const recorded = transcript('pace-gm-ecdh-3des-NZ');
    const [first, ...rest] = recorded.exchanges;
    const command = fromHex(first?.c ?? '');
    const shorter = concat(command.subarray(0, 4), Uint8Array.of(command.length - 8), command.subarray(5, -3));
    const exchanges = [{ c: toHex(shorter), r: '9000' }, ...rest];
    expect(toHex(command.subarray(-3, -1))).toBe('8401');
    expect(await replayTranscript({ ...recorded, exchanges })).toMatchObject({
      matches: true,
      followed: 'MSE:Set AT without DO 84',
    });
  });

  test('active authentication is made again, and the signature of the real chip verifies', async () => {
    expect(await replayTranscript(transcript('active-authentication-rsa'))).toMatchObject({
      matches: true,
      commands: 1,
      difference: null,
      secureMessaging: { ssc: '00000000000000ce' },
    });
  });

  test('another key of DG15: the signature is wrong', async () => {
    const recorded = transcript('active-authentication-rsa');
    const changed = String(recorded.ef_dg15).replace('bb8f93f4', 'bb8f93f5');
    expect((await failureFrom(replayTranscript({ ...recorded, ef_dg15: changed }))).code).toBe(
      'active-authentication.failed',
    );
  });

  test.each(['chip-authentication-AT', 'chip-authentication-FR'])('%s: another private key shows', async (name) => {
    const recorded = transcript(name);
    const result = await replayTranscript({ ...recorded, terminal_private_key: `01${'00'.repeat(31)}` });
    expect(result).toMatchObject({ matches: false, secureMessaging: null });
  });

  test('other commands than those of the protocols', async () => {
    const recorded = transcript('chip-authentication-AT');
    const failure = await failureFrom(replayTranscript({ ...recorded, exchanges: recorded.exchanges.slice(2) }));
    expect(failure.code).toBe('transcript.protocol-unknown');
  });

  test.each([
    ['a short counter', { cipher: 'AES', ks_enc: '00'.repeat(16), ks_mac: '00'.repeat(16), ssc: '00' }],
    ['keys of two lengths', { cipher: 'AES', ks_enc: '00'.repeat(16), ks_mac: '00'.repeat(24), ssc: '00'.repeat(16) }],
    ['a key of no cipher', { cipher: 'TDES', ks_enc: '00'.repeat(24), ks_mac: '00'.repeat(24), ssc: '00'.repeat(8) }],
  ])('%s', async (_name, before) => {
    const recorded = { ...transcript('chip-authentication-AT'), secure_messaging_before: before };
    expect((await failureFrom(replayTranscript(recorded))).code).toBe('transcript.malformed');
  });
});

describeWithRealData('what was recorded after PACE', () => {
  const secret = fromHex('28768d20701247dae81804c9e780ede582a9996db4a315020b2733197db84925');
  const commands = [
    { cla: 0, ins: 0xa4, p1: 4, p2: 12, data: fromHex('a0000002471001') },
    { cla: 0, ins: 0xb0, p1: 0x9e, p2: 0, expectedLength: 223 },
  ];

  /** The worked example, then commands under its keys, answered by a chip written apart. */
  function longerTranscript(form: 'short' | 'extended'): Transcript {
    const recorded = transcript('pace-gm-ecdh-aes128-icao-worked-example');
    const terminal = new SecureMessagingSession('AES-128', {
      encryption: deriveKey(secret, 'encryption', 'AES-128'),
      messageAuthentication: deriveKey(secret, 'messageAuthentication', 'AES-128'),
    });
    const chip = new ChipSession('AES-128', secret);
    const more = commands.map((command) => {
      const sent = terminal.protect(command, form);
      const received = parseCommand(sent);
      if (received === null) throw new Error('our command is none');
      chip.unprotect(received);
      const response = chip.protect({ data: fromHex('6000'), status: 0x9000 }, false);
      terminal.unprotect(response);
      return { c: toHex(sent), r: toHex(response) };
    });
    return { ...recorded, exchanges: [...recorded.exchanges, ...more] };
  }

  test.each(['short', 'extended'] as const)('is verified both ways and moves the counter (%s)', async (form) => {
    const result = await replayTranscript(longerTranscript(form));
    expect(result).toMatchObject({ matches: true, commands: 5, difference: null });
    expect(result.secureMessaging?.ssc).toBe('4'.padStart(32, '0'));
  });

  test.each([
    ['a changed command', 'c', 5],
    ['a changed answer', 'r', 6],
  ] as const)('%s is the difference', async (_name, side, index) => {
    const recorded = longerTranscript('short');
    const exchanges = recorded.exchanges.map((exchange, at) => {
      if (at !== index) return exchange;
      const digit = exchange[side].at(-8) === '0' ? '1' : '0';
      return { ...exchange, [side]: `${exchange[side].slice(0, -8)}${digit}${exchange[side].slice(-7)}` };
    });
    const result = await replayTranscript({ ...recorded, exchanges });
    expect(result.difference).toMatchObject({ exchange: index + 1, expected: exchanges[index]?.c, sent: null });
    expect(result.secureMessaging?.ksEnc).toBe(recorded.secure_messaging_after.ks_enc);
  });
});

describe('what is no transcript', () => {
  const exchange = { c: '0022c1a412800a04007f0007020204020183010184010d', r: '9000' };
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'transcript'],
    ['a list', []],
    ['an empty object', {}],
    ['no exchanges', { exchanges: [] }],
    ['exchanges of another form', { exchanges: [{ command: '00', response: '9000' }] }],
    ['no hex', { exchanges: [{ c: 'zz', r: '9000' }] }],
    ['half a byte', { exchanges: [{ c: '002', r: '9000' }] }],
    ['too many exchanges', { exchanges: Array(2_000).fill(exchange) }],
    ['PACE without the rest', { exchanges: [exchange] }],
    ['PACE without a password', { exchanges: [exchange], ef_card_access: '3100', terminal_private_keys: ['00'] }],
    [
      'an MRZ that is none',
      {
        exchanges: [exchange],
        ef_card_access: '3100',
        terminal_private_keys: ['00'],
        mrz: { document_number: 'Å', date_of_birth: '1', date_of_expiry: '' },
      },
    ],
    [
      'two passwords',
      {
        exchanges: [exchange],
        ef_card_access: '3100',
        terminal_private_keys: ['00'],
        can: '123456',
        mrz: { document_number: 'A1', date_of_birth: '640812', date_of_expiry: '101031' },
      },
    ],
  ])('%s', async (_name, json) => {
    expect((await failureFrom(replayTranscript(json))).code).toBe('transcript.malformed');
  });
});
