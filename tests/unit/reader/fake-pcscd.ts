import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One reader of the table (pcsc-lite, eventhandler.h: `READER_STATE`). */
export interface FakeReader {
  readonly name: string;
  /** SCARD_ABSENT 2, SCARD_PRESENT 4 and so on (pcsclite.h). */
  readonly state: number;
  /** How many connections, -1 for an exclusive one. */
  readonly sharing?: number;
  readonly events?: number;
}

export interface FakePcscd {
  readonly path: string;
  readers: readonly FakeReader[];
  /** What `SCARD_CONNECT` does: its status, `close` as where polkit refuses `access_card`, or `wait`. */
  connect: number | 'close' | 'wait';
  /** How `SCARD_CONNECT` was asked for: share mode and protocols. */
  readonly connects: { readonly mode: number; readonly protocols: number }[];
  /** Commands that came, in order. */
  readonly commands: number[];
  /** Says that something moved to everyone who waits. */
  signal(): void;
  stop(): Promise<void>;
}

/** A daemon's side of the protocol, as `winscard_svc.c` has it, on a socket of its own. */
export async function fakePcscd(given: {
  /** `close`: polkit refuses `access_pcsc`; `silent`: it hangs. */
  readonly version?: { readonly own: number; readonly takes: readonly number[] } | 'close' | 'silent';
  readonly readers?: readonly FakeReader[];
}): Promise<FakePcscd> {
  const { version = { own: 4, takes: [4] }, readers = [] } = given;
  const folder = mkdtempSync(join(tmpdir(), 'styrk-fake-pcscd-'));
  const path = join(folder, 'socket');
  const sockets = new Set<Socket>();
  const waiting = new Set<Socket>();
  const fake: FakePcscd = {
    path,
    readers,
    connect: 0,
    connects: [],
    commands: [],
    signal() {
      for (const socket of waiting) socket.write(words(0, 0));
      waiting.clear();
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
  const answer = (socket: Socket, command: number, body: Buffer): void => {
    fake.commands.push(command);
    if (command === 0x11 && version !== 'close' && version !== 'silent') {
      const taken = body.readInt32LE(0) === 4 && version.takes.includes(body.readInt32LE(4));
      socket.write(words(4, version.own, taken ? 0 : 0x8010001e));
    } else if (command === 0x12) socket.write(table(fake.readers));
    else if (command === 0x13) {
      waiting.add(socket);
      socket.write(table(fake.readers));
    } else if (command === 0x14) {
      if (waiting.delete(socket)) socket.write(words(0, 0));
    } else if (command === 0x01) socket.write(words(body.readUInt32LE(0), 7, 0));
    else if (command === 0x04) {
      fake.connects.push({ mode: body.readUInt32LE(132), protocols: body.readUInt32LE(136) });
      if (fake.connect === 'close') socket.destroy();
      if (typeof fake.connect !== 'number') return;
      socket.write(Buffer.concat([body.subarray(0, 140), words(9, 2, fake.connect)]));
    } else if (command === 0x06) socket.write(words(9, 0, 0));
    // Questions about lengths: no feature is known.
    else if (command === 0x0a) socket.write(words(9, 0, 0, 0, 0, 0x80100016));
    else if (command === 0x0f) socket.write(Buffer.concat([body.subarray(0, 276), words(0x8010001f)]));
  };
  const server = createServer((socket) => {
    if (version === 'close') {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    let received = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 8 && received.length >= 8 + received.readUInt32LE(0)) {
        const size = received.readUInt32LE(0);
        const [command, body] = [received.readUInt32LE(4), received.subarray(8, 8 + size)];
        received = received.subarray(8 + size);
        answer(socket, command, body);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return fake;
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, index * 4);
  return bytes;
}

function table(readers: readonly FakeReader[]): Buffer {
  const bytes = Buffer.alloc(16 * 184);
  for (const [index, { name, state, sharing = 0, events = 0 }] of readers.entries()) {
    const at = index * 184;
    bytes.write(name, at);
    bytes.writeUInt32LE(events, at + 128);
    bytes.writeUInt32LE(state, at + 132);
    bytes.writeInt32LE(sharing, at + 136);
    if ((state & 4) !== 0) bytes.set([0x3b, 0x80, 0x80, 0x01, 0x01], at + 140);
    bytes.writeUInt32LE((state & 4) === 0 ? 0 : 5, at + 176);
  }
  return bytes;
}
