import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openReaderPort } from '../../main/reader/choose-port.ts';
import type { ReaderPort } from '../../main/reader/port.ts';
import { type Pcscd, startPcscd } from '../support/pcscd.ts';
import { type ReaderEvents, startPort } from '../support/reader-events.ts';

const reader = 'Virtual PCD 00 00';
const command = Uint8Array.of(0x00, 0x84, 0x00, 0x00, 0x08);

describe.each(['pcscd', 'pcsc-mini'] as const)('%s', (binding) => {
  let pcscd: Pcscd;
  let port: ReaderPort;
  let events: ReaderEvents;

  // A card that never answers holds up all of its pcscd: nothing else is tested on this one.
  beforeAll(async () => {
    pcscd = await startPcscd();
    Object.assign(process.env, pcscd.env);
  });
  afterAll(() => pcscd.stop());
  beforeEach(async () => {
    port = openReaderPort(binding, { transmitTimeoutMillis: 500 });
    events = await startPort(port);
  });
  afterEach(() => port.stop());

  test('a card that never answers ends in card.mute, its reader is unusable, and both recover', async () => {
    const card = await pcscd.connectCard({ answer: () => 'silence' });
    await events.next('card-inserted');
    const connection = await port.connect(reader);
    await expect(connection.transmit(command)).rejects.toMatchObject({ code: 'card.mute', fields: { millis: 500 } });
    await events.next('readers', ({ readers }) => readers[0]?.state === 'unusable');
    await expect(connection.transmit(command)).rejects.toMatchObject({ code: 'card.mute' });
    await connection.close();
    await expect(port.connect(reader)).rejects.toMatchObject({ code: 'reader.unusable' });
    await card.leave();
    await events.next('card-removed');
    await events.next('readers', ({ readers }) => readers[0]?.state === 'empty');
    await pcscd.connectCard();
    await events.next('card-inserted');
    const again = await port.connect(reader);
    expect(await again.transmit(command)).toEqual(Uint8Array.of(0x90, 0x00));
    await again.close();
  });

  test('a port stops at once although a command of its never came back', async () => {
    const card = await pcscd.connectCard({ answer: () => 'silence' }, 1);
    await events.next('card-inserted', (event) => event.reader === 'Virtual PCD 00 01');
    const connection = await port.connect('Virtual PCD 00 01');
    await expect(connection.transmit(command)).rejects.toMatchObject({ code: 'card.mute' });
    await port.stop();
    await card.leave();
  });
});
