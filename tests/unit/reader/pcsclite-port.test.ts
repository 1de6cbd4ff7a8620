import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createPcsclitePort, type PcscliteModule, type PcscliteReader } from '../../../main/reader/pcsclite-port.ts';
import type { ReaderEvent } from '../../../main/reader/port.ts';
import { manualScheduler, turn } from './fake-scard.ts';

/** `pcsclite` as its page describes it: errors are text with the status at their end, callbacks come later. */
class FakeReader extends EventEmitter implements PcscliteReader {
  readonly name: string;
  connected = false;
  closed = 0;
  readonly transmitted: { command: Buffer; maxResponse: number; protocol: number }[] = [];
  answer: Uint8Array | string | null = Uint8Array.of(0x90, 0x00);
  connectError: string | null = null;
  disconnectError: string | null = null;
  readonly dispositions: number[] = [];

  constructor(name: string) {
    super();
    this.name = name;
  }
  get_status(): void {
    throw new Error('is called by pcsclite alone');
  }
  connect(options: { share_mode: number }, callback: (error: Error | null, protocol: number) => void): void {
    const error = this.connectError;
    setImmediate(() => {
      if (error !== null) return callback(new Error(error), 0);
      // The real one answers without a protocol when it takes itself for connected.
      const protocol = this.connected ? Number.NaN : 2;
      this.connected = true;
      callback(null, protocol + options.share_mode * 0);
    });
  }
  disconnect(disposition: number, callback: (error?: Error | null) => void): void {
    this.dispositions.push(disposition);
    const error = this.disconnectError;
    if (error === null) this.connected = false;
    setImmediate(() => callback(error === null ? null : new Error(error)));
  }
  transmit(
    command: Buffer,
    maxResponse: number,
    protocol: number,
    callback: (error: Error | null, response: Uint8Array) => void,
  ): void {
    this.transmitted.push({ command, maxResponse, protocol });
    const { answer } = this;
    if (answer === null) return;
    setImmediate(() => {
      if (typeof answer === 'string') callback(new Error(answer), new Uint8Array());
      else callback(null, Buffer.from(answer));
    });
  }
  control(_data: Buffer, _code: number, _max: number, callback: (error: Error | null, r: Uint8Array) => void): void {
    setImmediate(() => callback(new Error('SCardControl error: Feature not supported.(0x8010001f)'), new Uint8Array()));
  }
  SCARD_CTL_CODE(code: number): number {
    return 0x42000000 + code;
  }
  close(): void {
    this.closed += 1;
  }
}

class FakeWatch extends EventEmitter {
  closed = 0;
  close(): void {
    this.closed += 1;
  }
}

async function started() {
  const clock = manualScheduler();
  const watches: FakeWatch[] = [];
  const refusals: string[] = [];
  const pcsclite: PcscliteModule = () => {
    const refusal = refusals.shift();
    if (refusal !== undefined) throw new Error(refusal);
    const watch = new FakeWatch();
    watches.push(watch);
    return watch;
  };
  const events: ReaderEvent[] = [];
  const port = createPcsclitePort({ load: () => Promise.resolve(pcsclite), scheduler: clock.scheduler });
  const starting = port.start((event) => events.push(event));
  await clock.advance(500);
  await starting;
  const add = (name: string): FakeReader => {
    const reader = new FakeReader(name);
    watches.at(-1)?.emit('reader', reader);
    return reader;
  };
  return { port, clock, events, watches, refusals, add };
}

const command = Uint8Array.of(0, 0x84, 0, 0, 8);
const [empty, present] = [
  { state: 0x12, atr: Buffer.alloc(0) },
  { state: 0x10022, atr: Buffer.from([0x3b, 0x80]) },
];

