import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parseMrz } from '../../main/document/mrz.ts';
import { inspect } from '../../main/inspection/procedure.ts';
import { openReaderPort } from '../../main/reader/choose-port.ts';
import { createChip } from '../../main/simulator/chip/chip.ts';
import { issueSpecimen } from '../../main/simulator/documents/specimens.ts';
import { TrustStore } from '../../main/trust/path/trust-store.ts';
import { day } from '../support/fake-house.ts';
import { type Pcscd, startPcscd } from '../support/pcscd.ts';
import { startPort } from '../support/reader-events.ts';
import { specimenResources } from '../support/specimen-resources.ts';
import type { VpcdCard } from '../support/vpcd-card.ts';

/*
 * One card taken away and another laid in its place between two exchanges, while nothing is under way: PC/SC's handle is of
 * the reader, and must not lead to the second card (PC/SC part 5, 3.1.4: SCARD_W_REMOVED_CARD and SCARD_W_RESET_CARD).
 */

const reader = 'Virtual PCD 00 00';
const today = day('2026-11-23');
const command = Uint8Array.of(0, 0xa4, 2, 0x0c, 2, 1, 0x1c);
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const swapped = expect.stringMatching(/^card\.(removed|reset)$/);

describe.each(['pcscd', 'pcsc-mini'] as const)('a card swapped for another between two exchanges: %s', (binding) => {
  let pcscd: Pcscd;
  beforeAll(async () => {
    pcscd = await startPcscd();
    Object.assign(process.env, pcscd.env);
  });
  afterAll(() => pcscd.stop());

  it('is told by name, and the second card gets no command by the first one’s connection', async () => {
    const port = openReaderPort(binding);
    onTestFinished(() => port.stop());
    const events = await startPort(port);
    const first = await pcscd.connectCard();
    await events.next('card-inserted');
    const connection = await port.connect(reader);
    expect(await connection.transmit(command)).toEqual(Uint8Array.of(0x90, 0));
    await first.leave();
    await events.next('card-removed');
    const second = await pcscd.connectCard({ answer: () => Uint8Array.of(0x6a, 0x82) });
    await events.next('card-inserted');
    await expect(connection.transmit(command)).rejects.toMatchObject({ code: swapped });
    await expect(connection.transmit(command)).rejects.toMatchObject({ code: swapped });
    expect(second.commands).toEqual([]);
    await connection.close('reset');
    const next = await port.connect(reader);
    expect(await next.transmit(command)).toEqual(Uint8Array.of(0x6a, 0x82));
    await next.close();
    await second.leave();
    await events.next('card-removed');
  });

  it('a document’s reading breaks off by name with nothing of the second one', async () => {
    const port = openReaderPort(binding);
    onTestFinished(() => port.stop());
    const events = await startPort(port);
    const specimen = issueSpecimen('se-passport', today, specimenResources);
    const other = issueSpecimen('de-passport', today, specimenResources);
    const cards: VpcdCard[] = [];
    const lay = async (chip: ReturnType<typeof createChip>): Promise<void> => {
      const answer = (asked: Uint8Array) => chip.transmit(asked) ?? 'leave';
      cards.push(await pcscd.connectCard({ answer, onPower: () => chip.reset() }));
      await events.next('card-inserted');
    };
    await lay(createChip(specimen, { random }));
    const connection = await port.connect(reader);
    let exchanges = 0;
    const inspection = await inspect({
      transport: {
        limits: connection.limits,
        transmit: async (asked) => {
          exchanges += 1;
          if (exchanges === 14) {
            await cards[0]?.leave();
            await events.next('card-removed');
            await lay(createChip(other, { random }));
          }
          return connection.transmit(asked);
        },
      },
      accessKey: { kind: 'mrz', information: parseMrz(specimen.mrz.join('\n'), today).information },
      at: today,
      trust: new TrustStore([]),
      random,
      clock: () => performance.now(),
      extendedLength: 'where-stated',
      dataGroups: [],
      resume: null,
      onProgress: () => undefined,
    });
    await connection.close('reset');
    expect(exchanges).toBe(14);
    expect(cards[1]?.commands).toEqual([]);
    expect(inspection.checks).toContainEqual(expect.objectContaining({ result: 'aborted', code: swapped }));
    expect(inspection.portrait).toBeNull();
    expect(inspection.document?.issuer ?? 'SWE').toBe('SWE');
    await cards[1]?.leave();
    await events.next('card-removed');
  });
});
