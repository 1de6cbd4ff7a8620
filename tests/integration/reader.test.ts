import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openReaderPort } from '../../main/reader/choose-port.ts';
import type { ReaderPort } from '../../main/reader/port.ts';
import { toHex } from '../../main/result/bytes.ts';
import { type Pcscd, startPcscd } from '../support/pcscd.ts';
import { type ReaderEvents, startPort } from '../support/reader-events.ts';
import type { VpcdCard, VpcdCardScript } from '../support/vpcd-card.ts';

const [first, second] = ['Virtual PCD 00 00', 'Virtual PCD 00 01'];
const select = Uint8Array.of(0x00, 0xa4, 0x04, 0x0c, 0x07, 0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01);
const ok = Uint8Array.of(0x90, 0x00);

// One daemon for all: the library reads once in a process where its socket is.
let pcscd: Pcscd;
beforeAll(async () => {
  pcscd = await startPcscd();
  Object.assign(process.env, pcscd.env);
});
afterAll(() => pcscd.stop());

// The daemon by its socket, as it is used on Linux, and by the library, as elsewhere.
describe.each(['pcscd', 'pcsc-mini'] as const)('%s', (binding) => {
  let port: ReaderPort;
  let events: ReaderEvents;

  beforeEach(async () => {
    port = openReaderPort(binding);
    events = await startPort(port);
  });
  afterEach(() => port.stop());

  async function lay(
    script?: VpcdCardScript,
    slot = 0,
    watching: readonly ReaderEvents[] = [events],
  ): Promise<VpcdCard> {
    const card = await pcscd.connectCard(script, slot);
    await Promise.all(watching.map((each) => each.next('card-inserted')));
    return card;
  }

  async function take(card: VpcdCard): Promise<void> {
    await card.leave();
    await events.next('card-removed');
  }

  describe('readers and cards', () => {
    test('both slots are told of as empty readers before start resolves', async () => {
      expect(await port.readers()).toEqual(
        [first, second].map((name) => ({ name, kind: 'pcsc', state: 'empty', inUse: false, atr: null })),
      );
      expect(events.all[0]).toEqual({ type: 'service', available: true, code: null });
    });

    test('a card comes and goes, with its own answer to reset, and leaves the other reader alone', async () => {
      const atr = Uint8Array.of(0x3b, 0x88, 0x80, 0x01, 0xe1, 0xf3, 0x5e, 0x11, 0x77, 0x83, 0x81, 0x00, 0x2d);
      const card = await pcscd.connectCard({ atr }, 1);
      // The addon's word on it is wrong, and nobody asks the card itself: another program may be in a transaction.
      const told = binding === 'pcscd' ? toHex(atr) : '';
      expect(await events.next('card-inserted')).toEqual({ type: 'card-inserted', reader: second, atr: told });
      expect((await port.readers()).map(({ state }) => state)).toEqual(['empty', 'card']);
      await card.leave();
      expect(await events.next('card-removed')).toEqual({ type: 'card-removed', reader: second });
      await events.next('readers', ({ readers }) => readers.every(({ state }) => state === 'empty'));
    });

    test('an empty reader and an unknown one are told apart', async () => {
      await expect(port.connect(first)).rejects.toMatchObject({ code: 'card.absent' });
      await expect(port.connect('No such reader')).rejects.toMatchObject({ code: 'reader.not-found' });
    });

    test('two cards on two readers are spoken to side by side', async () => {
      const [one, two] = [Uint8Array.of(0x01, 0x90, 0x00), Uint8Array.of(0x02, 0x90, 0x00)];
      const cards = [await lay({ answer: () => one }, 0), await lay({ answer: () => two }, 1)];
      const connections = await Promise.all([port.connect(first), port.connect(second)]);
      expect(await Promise.all(connections.map((each) => each.transmit(select)))).toEqual([one, two]);
      await Promise.all(connections.map((each) => each.close()));
      for (const card of cards) await take(card);
    });
  });

  describe('commands', () => {
    test('short and extended APDUs arrive whole, both ways', async () => {
      const card = await lay({ answer: (command) => (command.length < 200 ? ok : command.toReversed()) });
      const connection = await port.connect(first);
      expect(connection.limits).toEqual({ extendedLength: true, maxCommand: 65_535, maxResponse: 65_535 });
      expect(connection.atr).toBe('3b80800101');
      expect(await connection.transmit(select)).toEqual(ok);
      expect(card.commands).toEqual([select]);
      for (const length of [261, 265, 4096, 65_535]) {
        const command = Uint8Array.from({ length }, (_, index) => (index * 7 + length) & 0xff);
        expect(await connection.transmit(command)).toEqual(command.toReversed());
      }
      await connection.close();
      await take(card);
    });

    test('an answer of the earlier command is not overwritten by the next one', async () => {
      const card = await lay({ answer: (command) => Uint8Array.of(command[1] ?? 0, 0x90, 0x00) });
      const connection = await port.connect(first);
      const answer = await connection.transmit(Uint8Array.of(0, 0x11, 0, 0));
      await connection.transmit(Uint8Array.of(0, 0x22, 0, 0));
      expect(answer).toEqual(Uint8Array.of(0x11, 0x90, 0x00));
      await connection.close();
      await take(card);
    });

    test('closing with reset cuts the power; closing twice is safe', async () => {
      const card = await lay();
      const connection = await port.connect(first);
      const before = card.powerCycles;
      await connection.close('reset');
      await connection.close('reset');
      await (await port.connect(first)).close();
      expect(card.powerCycles).toBeGreaterThan(before);
      await expect(connection.transmit(select)).rejects.toMatchObject({ code: 'reader.lost' });
      await take(card);
    });

    test('a card torn out in the middle of a command is card.removed, and stays so', async () => {
      await lay({ answer: () => 'leave' });
      const connection = await port.connect(first);
      await expect(connection.transmit(select)).rejects.toMatchObject({ code: 'card.removed' });
      await expect(connection.transmit(select)).rejects.toMatchObject({ code: 'card.removed' });
      await connection.close('reset');
      await events.next('card-removed');
      const card = await lay();
      const again = await port.connect(first);
      expect(await again.transmit(select)).toEqual(ok);
      await again.close();
      await take(card);
    });

    test('a card taken between two commands is card.removed', async () => {
      const card = await lay();
      const connection = await port.connect(first);
      await connection.transmit(select);
      await take(card);
      await expect(connection.transmit(select)).rejects.toMatchObject({ code: 'card.removed' });
      await connection.close();
    });

    test('six torn cards in a row leave the next one readable', async () => {
      // The binding bears four connections at a time: one lost at each torn card would soon be noticed.
      for (let round = 0; round < 6; round++) {
        await lay({ answer: () => 'leave' });
        const connection = await port.connect(first);
        await expect(connection.transmit(select)).rejects.toMatchObject({ code: 'card.removed' });
        await connection.close('reset');
        await events.next('card-removed');
      }
      const card = await lay();
      const connection = await port.connect(first);
      expect(await connection.transmit(select)).toEqual(ok);
      await connection.close();
      await take(card);
    });
  });

  describe('another program', () => {
    // Another port is another program to PC/SC: it has contexts of its own.
    const patient = openReaderPort(binding, { sharedRetryMillis: Array.from({ length: 200 }, () => 10) });
    const impatient = openReaderPort(binding, { sharedRetryMillis: [] });
    let watching: readonly ReaderEvents[];
    beforeEach(async () => {
      watching = [events, await startPort(patient), await startPort(impatient)];
    });
    afterEach(async () => {
      await patient.stop();
      await impatient.stop();
    });

    test('holding the card exclusively is in-use and reader.shared, until it lets go', async () => {
      const card = await lay({}, 0, watching);
      const theirs = await port.connect(first);
      const late = openReaderPort(binding);
      // The daemon does not wake who watches when a card is taken or let go; who begins to watch sees it, and who asks.
      expect((await startPort(late)).all).toContainEqual(
        expect.objectContaining({ type: 'card-inserted', reader: first }),
      );
      expect((await late.readers())[0]).toMatchObject({ state: 'in-use' });
      await late.stop();
      await expect(impatient.connect(first)).rejects.toMatchObject({ code: 'reader.shared' });
      const [ours] = await Promise.all([patient.connect(first), theirs.close()]);
      expect(await ours.transmit(select)).toEqual(ok);
      await ours.close();
      await take(card);
    });

    test('keeping the card open in shared mode does not keep us out', async () => {
      const card = await lay({}, 0, watching);
      const addon = (await import('pcsc-mini/build/addon.node.js')).default;
      const client = addon.newClient();
      const [shared, leave] = [2, 0];
      const theirs = await client.connect(first, shared);
      const ours = await port.connect(first);
      expect(await ours.transmit(select)).toEqual(ok);
      await ours.close();
      await theirs.disconnect(leave);
      await take(card);
    });

    test('our own exclusive connection is not taken for another program', async () => {
      const card = await lay({}, 0, watching);
      const connection = await port.connect(first);
      await expect(impatient.connect(first)).rejects.toMatchObject({ code: 'reader.shared' });
      await expect(port.connect(first)).rejects.toMatchObject({ code: 'reader.shared', fields: { own: true } });
      await connection.close();
      const again = await port.connect(first);
      await again.close();
      await take(card);
      expect(events.all.flatMap((event) => (event.type === 'readers' ? event.readers : []))).not.toContainEqual(
        expect.objectContaining({ state: 'in-use' }),
      );
    });

    test('resetting a card that both share is card.reset', async () => {
      const card = await lay({}, 0, watching);
      const addon = (await import('pcsc-mini/build/addon.node.js')).default;
      const client = addon.newClient();
      const [shared, unpower] = [2, 2];
      const theirs = await client.connect(first, shared);
      const ours = await port.connect(first);
      expect(await ours.transmit(select)).toEqual(ok);
      await theirs.disconnect(unpower);
      await expect(ours.transmit(select)).rejects.toMatchObject({ code: 'card.reset' });
      await ours.close();
      await take(card);
    });
  });
});
