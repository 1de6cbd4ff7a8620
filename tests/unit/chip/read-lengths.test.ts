import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TransportLimits } from '../../../main/chip/card-transport.ts';
import { ChipChannel } from '../../../main/chip/channel.ts';
import { type LengthStep, lengthSteps, ReadLengths } from '../../../main/chip/read-lengths.ts';
import { SecureMessagingSession } from '../../../main/chip/secure-messaging.ts';
import { Failure } from '../../../main/result/failure.ts';
import { SecretBytes } from '../../../main/result/secret-bytes.ts';
import { extendedReader, FunctionCard, shortReader } from '../../support/chip-cards.ts';

function ladder({
  limits = extendedReader,
  cipher = null,
  start,
  sizes = 70_000,
}: {
  readonly limits?: TransportLimits;
  readonly cipher?: '3DES' | 'AES-128' | null;
  readonly start?: LengthStep;
  readonly sizes?: number;
} = {}): ReadLengths {
  const channel = new ChipChannel(new FunctionCard(() => null, limits));
  const key = (): SecretBytes => new SecretBytes(new Uint8Array(16).fill(7));
  if (cipher !== null)
    channel.startSession(new SecureMessagingSession(cipher, { encryption: key(), messageAuthentication: key() }));
  const lengths = new ReadLengths(channel, 'where-stated', start);
  lengths.learnSizes({ maxCommand: sizes, maxResponse: sizes });
  return lengths;
}

/** Every request that is made for a long file while nothing is borne. */
function requests(lengths: ReadLengths): string[] {
  const made: string[] = [];
  for (;;) {
    const read = lengths.next(100_000);
    made.push(`${read.form} ${read.length}`);
    if (!lengths.reduce(read, 'refused')) return made;
  }
}

describe('the ladder of lengths', () => {
  it('goes down step by step, the status word counted', () => {
    expect(requests(ladder())).toEqual([
      'extended 65533',
      'extended 4094',
      ...['256', '224', '192', '160', '112', '64', '32'].map((length) => `short ${length}`),
    ]);
  });

  it('leaves out steps that secure messaging makes no shorter: 231 and 223 are the most (dmrtd#14)', () => {
    expect(requests(ladder({ cipher: 'AES-128' })).slice(2, 5)).toEqual(['short 223', 'short 192', 'short 160']);
    expect(requests(ladder({ cipher: '3DES' })).slice(2, 5)).toEqual(['short 231', 'short 224', 'short 192']);
  });

  it('leaves out steps that chip or reader bear no shorter', () => {
    expect(requests(ladder({ sizes: 2_000 })).slice(0, 2)).toEqual(['extended 1998', 'short 256']);
    expect(requests(ladder({ limits: { ...extendedReader, maxResponse: 4_096 } })).slice(0, 2)).toEqual([
      'extended 4094',
      'short 256',
    ]);
    expect(requests(ladder({ limits: shortReader }))[0]).toBe('short 256');
    expect(requests(ladder({ limits: { ...shortReader, maxResponse: 253 } }))[0]).toBe('short 251');
  });

  it('begins where a reader is known to end, and then asks no chip for its buffer sizes', () => {
    expect(requests(ladder({ start: 4_096 }))[0]).toBe('extended 4094');
    expect(requests(ladder({ start: 192 }))[0]).toBe('short 192');
    const channel = new ChipChannel(new FunctionCard(() => null, extendedReader));
    expect(new ReadLengths(channel, 'where-stated', 256).wantsSizes).toBe(false);
    expect(new ReadLengths(channel, 'where-stated', 4_096).wantsSizes).toBe(true);
  });

  it('ends, whatever is asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300_000 }), { minLength: 40, maxLength: 60 }), (wishes) => {
        const lengths = ladder();
        let made = 0;
        for (const wish of wishes) if (lengths.reduce(lengths.next(wish), 'no-data')) made += 1;
        expect(made).toBeLessThan(lengthSteps.length);
      }),
    );
  });
});

describe('what is learnt', () => {
  it('is the step, the longest answer and what was given up', () => {
    const lengths = ladder();
    lengths.reduce(lengths.next(20_000), 'not-sent');
    lengths.worked(4_000);
    expect(lengths.report).toEqual({
      step: 4_096,
      longest: 4_000,
      givenUp: [{ step: 65_535, why: 'not-sent' }],
    });
  });

  it.each([
    ['secure-messaging.unprotected-answer', { status: '6700' }, 'refused'],
    ['secure-messaging.unprotected-answer', { status: '9000' }, 'garbled'],
    ['secure-messaging.mac-wrong', {}, 'garbled'],
    ['card.response-malformed', {}, 'garbled'],
    ['card.removed', {}, 'lost'],
    ['reader.lost', {}, 'lost'],
  ] as const)('%s %o at a length that never worked counts as %s', (code, fields, why) => {
    const lengths = ladder();
    lengths.ended(lengths.next(20_000), new Failure(code, fields));
    expect(lengths.report.givenUp).toEqual([{ step: 65_535, why }]);
  });

  it('blames no length that had worked', () => {
    const lengths = ladder();
    lengths.worked(20_000);
    lengths.ended(lengths.next(20_000), new Failure('card.removed'));
    expect(lengths.report.givenUp).toEqual([]);
  });
});
