import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { performBac } from '../../../main/chip/bac.ts';
import type { TransportLimits } from '../../../main/chip/card-transport.ts';
import { ChipChannel, type ExchangeCount } from '../../../main/chip/channel.ts';
import type { FileName } from '../../../main/chip/files.ts';
import { performPace } from '../../../main/chip/pace.ts';
import { ChipFiles } from '../../../main/chip/read-file.ts';
import { parseSecurityInfos } from '../../../main/chip/security-infos.ts';
import type { RandomSource } from '../../../main/crypto/random.ts';
import { parseMrz } from '../../../main/document/mrz.ts';
import { type PlainDate, plainDate } from '../../../main/result/plain-date.ts';
import { createChip } from '../../../main/simulator/chip/chip.ts';
import { issueSpecimen, type Specimen } from '../../../main/simulator/documents/specimens.ts';
import type { ChipFaults } from '../../../main/simulator/faults/faults.ts';
import { extendedReader, FunctionCard, failureFrom, shortReader } from '../../support/chip-cards.ts';
import { specimenResources } from '../../support/specimen-resources.ts';

const random: RandomSource = (length) => new Uint8Array(randomBytes(length));
const today = plainDate(2026, 11, 23) as PlainDate;
const passport = issueSpecimen('se-passport', today, specimenResources);

interface Reading {
  readonly files: ReadonlyMap<FileName, Uint8Array>;
  readonly count: ExchangeCount;
}

/** Everything that an inspection reads of a specimen, in its order. */
async function readWhole(specimen: Specimen, limits: TransportLimits, faults: ChipFaults = {}): Promise<Reading> {
  const chip = createChip(specimen, { random, faults });
  const channel = new ChipChannel(new FunctionCard((command) => chip.transmit(command), limits));
  const chipFiles = new ChipFiles(channel);
  const files = new Map<FileName, Uint8Array>();
  const read = async (name: FileName): Promise<void> => {
    if (specimen.files.has(name)) files.set(name, (await chipFiles.read(name)).bytes);
  };
  const { information } = parseMrz(specimen.mrz.join('\n'), today);
  await read('EF.CardAccess');
  const cardAccess = files.get('EF.CardAccess');
  if (cardAccess !== undefined)
    await performPace(channel, parseSecurityInfos(cardAccess), { kind: 'mrz', information }, random);
  await chipFiles.selectApplication();
  if (cardAccess === undefined) await performBac(channel, information, random);
  const rest = ['EF.SOD', 'EF.COM', 'EF.DG1', 'EF.DG14', 'EF.DG15', 'EF.DG11', 'EF.DG12', 'EF.DG2'] as const;
  for (const name of rest) await read(name);
  return { files, count: channel.count };
}

describe('a whole specimen', () => {
  test.each([
    ['se-passport', 'extended length', extendedReader, 20],
    ['se-passport', 'short length', shortReader, 110],
    ['old-passport', 'short length', shortReader, 110],
    ['aes-256-passport', 'short length', shortReader, 110],
  ] as const)('%s with %s comes byte for byte', async (id, _form, limits, most) => {
    const specimen = id === 'se-passport' ? passport : issueSpecimen(id, today, specimenResources);
    const { files, count } = await readWhole(specimen, limits);
    for (const [name, bytes] of files) expect(bytes, name).toEqual(specimen.files.get(name));
    expect(files.size).toBeGreaterThanOrEqual(4);
    expect(count.exchanges).toBeLessThanOrEqual(most);
  });

  test('short reads lose nothing where the chip gives less than asked', async () => {
    const { files } = await readWhole(passport, shortReader, { longestRead: 100 });
    expect(files.get('EF.DG2')).toEqual(passport.files.get('EF.DG2'));
  });
});

describe('a chip that fails in the middle', () => {
  test.each([
    ['an answer without protection', { plainAnswerAtCommand: 40 }, 'secure-messaging.unprotected-answer'],
    ['a flipped bit', { corruptAnswerAtCommand: 40 }, 'secure-messaging.mac-wrong'],
    ['leaving the field', { leaveAtCommand: 40 }, 'card.removed'],
  ] as const)('%s', async (_name, faults, code) => {
    expect((await failureFrom(readWhole(passport, shortReader, faults))).code).toBe(code);
  });

  test('a chip that states extended length and then drops the channel on it is not read on', async () => {
    const failure = await failureFrom(readWhole(passport, extendedReader, { shortLengthOnly: true }));
    expect(failure).toMatchObject({ code: 'secure-messaging.unprotected-answer', fields: { status: '6700' } });
  });
});
