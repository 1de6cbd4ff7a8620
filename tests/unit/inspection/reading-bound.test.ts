import { describe, expect, it } from 'vitest';
import { parseMrz } from '../../../main/document/mrz.ts';
import { inspect } from '../../../main/inspection/procedure.ts';
import { boundedTransport, readingBound } from '../../../main/inspection/reading-bound.ts';
import { Failure } from '../../../main/result/failure.ts';
import { createChip } from '../../../main/simulator/chip/chip.ts';
import { issueSpecimen } from '../../../main/simulator/documents/specimens.ts';
import { parseChipFaults } from '../../../main/simulator/faults/faults.ts';
import { failureFrom } from '../../support/chip-cards.ts';
import { specimenResources } from '../../support/specimen-resources.ts';
import { inspectSpecimen, random, short, today, trainingTrust } from './bench-of-specimens.ts';

const command = Uint8Array.of(0, 0xb0, 0, 0, 0);
const answer = Uint8Array.of(0x90, 0x00);

describe('the bound of a reading', () => {
  it('ends it after so many exchanges, and not before', async () => {
    let sent = 0;
    const transmit = async () => {
      sent += 1;
      return answer;
    };
    const bounded = boundedTransport({ limits: short, transmit }, () => 0, { exchanges: 3, millis: 1_000 });
    for (let exchange = 0; exchange < 3; exchange++) expect(await bounded.transmit(command)).toBe(answer);
    expect(await failureFrom(bounded.transmit(command))).toMatchObject({
      code: 'card.too-slow',
      fields: { exchanges: 3 },
    });
    expect(sent).toBe(3);
  });

  it('ends it after so many minutes; the answer that is under way still comes', async () => {
    let now = 50;
    const transmit = async () => {
      now += 600;
      return answer;
    };
    const bounded = boundedTransport({ limits: short, transmit }, () => now, { exchanges: 100, millis: 1_000 });
    await bounded.transmit(command);
    expect(await bounded.transmit(command)).toBe(answer);
    expect((await failureFrom(bounded.transmit(command))).code).toBe('card.too-slow');
  });

  // The slowest chip that no bound per file or per command stops: 49 bytes a read, each answer just before the time-out.
  it('ends the reading of the slowest chip by itself, with a code and no accept', async () => {
    const specimen = issueSpecimen('se-passport', today, specimenResources);
    const chip = createChip(specimen, { random, faults: parseChipFaults(['longest-read=49']) });
    let now = 0;
    let exchanges = 0;
    const inspection = await inspect({
      transport: {
        limits: short,
        transmit: async (apdu) => {
          const response = chip.transmit(apdu);
          if (response === null) throw new Failure('card.removed');
          now += 14_900;
          exchanges += 1;
          return response;
        },
      },
      accessKey: { kind: 'mrz', information: parseMrz(specimen.mrz.join('\n'), today).information },
      at: today,
      trust: await trainingTrust(),
      random,
      clock: () => now,
      extendedLength: 'where-stated',
      onProgress: () => undefined,
    });
    expect(now).toBeLessThanOrEqual(readingBound.millis + 14_900);
    expect(exchanges).toBe(Math.floor(readingBound.millis / 14_900) + 1);
    const codes = new Set(inspection.checks.flatMap(({ result, code }) => (result === 'aborted' ? [code] : [])));
    expect([...codes]).toEqual(['card.too-slow']);
    expect(inspection.checks.find(({ id }) => id === 'passive-authentication.hashes')?.result).toBe('aborted');
  });

  it('lets a chip of 49 bytes a read come to its end where it answers at once', async () => {
    const { inspection, commands } = await inspectSpecimen({
      id: 'se-passport',
      limits: short,
      faults: parseChipFaults(['longest-read=49']),
    });
    expect(inspection.checks.find(({ id }) => id === 'passive-authentication.hashes')?.result).toBe('successful');
    expect(commands.length).toBeLessThan(readingBound.exchanges);
  });
});
