import { expect, test } from 'vitest';
import type { PcscMiniAddon } from '../../../main/reader/pcsc-mini-binding.ts';
import { createPcscMiniPort } from '../../../main/reader/pcsc-mini-port.ts';
import type { ReaderEvent } from '../../../main/reader/port.ts';
import { manualScheduler, turn } from './fake-scard.ts';

type Client = ReturnType<PcscMiniAddon['newClient']>;
type Card = Awaited<ReturnType<Client['connect']>>;

const refuse = (code: string) => Promise.reject(Object.assign(new Error(code), { code }));
const garbage = Uint8Array.of(0x25, 0, 0);
const present = 0x22;
const empty = 0x12;

function fakeAddon() {
  const calls: string[] = [];
  let tell: Parameters<Client['start']>[0] = () => {};
  const state = {
    atr: Uint8Array.of(0x3b, 0x80, 0x01),
    buffers: new Set<ArrayBuffer>(),
    unpowerFails: false,
    connect: (_mode: number): Promise<void> => Promise.resolve(),
  };
  const card: Card = {
    attributeGet: () => refuse('UnsupportedFeature'),
    attributeSet: () => refuse('UnsupportedFeature'),
    control: () => refuse('UnsupportedFeature'),
    disconnect: (then) => {
      calls.push(`disconnect ${then}`);
      return state.unpowerFails && Number(then) === 2 ? refuse('RemovedCard') : Promise.resolve();
    },
    protocol: () => 2,
    reconnect: () => refuse('UnsupportedFeature'),
    state: () => Promise.resolve({ atr: state.atr, protocol: 2, readerName: 'R', status: 0 }),
    transaction: () => refuse('UnsupportedFeature'),
    transmit: async (_protocol, input, buffer = new ArrayBuffer(264)) => {
      state.buffers.add(buffer);
      const response = new Uint8Array(buffer, 0, input.length);
      response.set(input);
      return response;
    },
  };
  const addon: PcscMiniAddon = {
    controlCode: (code) => code,
    newClient: () => ({
      connect: async (_reader, mode) => {
        calls.push(`connect ${mode}`);
        await state.connect(Number(mode));
        return card;
      },
      start: (onStateChange) => {
        tell = onStateChange;
      },
      stop: () => {
        calls.push('stop');
      },
    }),
  };
  return { addon, calls, state, say: (flags: number, reader = 'R') => tell(reader, flags, garbage) };
}

async function started() {
  const clock = manualScheduler();
  const fake = fakeAddon();
  const events: ReaderEvent[] = [];
  const port = createPcscMiniPort({ load: () => Promise.resolve(fake.addon), scheduler: clock.scheduler });
  const starting = port.start((event) => events.push(event));
  await clock.advance(500);
  await starting;
  return { ...fake, clock, port, events };
}

// While another program is in a transaction no SCardConnect comes back: never connect to learn whether a card is there.
test.each([present, present | 0x80, present | 0x100])(
  'a card is told of without connecting to it (%i)',
  async (flags) => {
    const { say, events, calls } = await started();
    say(flags | 0x10000);
    // The addon's own word on the answer to reset has the right length and wrong bytes.
    expect(events.at(-1)).toEqual({ type: 'card-inserted', reader: 'R', atr: '' });
    await turn();
    expect(calls).toEqual([]);
  },
);

test('a card that another program holds is told as in use, until it is free', async () => {
  const { say, port } = await started();
  say(present | 0x80 | 0x10000);
  expect(await port.readers()).toEqual([{ name: 'R', kind: 'pcsc', state: 'in-use', inUse: false, atr: null }]);
  say(present | 0x10000);
  expect(await port.readers()).toEqual([{ name: 'R', kind: 'pcsc', state: 'card', inUse: false, atr: null }]);
});

test('one buffer serves a connection, and no answer is a view of it', async () => {
  const { port, state } = await started();
  const connection = await port.connect('R');
  const first = await connection.transmit(Uint8Array.of(1, 1, 1, 1));
  await connection.transmit(Uint8Array.of(2, 2, 2, 2));
  expect(first).toEqual(Uint8Array.of(1, 1, 1, 1));
  expect([...state.buffers].map(({ byteLength }) => byteLength)).toEqual([65_538]);
});

test('a card that cannot be unpowered is let go all the same', async () => {
  const { port, state, calls } = await started();
  state.unpowerFails = true;
  const connection = await port.connect('R');
  await connection.close('reset');
  expect(calls).toEqual(['connect 1', 'disconnect 2', 'disconnect 0']);
});

test('the watch is stopped only when the addon has been silent for a while', async () => {
  const { port, say, calls, clock } = await started();
  const stopping = port.stop();
  await clock.advance(99);
  say(empty);
  await clock.advance(100);
  expect(calls).toEqual([]);
  await clock.advance(100);
  await stopping;
  expect(calls).toEqual(['stop']);
});
