import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { performBac } from '../../../main/chip/bac.ts';
import { ChipChannel } from '../../../main/chip/channel.ts';
import { deriveKey } from '../../../main/chip/key-derivation.ts';
import { performPace } from '../../../main/chip/pace.ts';
import { ChipFiles } from '../../../main/chip/read-file.ts';
import { SecureMessagingSession } from '../../../main/chip/secure-messaging.ts';
import { parseSecurityInfos } from '../../../main/chip/security-infos.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat, fromHex } from '../../../main/result/bytes.ts';
import { extendedReader, FunctionCard, failureFrom } from '../../support/chip-cards.ts';

const statuses = [
  '9000',
  '9000',
  '9000',
  '6282',
  '6b00',
  '6c10',
  '6110',
  '6982',
  '6a82',
  '6700',
  '6300',
  '63c1',
  '0000',
];
const templates = [0x80, 0x82, 0x84, 0x86].map((tag) =>
  fc.uint8Array({ maxLength: 70 }).map((value) => encodeTlv(0x7c, encodeTlv(tag, value))),
);
const beginnings = ['61', '7583', '758203', '7780', '778030', '5303', '31', ''].map(fromHex);
const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  ...templates,
  fc
    .tuple(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 200 }))
    .map(([begin, rest]) => concat(begin, rest)),
);
const responses = fc.array(
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.tuple(bodies, fc.constantFrom(...statuses.map(fromHex))).map((parts) => concat(...parts)),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 4 }) },
  ),
  { minLength: 1, maxLength: 12 },
);

/** Answers in turn, over and over: hostile, but never silent. */
function hostile(answers: readonly Uint8Array[]): FunctionCard {
  return new FunctionCard((_command, number) => answers[number % answers.length] ?? null, extendedReader);
}

// A dishonest file ends within its bound of exchanges; the longest is DG2 of 256 KB in blocks of 48 bytes.
const mostExchanges = 7_000;

describe('whatever a chip answers, the end is a named failure, soon', () => {
  test('reading a file', async () => {
    await fc.assert(
      fc.asyncProperty(responses, async (answers) => {
        const card = hostile(answers);
        const files = new ChipFiles(new ChipChannel(card), { extendedLength: 'always' });
        const outcome = await Promise.allSettled([files.read('EF.DG2')]);
        if (outcome[0]?.status === 'rejected') await failureFrom(Promise.reject(outcome[0].reason));
        expect(card.sent.length).toBeLessThan(mostExchanges);
      }),
      { numRuns: 300 },
    );
  });

  test('reading a file under secure messaging', async () => {
    await fc.assert(
      fc.asyncProperty(responses, async (answers) => {
        const card = hostile(answers);
        const channel = new ChipChannel(card);
        const keys = {
          encryption: deriveKey(fromHex('00'), 'encryption', 'AES-128'),
          messageAuthentication: deriveKey(fromHex('00'), 'messageAuthentication', 'AES-128'),
        };
        channel.startSession(new SecureMessagingSession('AES-128', keys));
        const failure = await failureFrom(new ChipFiles(channel).read('EF.DG1'));
        expect(failure.code).toMatch(/^(secure-messaging\.|card\.response-malformed)/);
        expect(card.sent).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  });

  test('basic access control', async () => {
    await fc.assert(
      fc.asyncProperty(responses, async (answers) => {
        const card = hostile(answers);
        const run = performBac(new ChipChannel(card), 'L898902C<369080619406236', (length) => new Uint8Array(length));
        expect((await failureFrom(run)).code).toMatch(/^(access|card)\./);
        expect(card.sent.length).toBeLessThan(1_100);
      }),
      { numRuns: 200 },
    );
  });

  test('PACE', async () => {
    const infos = parseSecurityInfos(fromHex('31143012060a04007f0007020204020202010202010d'));
    await fc.assert(
      fc.asyncProperty(responses, async (answers) => {
        const card = hostile(answers);
        const channel = new ChipChannel(card);
        const run = performPace(channel, infos, { kind: 'can', can: '123456' }, (length) =>
          new Uint8Array(length).fill(1),
        );
        expect((await failureFrom(run)).code).toMatch(/^(access|card)\./);
        expect(channel.session).toBeNull();
      }),
      { numRuns: 200 },
    );
  });
});
