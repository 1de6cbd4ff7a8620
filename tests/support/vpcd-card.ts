import { connect, type Socket } from 'node:net';
import { concat } from '../../main/result/bytes.ts';

/** What a card of the test bench does with a command: answer, say nothing for ever, or leave the field. */
export type CardAnswer = Uint8Array | 'silence' | 'leave';

export interface VpcdCardScript {
  /** Answer to reset; a plain contactless T=1 card's by default (PC/SC part 3, 3.1.3.2.3). */
  readonly atr?: Uint8Array;
  /** Answers one command APDU; `90 00` to everything by default. */
  readonly answer?: (command: Uint8Array) => CardAnswer | Promise<CardAnswer>;
  /** Called where the reader cuts, gives or renews the power: what a card forgets then is the script's. */
  readonly onPower?: () => void;
}

/** A card in a virtual reader. */
export interface VpcdCard {
  /** Every command APDU that came, in order. */
  readonly commands: readonly Uint8Array[];
  /** How often the reader cut or renewed the card's power. */
  readonly powerCycles: number;
  /** Resolves when the next command APDU has come. */
  nextCommand(): Promise<Uint8Array>;
  /** Answers a command that was met with silence. */
  answerNow(response: Uint8Array): void;
  /** Takes the card away; resolves when the connection is closed. */
  leave(): Promise<void>;
}

const defaultAtr = Uint8Array.of(0x3b, 0x80, 0x80, 0x01, 0x01);
const maxMessage = 65_535;

/** Lays a card on the virtual reader that listens on `port` (vpcd: two bytes of length, then the message). */
export async function connectVpcdCard(port: number, script: VpcdCardScript = {}): Promise<VpcdCard> {
  const atr = script.atr ?? defaultAtr;
  const answer = script.answer ?? (() => Uint8Array.of(0x90, 0x00));
  const socket = await opened(port);
  const commands: Uint8Array[] = [];
  const waiting: ((command: Uint8Array) => void)[] = [];
  let powerCycles = 0;
  let received: Uint8Array = new Uint8Array();

  const send = (message: Uint8Array): void => {
    if (message.length > maxMessage) throw new RangeError('vpcd carries 65 535 bytes at most');
    socket.write(concat(Uint8Array.of(message.length >> 8, message.length & 0xff), message));
  };
  const take = async (message: Uint8Array): Promise<void> => {
    if (message.length === 1) {
      if (message[0] === 4) return send(atr);
      powerCycles += 1;
      script.onPower?.();
      return;
    }
    commands.push(message);
    for (const resolve of waiting.splice(0)) resolve(message);
    const said = await answer(message);
    if (said === 'leave') socket.destroy();
    else if (said !== 'silence') send(said);
  };
  socket.on('data', (chunk: Buffer) => {
    received = concat(received, chunk);
    for (;;) {
      const length = ((received[0] ?? 0) << 8) | (received[1] ?? 0);
      if (received.length < 2 || received.length < 2 + length) return;
      const message = received.slice(2, 2 + length);
      received = received.slice(2 + length);
      void take(message);
    }
  });
  socket.on('error', () => {
    // The reader's end may vanish at any time: that is what some tests are about.
  });
  return {
    commands,
    get powerCycles() {
      return powerCycles;
    },
    nextCommand: () => new Promise((resolve) => waiting.push(resolve)),
    answerNow: send,
    leave: () =>
      new Promise((resolve) => {
        if (socket.destroyed) return resolve();
        socket.once('close', () => resolve());
        socket.destroy();
      }),
  };
}

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
