import { describe, expect, test } from 'vitest';
import type { ReaderEvent, ReaderPort } from '../../../main/reader/port.ts';
import { type ScardCard, ScardError, scardState } from '../../../main/reader/scard.ts';
import { createScardPort, type ScardPortOptions } from '../../../main/reader/scard-port.ts';
import { Failure } from '../../../main/result/failure.ts';
import { type FakeScard, fakeCard, fakeScard, manualScheduler, turn } from './fake-scard.ts';

const reader = 'Reader 00';
const command = Uint8Array.of(0, 0x84, 0, 0, 8);
const atr = Uint8Array.of(0x3b, 0x01);
const { present, empty, exclusive, mute } = scardState;

async function started(fake: FakeScard, options: ScardPortOptions = {}) {
  const clock = manualScheduler();
  const events: ReaderEvent[] = [];
  const port = createScardPort('pcsc-mini', () => Promise.resolve(fake), { scheduler: clock.scheduler, ...options });
  const starting = port.start((event) => events.push(event));
  await clock.advance(500);
  await starting;
  return { port, clock, events, take: () => events.splice(0) };
}

function failing(status: number): Partial<ScardCard> {
  return { transmit: () => Promise.reject(new ScardError(status)) };
}

test('start waits no longer than its time when no reader is there', async () => {
  const { events, port } = await started(fakeScard());
  expect(events).toEqual([{ type: 'service', available: true, code: null }]);
  expect(await port.readers()).toEqual([]);
});

test('a reader and a card come and go', async () => {
  const fake = fakeScard();
  const { take, port } = await started(fake);
  take();
  const description = { name: reader, kind: 'pcsc', inUse: false };
  fake.say({ reader, flags: empty });
  fake.say({ reader, flags: present, atr });
  fake.say({ reader, flags: empty });
  fake.say({ reader, flags: null });
  fake.say({ reader, flags: null });
  expect(take()).toEqual([
    { type: 'readers', readers: [{ ...description, state: 'empty', atr: null }] },
    { type: 'readers', readers: [{ ...description, state: 'card', atr: '3b01' }] },
    { type: 'card-inserted', reader, atr: '3b01' },
    { type: 'card-removed', reader },
    { type: 'readers', readers: [{ ...description, state: 'empty', atr: null }] },
    { type: 'readers', readers: [] },
  ]);
  expect(await port.readers()).toEqual([]);
});

test('a card exchanged between two looks is told as removed and inserted', async () => {
  const description = { name: reader, kind: 'pcsc', state: 'card', atr: '3b01' };
  const fake = fakeScard();
  const { take } = await started(fake);
  fake.say({ reader, flags: present | (1 << 16), atr });
  take();
  fake.say({ reader, flags: present | 0x100 | (1 << 16), atr });
  expect(take()).toEqual([{ type: 'readers', readers: [{ ...description, inUse: true }] }]);
  fake.say({ reader, flags: present | 0x100 | (3 << 16), atr });
  expect(take()).toEqual([
    { type: 'card-removed', reader },
    { type: 'card-inserted', reader, atr: '3b01' },
  ]);
});

test('mute, in use and unusable are told apart; a mute card is no inserted card', async () => {
  const fake = fakeScard();
  const { take, port } = await started(fake);
  const state = async () => (await port.readers()).map(({ state }) => state);
  fake.say({ reader, flags: present | mute });
  expect(await state()).toEqual(['mute']);
  fake.say({ reader, flags: present | exclusive });
  expect(await state()).toEqual(['in-use']);
  fake.say({ reader, flags: 0 });
  expect(await state()).toEqual(['unusable']);
  expect(take().filter(({ type }) => type === 'card-inserted')).toHaveLength(1);
});

test('the service stops, is asked again with growing waits, and is told of once', async () => {
  const fake = fakeScard();
  const { take, clock } = await started(fake);
  fake.say({ reader, flags: present, atr });
  take();
  fake.refusals.push(0x8010001d, 0x8010001d, 0x8010001d);
  fake.fail(0x80100013);
  expect(take()).toEqual([
    { type: 'service', available: false, code: 'reader.service-stopped' },
    { type: 'card-removed', reader },
    { type: 'readers', readers: [] },
  ]);
  await clock.advance(250 + 500 + 1000);
  expect(fake.watches).toBe(1);
  expect(take()).toEqual([]);
  await clock.advance(2000);
  expect(fake.watches).toBe(2);
  expect(take()).toEqual([{ type: 'service', available: true, code: null }]);
});

