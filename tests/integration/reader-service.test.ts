import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openReaderPort } from '../../main/reader/choose-port.ts';
import type { ReaderPort } from '../../main/reader/port.ts';
import { type Pcscd, startPcscd } from '../support/pcscd.ts';
import { startPort } from '../support/reader-events.ts';

const reader = 'Virtual PCD 00 00';
const command = Uint8Array.of(0x00, 0x84, 0x00, 0x00, 0x08);

describe.each(['pcscd', 'pcsc-mini'] as const)('%s', (binding) => {
  let pcscd: Pcscd;
  let port: ReaderPort;

  beforeAll(async () => {
    pcscd = await startPcscd();
    Object.assign(process.env, pcscd.env);
  });
  afterAll(() => pcscd.stop());
  beforeEach(() => {
    port = openReaderPort(binding, { serviceRetryMillis: () => 20 });
  });
  afterEach(() => port.stop());

  test('the service stops and returns, three times, without a new port', async () => {
    const events = await startPort(port);
    for (let round = 0; round < 3; round++) {
      const card = await pcscd.connectCard();
      await events.next('card-inserted');
      const connection = await port.connect(reader);
      expect(await connection.transmit(command)).toEqual(Uint8Array.of(0x90, 0x00));
      await pcscd.kill();
      expect(await events.next('service')).toMatchObject({ available: false, code: 'reader.service-stopped' });
      await events.next('card-removed');
      await events.next('readers', ({ readers }) => readers.length === 0);
      await expect(connection.transmit(command)).rejects.toMatchObject({ code: 'reader.service-stopped' });
      await connection.close('reset');
      await expect(port.connect(reader)).rejects.toMatchObject({ code: 'reader.service-stopped' });
      await card.leave();
      await pcscd.restart();
      expect(await events.next('service')).toMatchObject({ available: true, code: null });
      await events.next('readers', ({ readers }) => readers.length === 2);
    }
  });

  test('the service dies in the middle of a command', async () => {
    const events = await startPort(port);
    const card = await pcscd.connectCard({ answer: () => 'silence' });
    await events.next('card-inserted');
    const connection = await port.connect(reader);
    const asked = card.nextCommand();
    const answered = connection.transmit(command);
    await asked;
    await Promise.all([expect(answered).rejects.toMatchObject({ code: 'reader.service-stopped' }), pcscd.kill()]);
    await connection.close();
    await card.leave();
    await pcscd.restart();
    await events.next('service', ({ available }) => available);
  });

  test('a service that is not there at the start is an event, and it is found when it comes', async () => {
    await pcscd.kill();
    const events = await startPort(port);
    expect(events.all).toEqual([{ type: 'service', available: false, code: 'reader.service-stopped' }]);
    expect(await port.readers()).toEqual([]);
    await pcscd.restart();
    expect(await events.next('service', ({ available }) => available)).toMatchObject({ code: null });
    await events.next('readers', ({ readers }) => readers.length === 2);
  });
});
