import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { watchedReaders } from '../../../main/commands/reader-choice.ts';
import { pcscdBinding } from '../../../main/reader/pcscd-binding.ts';
import type { ReaderPort } from '../../../main/reader/port.ts';
import type { ScardBinding } from '../../../main/reader/scard.ts';
import { createScardPort } from '../../../main/reader/scard-port.ts';
import { type Scheduler, systemScheduler } from '../../../main/reader/scheduler.ts';
import { type ReaderEvents, startPort } from '../../support/reader-events.ts';
import { type FakePcscd, fakePcscd } from './fake-pcscd.ts';
import { fakeScard } from './fake-scard.ts';

const [absent, present] = [2, 4];

afterEach(() => vi.unstubAllEnvs());

async function served(
  given: Parameters<typeof fakePcscd>[0],
  { otherwise = fakeScard() as ScardBinding, scheduler = systemScheduler as Scheduler } = {},
): Promise<{ daemon: FakePcscd; port: ReaderPort; events: ReaderEvents }> {
  const daemon = await fakePcscd(given);
  vi.stubEnv('PCSCLITE_CSOCK_NAME', daemon.path);
  const port = createScardPort('pcscd', async () => pcscdBinding(scheduler, async () => otherwise), {
    scheduler,
    serviceRetryMillis: () => 60_000,
  });
  onTestFinished(async () => {
    await port.stop();
    await daemon.stop();
  });
  return { daemon, port, events: await startPort(port) };
}

// pcsc-lite's winscard_msg.h: 4:4 up to 2.2, 4:5 from 2.3 to 2.4, 4:6 from 2.5; up to 2.4.0 a daemon takes its own alone.
describe('the version of the protocol', () => {
  test.each([
    ['4:4', { own: 4, takes: [4] }],
    ['4:5, and no other', { own: 5, takes: [5] }],
    ['4:6, which takes 4:4 too', { own: 6, takes: [4, 5, 6] }],
  ])('%s is spoken', async (_, version) => {
    const { port } = await served({ version, readers: [{ name: 'A 00 00', state: absent }] });
    expect(await port.readers()).toMatchObject([{ name: 'A 00 00', state: 'empty' }]);
  });

  test('of a daemon that nobody knows is left to its own library', async () => {
    const otherwise = fakeScard();
    const { port, events } = await served({ version: { own: 9, takes: [9] } }, { otherwise });
    otherwise.say({ reader: 'By the library' });
    expect(events.all[0]).toEqual({ type: 'service', available: true, code: null });
    expect(await port.readers()).toMatchObject([{ name: 'By the library' }]);
    await (await port.connect('By the library')).close();
    expect(otherwise.modes).toEqual(['exclusive']);
  });
});

describe('a daemon that', () => {
  // pcsc-lite asks polkit for org.debian.pcsc-lite.access_pcsc before it reads anything, and closes (auth.c).
  test('closes before it says its version refuses: reader.service-denied', async () => {
    const { events } = await served({ version: 'close' });
    expect(events.all).toEqual([{ type: 'service', available: false, code: 'reader.service-denied' }]);
  });

  // org.debian.pcsc-lite.access_card is asked for each reader.
  test('closes instead of connecting refuses: reader.service-denied', async () => {
    const { daemon, port } = await served({ readers: [{ name: 'A 00 00', state: present }] });
    daemon.connect = 'close';
    await expect(port.connect('A 00 00')).rejects.toMatchObject({ code: 'reader.service-denied' });
  });

  test('is not there is not one that refuses', async () => {
    vi.stubEnv('PCSCLITE_CSOCK_NAME', '/nowhere/socket');
    const port = createScardPort('pcscd', async () => pcscdBinding(systemScheduler, async () => fakeScard()));
    const events = await startPort(port);
    await port.stop();
    expect(events.all).toEqual([{ type: 'service', available: false, code: 'reader.service-stopped' }]);
  });

  test('hangs is told as stopped in two seconds, and holds up nobody', async () => {
    // Time passes at once where somebody waits for two seconds.
    const scheduler: Scheduler = (millis, action) => systemScheduler(millis === 2_000 ? 1 : millis, action);
    const { events } = await served({ version: 'silent' }, { scheduler });
    expect(events.all).toEqual([{ type: 'service', available: false, code: 'reader.service-stopped' }]);
  });
});