test('a service that refuses is told apart from one that is not there', async () => {
  const fake = fakeScard();
  fake.refusals.push(0x8010006a, 0x8010001d);
  const { events, clock, port } = await started(fake, { serviceRetryMillis: () => 10_000 });
  await clock.advance(10_000);
  expect(events).toEqual([
    { type: 'service', available: false, code: 'reader.service-denied' },
    { type: 'service', available: false, code: 'reader.service-stopped' },
  ]);
  fake.onConnect = () => Promise.reject(new ScardError(0x80100009));
  await expect(port.connect(reader)).rejects.toMatchObject({ code: 'reader.service-stopped' });
});

test('a watch that the binding gives up is begun anew without a word on the service', async () => {
  const fake = fakeScard();
  const { take, clock } = await started(fake);
  take();
  fake.fail(null);
  await clock.advance(250);
  expect(fake.watches).toBe(2);
  expect(take()).toEqual([]);
});

test('after stop nothing is told and nothing is asked', async () => {
  const fake = fakeScard();
  const { take, clock, port } = await started(fake);
  take();
  await port.stop();
  fake.say({ reader, flags: present });
  fake.fail(0x8010001d);
  await clock.advance(60_000);
  expect(take()).toEqual([]);
  expect(fake.watches).toBe(1);
});

test('a command that never comes back ends in card.mute at its time, and its reader is unusable until it does', async () => {
  const stuck = Promise.withResolvers<Uint8Array>();
  let disconnected = 0;
  const fake = fakeScard({
    transmit: () => stuck.promise,
    disconnect: async () => {
      disconnected += 1;
    },
  });
  const { port, clock } = await started(fake);
  fake.say({ reader, flags: present, atr });
  const connection = await port.connect(reader);
  const answer = connection.transmit(command);
  const outcome = expect(answer).rejects.toMatchObject({ code: 'card.mute', fields: { millis: 15_000 } });
  await clock.advance(14_999);
  expect((await port.readers())[0]?.state).toBe('card');
  await clock.advance(1);
  await outcome;
  expect((await port.readers())[0]?.state).toBe('unusable');
  await expect(connection.transmit(command)).rejects.toMatchObject({ code: 'card.mute' });
  await connection.close();
  await expect(port.connect(reader)).rejects.toMatchObject({ code: 'reader.unusable' });
  expect(disconnected).toBe(0);
  stuck.resolve(Uint8Array.of(0x90, 0x00));
  await turn();
  expect(disconnected).toBe(1);
  expect((await port.readers())[0]?.state).toBe('card');
  await (await port.connect(reader)).close();
});

test('a connect that never comes back is given up, and its late card let go', async () => {
  const stuck = Promise.withResolvers<ScardCard>();
  const fake = fakeScard();
  fake.onConnect = () => stuck.promise;
  const { port, clock } = await started(fake);
  const outcome = expect(port.connect(reader)).rejects.toMatchObject({ code: 'card.mute' });
  await clock.advance(15_000);
  await outcome;
  let disconnected = 0;
  stuck.resolve(
    fakeCard({
      disconnect: async () => {
        disconnected += 1;
      },
    }),
  );
  await turn();
  expect(disconnected).toBe(1);
});

test('two stuck calls are enough: a third reader is refused before the process runs out of threads', async () => {
  const fake = fakeScard();
  fake.onConnect = () => new Promise(() => {});
  const { port, clock } = await started(fake);
  const given = ['A', 'B'].map((name) => expect(port.connect(name)).rejects.toMatchObject({ code: 'card.mute' }));
  await clock.advance(15_000);
  await Promise.all(given);
  await expect(port.connect('C')).rejects.toMatchObject({ code: 'reader.unusable' });
});

test.each([new Uint8Array(), Uint8Array.of(0x90)])('a response of $length bytes is a lost card', async (response) => {
  const fake = fakeScard({ transmit: () => Promise.resolve(response) });
  const { port, clock } = await started(fake);
  fake.say({ reader, flags: present, atr });
  const connection = await port.connect(reader);
  const outcome = expect(connection.transmit(command)).rejects.toMatchObject({ code: 'card.removed' });
  await clock.advance(1000);
  await outcome;
});

