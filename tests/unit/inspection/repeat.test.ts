import { describe, expect, it } from 'vitest';
import type { InspectionProgress } from '../../../main/inspection/types.ts';
import { fromHex, toHex } from '../../../main/result/bytes.ts';
import { Failure } from '../../../main/result/failure.ts';
import { createChip } from '../../../main/simulator/chip/chip.ts';
import { issueSpecimen } from '../../../main/simulator/documents/specimens.ts';
import { parseChipFaults } from '../../../main/simulator/faults/faults.ts';
import { specimenResources } from '../../support/specimen-resources.ts';
import { extended, inspectSpecimen, random, short, today, trainingTrust } from './bench-of-specimens.ts';

const trust = await trainingTrust();

type Read = Awaited<ReturnType<typeof inspectSpecimen>>;
const checksOf = ({ inspection }: Read) => inspection.checks.map(({ id, result }) => `${id} ${result}`);
const sessionOf = ({ inspection }: Read) => inspection.checks.find(({ id }) => id === 'secure-messaging')?.result;
const whole = await inspectSpecimen({ id: 'se-passport', trust });
const isLong = (command: Uint8Array) => command[0] === 0x0c && command[1] === 0xb0 && command[4] === 0;

describe('a chip that drops its session over a length', () => {
  it('is read once more with short length, and the reading says so (gmrtd#457)', async () => {
    const progress: InspectionProgress[] = [];
    const read = await inspectSpecimen({
      id: 'se-passport',
      limits: extended,
      trust,
      faults: parseChipFaults(['extended-drops-session']),
      onProgress: (news) => progress.push(news),
    });
    expect(checksOf(read)).toEqual(checksOf(whole));
    expect(read.inspection.reading.repeated).toMatchObject({
      code: 'secure-messaging.unprotected-answer',
      status: '6700',
    });
    expect(progress).toContainEqual({ type: 'repeat', code: 'secure-messaging.unprotected-answer' });
    expect(read.inspection.lengths?.givenUp[0]?.why).toBe('refused');
    expect(read.commands.filter(isLong)).toHaveLength(1);
  });

  // 9303-11 §9.3.1.2: the whole of it, from a card that was reset.
  it('is reset before that, where the reader can', async () => {
    const resets: number[] = [];
    const read = await inspectSpecimen({
      id: 'se-passport',
      limits: extended,
      trust,
      faults: parseChipFaults(['extended-drops-session']),
      onReset: (commands) => resets.push(commands),
    });
    expect(checksOf(read)).toEqual(checksOf(whole));
    expect(resets).toEqual([read.inspection.reading.repeated?.exchanges]);
  });

  it('is not read again where it cannot be reset any more', async () => {
    const read = await inspectSpecimen({
      id: 'se-passport',
      limits: extended,
      trust,
      faults: parseChipFaults(['extended-drops-session']),
      onReset: () => {
        throw new Failure('card.removed');
      },
    });
    expect(read.inspection.reading.repeated).toBeUndefined();
    expect(sessionOf(read)).toBe('failed');
  });

  it('opens the chip anew with fresh keys: nothing of the first session is used', async () => {
    const read = await inspectSpecimen({
      id: 'se-passport',
      limits: extended,
      trust,
      faults: parseChipFaults(['extended-drops-session']),
    });
    const agreements = read.commands.map(toHex).filter((command) => /^1086000045/.test(command));
    expect(new Set(agreements).size).toBe(agreements.length);
    expect(agreements.length).toBeGreaterThanOrEqual(4);
  });

  it('is read with a shorter step where that was a short command', async () => {
    const read = await inspectSpecimen({
      id: 'se-passport',
      limits: short,
      trust,
      answer: (command, number) => (command[0] === 0x0c && command[1] === 0xb0 && number < 12 ? fromHex('6700') : null),
    });
    expect(read.inspection.reading.repeated?.status).toBe('6700');
    expect(read.inspection.lengths?.longest).toBeLessThan(223);
    expect(checksOf(read)).toEqual(checksOf(whole));
  });

  it('is given one more reading, never two', async () => {
    const read = await inspectSpecimen({
      id: 'se-passport',
      limits: extended,
      trust,
      answer: (command) => (command[0] === 0x0c && command[1] === 0xb0 ? fromHex('6700') : null),
    });
    expect(sessionOf(read)).toBe('failed');
    expect(read.commands.filter((command) => toHex(command).startsWith('0022c1a4'))).toHaveLength(2);
  });

  it('keeps its first end where the second reading is of a chip that no longer offers PACE', async () => {
    const readsCardAccess = (command: Uint8Array) => toHex(command).startsWith('00b09c');
    let readings = 0;
    const read = await inspectSpecimen({
      id: 'se-passport',
      limits: extended,
      trust,
      answer: (command) => {
        if (readsCardAccess(command)) readings += 1;
        if (readings === 2 && readsCardAccess(command)) return fromHex('6a82');
        if (readings === 2 && toHex(command).startsWith('00a4020c02011c')) return fromHex('6a82');
        return readings === 1 && isLong(command) ? fromHex('6700') : null;
      },
    });
    expect(readings).toBe(2);
    expect(sessionOf(read)).toBe('failed');
    expect(read.inspection.reading.repeated).toBeUndefined();
  });

  it('keeps its first end where another chip that the same key opens answers the second time', async () => {
    const { issue } = parseChipFaults(['signer-expired']);
    const other = createChip(issueSpecimen('se-passport', today, specimenResources, issue), { random });
    let repeats = false;
    let long = 0;
    const read = await inspectSpecimen({
      id: 'se-passport',
      limits: extended,
      trust,
      onProgress: ({ type }) => {
        repeats ||= type === 'repeat';
      },
      answer: (command) => {
        if (repeats) return other.transmit(command);
        return isLong(command) && ++long > 2 ? fromHex('6700') : null;
      },
    });
    expect(repeats).toBe(true);
    expect(sessionOf(read)).toBe('failed');
    expect(read.inspection.reading.repeated).toBeUndefined();
    expect(read.inspection.evidence?.files.has('EF.SOD')).toBe(true);
  });

  it.each(['9000', '6988', '6982', '6f009000', '00006700'])(
    'but not for %s, which is no word on lengths',
    async (answer) => {
      const read = await inspectSpecimen({
        id: 'se-passport',
        limits: extended,
        trust,
        answer: (command) => (isLong(command) ? fromHex(answer) : null),
      });
      expect(read.inspection.reading.repeated).toBeUndefined();
      expect(sessionOf(read)).toBe('failed');
    },
  );
});

