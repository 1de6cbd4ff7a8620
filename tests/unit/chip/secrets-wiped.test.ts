import { beforeEach, describe, expect, test, vi } from 'vitest';

/*
 * No key outlives its use (9303-11 §4.3, §4.4, §6.2 make them; §9.8 uses them): every `SecretBytes` that the protocols made
 * is zeros once they are over, wherever they ended. The class is exchanged here for one that keeps its arrays in sight.
 */
const made = vi.hoisted((): Uint8Array[] => []);
vi.mock(import('../../../main/result/secret-bytes.ts'), async (original) => {
  const { SecretBytes } = await original();
  class WatchedBytes extends SecretBytes {
    constructor(bytes: Uint8Array) {
      super(bytes);
      made.push(bytes);
    }
    static override orNull(bytes: Uint8Array | null): WatchedBytes | null {
      return bytes === null ? null : new WatchedBytes(bytes);
    }
  }
  return { SecretBytes: WatchedBytes };
});

import { performBac } from '../../../main/chip/bac.ts';
import { ChipChannel } from '../../../main/chip/channel.ts';
import { performPace } from '../../../main/chip/pace.ts';
import { parseSecurityInfos } from '../../../main/chip/security-infos.ts';
import { curveByName } from '../../../main/crypto/curves.ts';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { fromHex } from '../../../main/result/bytes.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { ChipFaults } from '../../../main/simulator/faults/faults.ts';
import { extendedReader, FunctionCard } from '../../support/chip-cards.ts';
import { inspectSpecimen, trainingTrust } from '../inspection/bench-of-specimens.ts';
import { chipOf, counting, travelDocument } from '../simulator/support.ts';

const alive = (): number => made.filter((bytes) => bytes.some((byte) => byte !== 0)).length;

beforeEach(() => {
  made.length = 0;
});

const mrz = { kind: 'mrz', information: 'T22000129364081251010318' } as const;
const mappingKey = { domain: { kind: 'ECDH', curve: curveByName('brainpoolP256r1') }, privateKey: 5n } as const;
const arcs = { 'DH-GM': 1, 'ECDH-GM': 2, 'DH-IM': 3, 'ECDH-IM': 4, 'ECDH-CAM': 6 } as const;
const ways = [...(Object.keys(arcs) as (keyof typeof arcs)[]), 'BAC'] as const;
type Way = (typeof ways)[number];

type Spoil = (answer: Uint8Array | null) => Uint8Array | null;
const spoils: Readonly<Record<string, Spoil>> = {
  'the chip leaves': () => null,
  'the chip refuses': () => fromHex('6985'),
  'the chip finds the key wrong': () => fromHex('6300'),
  'the answer is empty': () => fromHex('9000'),
  'a bit of the answer flips': (answer) =>
    answer?.with(answer.length >> 1, (answer[answer.length >> 1] ?? 0) ^ 1) ?? null,
  'the answer is torn': (answer) => answer?.slice(Math.max(0, answer.length - 5)) ?? null,
};

/** Opens a chip in one way; `spoil` is what becomes of the answer to that command, counted from 1. */
async function open(
  way: Way,
  at = 0,
  spoil: Spoil = (answer) => answer,
): Promise<{ channel: ChipChannel; commands: number }> {
  const parameterId = way.startsWith('DH') ? 1 : 13;
  const protocol = way === 'BAC' ? null : `0.4.0.127.0.7.2.2.4.${arcs[way]}.2`;
  const pace = protocol === null ? [] : [{ protocol, parameterId }];
  const chip = chipOf({ pace, extendedLength: { maxCommand: 4_096, maxResponse: 4_096 }, mappingKey }, counting(64));
  const card = new FunctionCard((command, number) => {
    const answer = chip.transmit(command);
    return number === at ? spoil(answer) : answer;
  }, extendedReader);
  const channel = new ChipChannel(card);
  if (protocol === null) {
    await channel.send({ cla: 0, ins: 0xa4, p1: 4, p2: 12, data: fromHex(travelDocument) });
    await performBac(channel, mrz.information, counting());
  } else {
    const info = encodeTlv(0x30, encodeOid(protocol), encodeInteger(2n), encodeInteger(BigInt(parameterId)));
    await performPace(channel, parseSecurityInfos(encodeTlv(0x31, info)), mrz, counting());
  }
  return { channel, commands: card.sent.length };
}

describe.each(ways)('%s', (way) => {
  test('leaves the two keys of its session, and those go with it', async () => {
    const { channel } = await open(way);
    expect(made.length).toBeGreaterThan(8);
    expect(alive()).toBe(2);
    channel.end();
    expect(alive()).toBe(0);
  });

  test.each(Object.entries(spoils))('leaves nothing at whichever exchange %s', async (_name, spoil) => {
    const { commands, channel } = await open(way);
    channel.end();
    let failures = 0;
    for (let at = 1; at <= commands; at++) {
      made.length = 0;
      try {
        (await open(way, at, spoil)).channel.end();
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(Failure);
        failures++;
      }
      expect(alive(), `exchange ${at}`).toBe(0);
    }
    expect(failures).toBeGreaterThan(0);
  });
});

// Chip authentication replaces the session, the repetition of a reading begins another, and the end of the reading ends it.
describe.each(['se-passport', 'old-passport', 'se-id-card'])('a whole reading of %s', (id) => {
  const faults = ['leaveAtCommand', 'plainAnswerAtCommand', 'corruptAnswerAtCommand'] as const;

  test('leaves nothing, and nothing where it breaks', async () => {
    const trust = await trainingTrust();
    const read = (broken?: ChipFaults) =>
      inspectSpecimen({ id, trust, onReset: () => undefined, ...(broken === undefined ? {} : { faults: broken }) });
    const { commands } = await read();
    expect(made.length).toBeGreaterThan(8);
    expect(alive()).toBe(0);
    // Where keys are made and exchanged, and the last; each reading of a long file in between is like the one before.
    for (const at of [...Array.from({ length: 20 }, (_, index) => index + 1), commands.length]) {
      made.length = 0;
      await read({ [faults[at % faults.length] ?? 'leaveAtCommand']: at });
      expect(alive(), `exchange ${at}`).toBe(0);
    }
  });
});