test('a failed transfer is what the watch says next: card, reader or service gone, or else the transfer itself', async () => {
  const cases: [(fake: FakeScard) => void, string][] = [
    [(fake) => fake.say({ reader, flags: empty }), 'card.removed'],
    [(fake) => fake.say({ reader, flags: null }), 'reader.lost'],
    [(fake) => fake.fail(0x8010001d), 'reader.service-stopped'],
    [(fake) => fake.say({ reader: 'Other', flags: null }), 'reader.communication'],
  ];
  for (const [happens, code] of cases) {
    const fake = fakeScard(failing(0x80100016));
    const { port, clock } = await started(fake);
    fake.say({ reader, flags: present, atr });
    const connection = await port.connect(reader);
    const outcome = expect(connection.transmit(command)).rejects.toMatchObject({ code });
    await turn();
    happens(fake);
    await clock.advance(1000);
    await outcome;
  }
});

test('a reset cuts the power and connects again; one that fails leaves a dead connection', async () => {
  const said: string[] = [];
  const fake = fakeScard({
    disconnect: async (disposition) => void said.push(disposition),
    transmit: async () => Uint8Array.of(0x90, 0x00),
  });
  const { port } = await started(fake);
  const connection = await port.connect(reader);
  const connects = fake.modes.length;
  await connection.reset?.();
  expect(said).toEqual(['unpower']);
  expect(fake.modes.length).toBe(connects + 1);
  expect(await connection.transmit(command)).toEqual(Uint8Array.of(0x90, 0x00));
  fake.onConnect = () => Promise.reject(new ScardError(0x8010000c));
  await expect(connection.reset?.()).rejects.toMatchObject({ code: 'card.absent' });
  await expect(connection.transmit(command)).rejects.toMatchObject({ code: 'card.absent' });
  await connection.close();
});

test('a failed transfer leaves the connection alive, a reset card does not', async () => {
  const answers: (Uint8Array | ScardError)[] = [
    new ScardError(0x80100016),
    Uint8Array.of(0x90, 0x00),
    new ScardError(0x80100068),
    Uint8Array.of(0x90, 0x00),
  ];
  const fake = fakeScard({
    transmit: async () => {
      const answer = answers.shift() ?? new ScardError(null);
      if (answer instanceof ScardError) throw answer;
      return answer;
    },
  });
  const { port, clock } = await started(fake);
  const connection = await port.connect(reader);
  fake.say({ reader, flags: present, atr });
  const failed = expect(connection.transmit(command)).rejects.toMatchObject({ code: 'reader.communication' });
  await clock.advance(1000);
  await failed;
  expect(await connection.transmit(command)).toEqual(Uint8Array.of(0x90, 0x00));
  await expect(connection.transmit(command)).rejects.toMatchObject({ code: 'card.reset' });
  await expect(connection.transmit(command)).rejects.toMatchObject({ code: 'card.reset' });
  expect(answers).toHaveLength(1);
});

test('exclusive first, shared where another program shares, refused after the tries where it does not', async () => {
  const fake = fakeScard();
  fake.onConnect = (_, mode) =>
    mode === 'shared' ? Promise.resolve(fakeCard()) : Promise.reject(new ScardError(0x8010000b));
  const { port, clock } = await started(fake);
  await (await port.connect(reader)).close();
  expect(fake.modes.splice(0)).toEqual(['exclusive', 'shared']);
  fake.onConnect = () => Promise.reject(new ScardError(0x8010000b));
  const refused = expect(port.connect(reader)).rejects.toMatchObject({ code: 'reader.shared' });
  await clock.advance(900);
  await refused;
  expect(fake.modes).toHaveLength(10);
});

// What PC/SC says of a connection of our own lags behind; this one never was ours.
test('a card that is refused to us is told as in use at once, and as free with the first word that says so', async () => {
  const fake = fakeScard();
  const { port, clock, take } = await started(fake);
  fake.say({ reader, flags: present, atr });
  fake.onConnect = () => Promise.reject(new ScardError(0x8010000b));
  const refused = expect(port.connect(reader)).rejects.toMatchObject({ code: 'reader.shared' });
  await clock.advance(300);
  fake.say({ reader, flags: present | exclusive, atr });
  fake.say({ reader, flags: present | exclusive, atr });
  take();
  await clock.advance(600);
  await refused;
  expect(take()).toMatchObject([{ type: 'readers', readers: [{ state: 'in-use' }] }]);
  fake.say({ reader, flags: present, atr });
  expect(take()).toMatchObject([{ type: 'readers', readers: [{ state: 'card', inUse: false }] }]);
});

test('one connection at a time per reader, one command at a time per connection', async () => {
  const answer = Promise.withResolvers<Uint8Array>();
  const fake = fakeScard({ transmit: () => answer.promise });
  const { port } = await started(fake);
  const connection = await port.connect(reader);
  await expect(port.connect(reader)).rejects.toMatchObject({ code: 'reader.shared', fields: { own: true } });
  const first = connection.transmit(command);
  await expect(connection.transmit(command)).rejects.toMatchObject({ code: 'internal.unexpected' });
  answer.resolve(Uint8Array.of(0x90, 0x00));
  await first;
  await connection.close();
  await connection.close();
  await (await port.connect(reader)).close();
});