test('readers and cards come and go, the state of each told by pcsclite', async () => {
  const { port, events, add } = await started();
  const reader = add('R 00');
  reader.emit('status', empty);
  reader.emit('status', present);
  expect(await port.readers()).toEqual([{ name: 'R 00', kind: 'pcsc', state: 'card', inUse: false, atr: '3b80' }]);
  reader.emit('end');
  expect(events.map(({ type }) => type)).toEqual([
    'service',
    'readers',
    'readers',
    'card-inserted',
    'card-removed',
    'readers',
  ]);
  await expect(port.connect('R 00')).rejects.toMatchObject({ code: 'reader.not-found' });
});

test('a command goes through with its protocol and room for the longest response', async () => {
  const { port, add } = await started();
  const reader = add('R 00');
  reader.emit('status', present);
  const connection = await port.connect('R 00');
  expect(connection.atr).toBe('3b80');
  const response = await connection.transmit(command);
  expect(response).toEqual(Uint8Array.of(0x90, 0x00));
  expect(response).not.toBeInstanceOf(Buffer);
  expect(reader.transmitted).toEqual([{ command: Buffer.from(command), maxResponse: 65_538, protocol: 2 }]);
  await connection.close('reset');
  expect(reader.dispositions).toEqual([2]);
});

test.each([
  ['SCardTransmit error: Card was removed.(0x80100069)', 'card.removed'],
  ['SCardTransmit error: Card was reset.(0xffffffff80100068)', 'card.reset'],
  ['SCardTransmit error: Card is unpowered.(0x80100067)', 'card.reset'],
  ['Card Reader not connected', 'reader.communication'],
])('%s is %s', async (text, code) => {
  const { port, clock, add } = await started();
  const reader = add('R 00');
  reader.emit('status', present);
  reader.answer = text;
  const connection = await port.connect('R 00');
  const outcome = expect(connection.transmit(command)).rejects.toMatchObject({ code });
  await turn();
  await clock.advance(1000);
  await outcome;
});

test('a reader whose disconnect failed is connected anew, not taken for connected', async () => {
  const { port, add } = await started();
  const reader = add('R 00');
  reader.emit('status', present);
  reader.disconnectError = 'SCardDisconnect error: Card was removed.(0x80100069)';
  await (await port.connect('R 00')).close('reset');
  expect(reader.dispositions).toEqual([2, 0]);
  const again = await port.connect('R 00');
  await again.transmit(command);
  expect(reader.transmitted[0]?.protocol).toBe(2);
});

test('another program holding the card is reader.shared', async () => {
  const { port, clock, add } = await started();
  const reader = add('R 00');
  reader.emit('status', present);
  reader.connectError = 'SCardConnect error: Sharing violation.(0x8010000b)';
  const outcome = expect(port.connect('R 00')).rejects.toMatchObject({ code: 'reader.shared' });
  for (let tries = 0; tries < 6; tries++) {
    await turn();
    await turn();
    await turn();
    await clock.advance(500);
  }
  await outcome;
});

test('the service stops and returns under a new watch', async () => {
  const { events, clock, watches, refusals, add } = await started();
  add('R 00').emit('status', empty);
  events.splice(0);
  refusals.push('SCardEstablishContext error: Service not available.(0x8010001d)');
  watches[0]?.emit('error', new Error('SCardGetStatusChange error: RPC transport error.(0x80100013)'));
  await clock.advance(250);
  await clock.advance(500);
  expect(watches).toHaveLength(2);
  expect(watches[0]?.closed).toBe(1);
  add('R 00').emit('status', empty);
  expect(events.map((event) => (event.type === 'service' ? event.available : event.type))).toEqual([
    false,
    'readers',
    true,
    'readers',
  ]);
});

test('stop closes everything but a reader whose call never came back', async () => {
  const { port, clock, watches, add } = await started();
  const [stuck, other] = [add('A'), add('B')];
  stuck.emit('status', present);
  other.emit('status', empty);
  stuck.answer = null;
  const connection = await port.connect('A');
  const outcome = expect(connection.transmit(command)).rejects.toMatchObject({ code: 'card.mute' });
  await clock.advance(15_000);
  await outcome;
  await port.stop();
  expect([stuck.closed, other.closed, watches[0]?.closed]).toEqual([0, 1, 1]);
});