describe('readers', () => {
  const named = (index: number) => `Reader ${index.toString().padStart(2, '0')}`;

  test('sixteen are all told of at once, and each is spoken to', async () => {
    const readers = Array.from({ length: 16 }, (_, index) => ({ name: named(index), state: present, events: index }));
    const { port } = await served({ readers });
    expect((await port.readers()).map(({ name }) => name)).toEqual(readers.map(({ name }) => name));
    for (const { name } of readers) await (await port.connect(name)).close();
  });

  // PCSCLITE_MAX_READERS_CONTEXTS is 16: the table is full, and its last record is one like any other.
  test.each([0, 15])('sixteen, and a document on number %i of them is found by itself', async (place) => {
    const empty = Array.from({ length: 16 }, (_, index) => ({ name: named(index), state: absent }));
    const { daemon, port } = await served({ readers: empty });
    await port.stop();
    const watched = await watchedReaders(port);
    const connection = await watched.connect({
      reader: null,
      waitMillis: 60_000,
      signal: new AbortController().signal,
      patient: true,
      onWaiting: () => {
        daemon.readers = empty.map((each, index) => (index === place ? { ...each, state: present, events: 1 } : each));
        daemon.signal();
      },
    });
    expect(connection.reader).toBe(named(place));
    expect(await watched.readers()).toHaveLength(16);
    await connection.close();
  });

  // SCARD_SHARE_DIRECT with no protocol: no card is powered, and none need be there.
  test('that are empty are asked what they are without a card', async () => {
    const { daemon, port } = await served({
      readers: [
        { name: 'A 00 00', state: absent },
        { name: 'B 00 00', state: present },
      ],
    });
    expect(await port.facts?.('A 00 00')).toEqual({
      vendor: null,
      version: null,
      place: null,
      maxApduDataSize: null,
      extendedLength: 'unknown',
    });
    expect(await port.facts?.('B 00 00')).toBeNull();
    expect(daemon.connects).toEqual([{ mode: 3, protocols: 0 }]);
  });

  test('and cards come and go by signal, with their answers to reset', async () => {
    const { daemon, port, events } = await served({ readers: [{ name: 'A', state: absent }] });
    daemon.readers = [{ name: 'A', state: present, events: 1 }];
    daemon.signal();
    expect(await events.next('card-inserted')).toEqual({ type: 'card-inserted', reader: 'A', atr: '3b80800101' });
    daemon.readers = [];
    daemon.signal();
    await events.next('readers', ({ readers }) => readers.length === 0);
    expect(await port.readers()).toEqual([]);
  });

  // EHSignalEventToClients is called for cards and readers alone: nobody is told that one is taken into use or let go.
  test('are seen to be taken into use and let go without a signal and without a connection', async () => {
    const { daemon, events } = await served({ readers: [{ name: 'A', state: present }] });
    daemon.readers = [{ name: 'A', state: present, sharing: -1 }];
    await events.next('readers', ({ readers }) => readers[0]?.state === 'in-use');
    daemon.readers = [{ name: 'A', state: present, sharing: 1 }];
    await events.next('readers', ({ readers }) => readers[0]?.inUse === true);
    daemon.readers = [{ name: 'A', state: present }];
    await events.next('readers', ({ readers }) => readers[0]?.state === 'card' && !readers[0].inUse);
    expect(daemon.commands).not.toContain(0x04);
  });

  test('a transaction on more of them than a process has threads is reader.shared on each', async () => {
    const readers = Array.from({ length: 8 }, (_, index) => ({ name: named(index), state: present, sharing: 1 }));
    const { daemon, port } = await served({ readers });
    daemon.connect = 'wait';
    const codes = await Promise.all(
      readers.map(({ name }) => port.connect(name).catch(({ code }: Error & { code: string }) => code)),
    );
    expect(new Set(codes)).toEqual(new Set(['reader.shared']));
    daemon.connect = 0;
  });
});