test('our own exclusive hold is not shown as in use, also while PC/SC still says so after the end', async () => {
  const fake = fakeScard();
  const { port } = await started(fake);
  const state = async () => (await port.readers())[0]?.state;
  fake.say({ reader, flags: present, atr });
  const connection = await port.connect(reader);
  fake.say({ reader, flags: present | exclusive, atr });
  expect(await state()).toBe('card');
  await connection.close();
  expect(await state()).toBe('card');
  fake.say({ reader, flags: present, atr });
  fake.say({ reader, flags: present | exclusive, atr });
  expect(await state()).toBe('in-use');
});

// pcsc-lite signals no watcher when a card is taken into use or let go; its words on our own hold come late, once.
test('another program that takes the card right after us is seen at the second word', async () => {
  const fake = fakeScard();
  const { port } = await started(fake);
  const state = async () => (await port.readers())[0]?.state;
  fake.say({ reader, flags: present, atr });
  const connection = await port.connect(reader);
  fake.say({ reader, flags: present | exclusive, atr });
  await connection.close();
  fake.say({ reader, flags: present | exclusive, atr });
  expect(await state()).toBe('card');
  fake.say({ reader, flags: present | exclusive, atr });
  expect(await state()).toBe('in-use');
});

// SCardConnect waits for the end of another program's transaction (pcsc-lite, winscard.c: "wait until a possible
// transaction is finished"); SCARD_STATE_INUSE is told at once.
describe('a transaction of another program', () => {
  const inUse = 0x100;
  async function inTransaction() {
    const stuck = Promise.withResolvers<ScardCard>();
    const fake = fakeScard();
    fake.onConnect = () => stuck.promise;
    const { port, clock, take } = await started(fake);
    fake.say({ reader, flags: present | inUse, atr });
    const outcome = port.connect(reader).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    return { stuck, fake, port, clock, take, outcome };
  }
  const only = async (port: ReaderPort) => (await port.readers())[0];

  test('is shown without a connection to the card', async () => {
    const { port } = await inTransaction();
    await port.stop();
    const fake = fakeScard();
    const { port: watching } = await started(fake);
    fake.say({ reader, flags: present | inUse, atr });
    expect(await only(watching)).toMatchObject({ state: 'card', inUse: true });
    expect(fake.modes).toEqual([]);
  });

  test('is reader.shared within two seconds, and the reader is free again when the call comes back', async () => {
    const { stuck, port, clock, take, outcome } = await inTransaction();
    await clock.advance(1_000);
    expect(await outcome).toMatchObject({ code: 'reader.shared' });
    expect(await only(port)).toMatchObject({ state: 'in-use' });
    await expect(port.connect(reader)).rejects.toMatchObject({ code: 'reader.shared' });
    take();
    let left = 0;
    stuck.resolve(
      fakeCard({
        disconnect: async () => {
          left += 1;
        },
      }),
    );
    await turn();
    expect(left).toBe(1);
    expect(await only(port)).toMatchObject({ state: 'card' });
    expect(take()).toMatchObject([{ type: 'readers', readers: [{ name: reader, state: 'card' }] }]);
  });

  test('a card that is slow without anybody else is given its time', async () => {
    const { fake, stuck, port, clock, outcome } = await inTransaction();
    fake.say({ reader, flags: present, atr });
    await clock.advance(14_999);
    stuck.resolve(fakeCard());
    expect(await outcome).toBe(null);
    expect(await only(port)).toMatchObject({ state: 'card', inUse: false });
  });
});

test('a failing disconnect does not fail the close', async () => {
  const fake = fakeScard({ disconnect: () => Promise.reject(new ScardError(0x8010001d)) });
  const { port } = await started(fake);
  await (await port.connect(reader)).close('reset');
  await (await port.connect(reader)).close();
});

test('a binding that cannot be loaded fails the start, and may be tried again', async () => {
  let tries = 0;
  const port = createScardPort('pcsc-mini', () => {
    tries += 1;
    return Promise.reject(new Failure('reader.binding-missing'));
  });
  await expect(port.start(() => {})).rejects.toMatchObject({ code: 'reader.binding-missing' });
  await expect(port.connect(reader)).rejects.toMatchObject({ code: 'reader.binding-missing' });
  expect(tries).toBe(2);
});