describe('a reader that never sends an extended command', () => {
  const neverSent = (command: Uint8Array): null => {
    if (command.length > 261 || (command[0] === 0x0c && command[4] === 0)) throw new Failure('reader.communication');
    return null;
  };

  it('is read in the same session with short ones (acshk/acsccid#42)', async () => {
    const read = await inspectSpecimen({ id: 'se-passport', limits: extended, trust, answer: neverSent });
    expect(checksOf(read)).toEqual(checksOf(whole));
    expect(read.inspection.reading.repeated).toBeUndefined();
    expect(read.inspection.lengths?.givenUp.every(({ why }) => why === 'not-sent')).toBe(true);
    expect(read.inspection.lengths?.step).toBe(256);
  });

  it('leaves active authentication open where its answer needs one, and reads on', async () => {
    const read = await inspectSpecimen({
      id: 'au-passport',
      limits: extended,
      trust,
      faults: parseChipFaults(['active-authentication-extended']),
      answer: neverSent,
    });
    const active = read.inspection.checks.find(({ id }) => id === 'active-authentication');
    expect(active).toMatchObject({ result: 'undetermined', code: 'active-authentication.unsupported' });
    expect(read.inspection.portrait).not.toBeNull();
    expect(read.inspection.checks.filter(({ result }) => result === 'aborted')).toEqual([]);
  });
});
