import { describe, expect, it } from 'vitest';
import { performBac } from '../../../main/chip/bac.ts';
import { ChipChannel } from '../../../main/chip/channel.ts';
import type { FileName } from '../../../main/chip/files.ts';
import { performPace } from '../../../main/chip/pace.ts';
import { ChipFiles } from '../../../main/chip/read-file.ts';
import { parseSecurityInfos } from '../../../main/chip/security-infos.ts';
import { asFailure } from '../../../main/result/failure.ts';
import { createChip } from '../../../main/simulator/chip/chip.ts';
import { listSpecimens } from '../../../main/simulator/documents/list-specimens.ts';
import { issueSpecimen, type Specimen } from '../../../main/simulator/documents/specimens.ts';
import type { ChipFaults } from '../../../main/simulator/faults/faults.ts';
import { TrainingReader, trainingReaderName } from '../../../main/simulator/training-reader.ts';
import { specimenResources } from '../../support/specimen-resources.ts';
import { counting, someDay } from './support.ts';

interface Reading {
  readonly channel: ChipChannel;
  readonly files: Map<string, Uint8Array>;
  readonly exchanges: () => number;
}

type Way = 'MRZ' | 'CAN' | 'BAC';

const applicationFiles = ['EF.COM', 'EF.SOD', 'EF.DG1', 'EF.DG2', 'EF.DG11', 'EF.DG12', 'EF.DG14'] as const;
const shortReader = { extendedLength: false, maxCommand: 261, maxResponse: 258 };

function specimen(id: string): Specimen {
  return issueSpecimen(id, someDay, specimenResources);
}

// Chip and terminal were written apart: what one protects, the other must understand.
async function read(
  document: Specimen,
  way: Way,
  faults: ChipFaults = {},
  reader = new TrainingReader(),
): Promise<Reading> {
  reader.lay(createChip(document, { random: counting(64), faults }));
  let exchanges = 0;
  const channel = new ChipChannel(await reader.connect(trainingReaderName), {
    onExchange: (count) => {
      exchanges = count.exchanges;
    },
  });
  const files = new ChipFiles(channel);
  const read = new Map<string, Uint8Array>();
  const take = async (name: FileName): Promise<Uint8Array> => {
    const { bytes } = await files.read(name);
    read.set(name, bytes);
    return bytes;
  };
  const information = document.chip.passwords.mrzInformation ?? '';
  if (way === 'BAC') {
    await files.selectApplication();
    await performBac(channel, information, counting());
  } else {
    const infos = parseSecurityInfos(await take('EF.CardAccess'));
    const key =
      way === 'MRZ' ? ({ kind: 'mrz', information } as const) : ({ kind: 'can', can: document.can ?? '' } as const);
    if (document.files.has('EF.ATR/INFO')) await take('EF.ATR/INFO');
    await performPace(channel, infos, key, counting());
    await files.selectApplication();
  }
  for (const name of applicationFiles) if (document.files.has(name)) await take(name);
  return { channel, files: read, exchanges: () => exchanges };
}

const readable: readonly (readonly [string, Way])[] = listSpecimens(someDay)
  .filter(({ id, mrz }) => mrz.length > 0 && id !== 'torn')
  .flatMap(({ id, can }) => {
    const { basicAccessControl, pace } = specimen(id).chip;
    const ways: Way[] = [];
    if (pace.length > 0) ways.push('MRZ');
    if (pace.length > 0 && can !== null) ways.push('CAN');
    if (basicAccessControl) ways.push('BAC');
    return ways.map((way) => [id, way] as const);
  });

describe('the terminal and the chips', () => {
  it.each(readable)('%s is read whole with %s', async (id, way) => {
    const document = specimen(id);
    const { files } = await read(document, way);
    for (const [name, contents] of files) expect(contents, name).toEqual(document.files.get(name));
    for (const name of applicationFiles) expect(files.has(name)).toBe(document.files.has(name));
  });

  it('need at most 20 exchanges with extended length and 110 with short', async () => {
    const document = specimen('se-passport');
    expect((await read(document, 'MRZ')).exchanges()).toBeLessThanOrEqual(20);
    expect((await read(document, 'MRZ', {}, new TrainingReader(shortReader))).exchanges()).toBeLessThanOrEqual(110);
  });

  it.each([160, 97])('get along with a chip that gives %i bytes at once', async (longestRead) => {
    const document = specimen('se-passport');
    const { files } = await read(document, 'BAC', { longestRead });
    expect(files.get('EF.DG2')).toEqual(document.files.get('EF.DG2'));
  });
});

async function codeOf(action: Promise<unknown>): Promise<string> {
  return action.then(
    () => 'none',
    (thrown: unknown) => asFailure(thrown).code,
  );
}

describe('what goes wrong', () => {
  it('a torn specimen leaves in the middle of DG2, and is read to its end when it is laid back', async () => {
    const document = specimen('torn');
    const chip = createChip(document, { random: counting(64) });
    const reader = new TrainingReader();
    const readOnce = async (): Promise<string> => {
      reader.lay(chip);
      const channel = new ChipChannel(await reader.connect(trainingReaderName));
      const files = new ChipFiles(channel);
      await files.selectApplication();
      const information = document.chip.passwords.mrzInformation ?? '';
      await performBac(channel, information, counting());
      expect(await codeOf(files.read('EF.DG1'))).toBe('none');
      return codeOf(files.read('EF.DG2'));
    };
    expect(await readOnce()).toBe('card.removed');
    expect(chip.present).toBe(false);
    expect(await readOnce()).toBe('none');
  });

  it('an answer without protection or with a spoilt bit ends the reading by name', async () => {
    const document = specimen('se-passport');
    expect(await codeOf(read(document, 'BAC', { plainAnswerAtCommand: 6 }))).toMatch(/^secure-messaging\./);
    expect(await codeOf(read(document, 'BAC', { corruptAnswerAtCommand: 6 }))).toMatch(/^secure-messaging\./);
    expect(await codeOf(read(document, 'MRZ', { leaveAtCommand: 12 }))).toBe('card.removed');
  });

  it('a wrong key is a wrong key', async () => {
    const document = specimen('se-id-card');
    const other = { ...document, can: '000000' };
    expect(await codeOf(read(other, 'CAN'))).toMatch(/^access\.wrong-key/);
  });
});
