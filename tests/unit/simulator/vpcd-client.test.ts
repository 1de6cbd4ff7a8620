import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../../../main/result/bytes.ts';
import { asFailure } from '../../../main/result/failure.ts';
import type { SimulatedChip } from '../../../main/simulator/chip/chip.ts';
import { MessageSplitter, playIntoVpcd } from '../../../main/simulator/vpcd-client.ts';
import { chipOf } from './support.ts';

const open: Server[] = [];

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

interface Bench {
  readonly reader: Socket;
  readonly end: Promise<string>;
  readonly connected: () => number;
  readonly stop: () => void;
}

// The reader's side of vpcd: it listens, the card comes.
async function bench(chip: SimulatedChip): Promise<Bench> {
  const server = createServer();
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const coming = once(server, 'connection');
  const controller = new AbortController();
  let connected = 0;
  const end = playIntoVpcd(chip, {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    signal: controller.signal,
    pause: async () => undefined,
    onConnected: () => connected++,
  });
  const [reader]: [Socket] = (await coming) as [Socket];
  return { reader, end, connected: () => connected, stop: () => controller.abort() };
}

function framed(hex: string): Uint8Array {
  const message = fromHex(hex);
  return concat(Uint8Array.of(message.length >> 8, message.length & 0xff), message);
}

async function ask(reader: Socket, ...messages: readonly string[]): Promise<string> {
  const answered = once(reader, 'data');
  reader.write(concat(...messages.map(framed)));
  const [bytes]: [Buffer] = (await answered) as [Buffer];
  return toHex(bytes);
}

describe('the card in a virtual reader', () => {
  it('answers to reset and to commands, and is told as connected once', async () => {
    const { reader, end, connected } = await bench(chipOf());
    expect(connected()).toBe(0);
    expect(await ask(reader, '04')).toBe('00053b80800101');
    expect(await ask(reader, '00b09c0000')).toBe('000431009000');
    expect(await ask(reader, '04')).toBe('00053b80800101');
    expect(connected()).toBe(1);
    reader.end();
    expect(await end).toBe('closed');
  });

  it('is reset by power off, power on and reset', async () => {
    for (const control of ['00', '01', '02']) {
      const { reader, end } = await bench(chipOf());
      expect(await ask(reader, '00a4020c02011c')).toBe('00029000');
      expect(await ask(reader, control, '00b0000000')).toBe('00026986');
      reader.destroy();
      await end;
    }
  });

  it('leaves the reader when it leaves the field', async () => {
    const { reader, end } = await bench(chipOf({}, undefined, { leaveAtCommand: 2 }));
    expect(await ask(reader, '00b09c0000')).toBe('000431009000');
    reader.write(framed('00b09c0000'));
    expect(await end).toBe('torn');
  });

  it('is taken away by the signal', async () => {
    const { reader, end, stop } = await bench(chipOf());
    await ask(reader, '04');
    const gone = once(reader, 'close');
    stop();
    expect(await end).toBe('stopped');
    await gone;
  });

  it('is not laid down at all after the signal', async () => {
    const signal = AbortSignal.abort();
    const options = { host: '127.0.0.1', port: 1, signal, pause: async () => undefined, onConnected: () => {} };
    expect(await playIntoVpcd(chipOf(), options)).toBe('stopped');
  });

  it('says so where no reader listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const signal = new AbortController().signal;
    const play = playIntoVpcd(chipOf(), {
      host: '127.0.0.1',
      port,
      signal,
      pause: async () => undefined,
      onConnected: () => {},
    });
    await expect(play.catch((thrown: unknown) => asFailure(thrown).code)).resolves.toBe('connection.refused');
  });
});

describe('messages', () => {
  it('are found however the stream is cut, up to 65 535 bytes', () => {
    const longest = new Uint8Array(65_535).fill(7);
    const stream = concat(framed('04'), framed(''), framed('00a4'), Uint8Array.of(0xff, 0xff), longest, framed('02'));
    for (const size of [1, 3, 1000, stream.length]) {
      const splitter = new MessageSplitter();
      const lengths: number[] = [];
      for (let at = 0; at < stream.length; at += size)
        lengths.push(...splitter.push(stream.subarray(at, at + size)).map(({ length }) => length));
      expect(lengths).toEqual([1, 0, 2, 65_535, 1]);
    }
  });
});
