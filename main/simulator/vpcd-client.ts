import { createConnection, type Socket } from 'node:net';
import { concat } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import type { SimulatedChip } from './chip/chip.ts';

export interface VpcdOptions {
  readonly host: string;
  readonly port: number;
  /** Ends the play; the card is then taken off the reader. */
  readonly signal: AbortSignal;
  /** Waits as long as the chip holds an answer back. */
  readonly pause: (millis: number) => Promise<void>;
  /** The reader took the card: it asked for the answer to reset, or powered it. */
  readonly onConnected: () => void;
}

export type VpcdEnd = 'closed' | 'torn' | 'stopped';

// Messages of one byte are control, all others are command APDUs (vsmartcard's vpcd).
const control = { off: 0, on: 1, reset: 2, answerToReset: 4 } as const;
const lengthBytes = 2;

function framed(message: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(message.length >> 8, message.length & 0xff), message);
}

/** Splits the reader's stream into messages: two bytes of length, most significant first, then as many bytes. */
export class MessageSplitter {
  // Never more than one whole message and what came with it: a length has two bytes.
  #pending: Uint8Array = new Uint8Array();

  push(bytes: Uint8Array): Uint8Array[] {
    this.#pending = concat(this.#pending, bytes);
    const messages: Uint8Array[] = [];
    for (;;) {
      const [high, low] = this.#pending;
      if (high === undefined || low === undefined) return messages;
      const end = lengthBytes + ((high << 8) | low);
      if (this.#pending.length < end) return messages;
      messages.push(this.#pending.slice(lengthBytes, end));
      this.#pending = this.#pending.slice(end);
    }
  }
}

/**
 * Plays a chip into a virtual PC/SC reader (vsmartcard's vpcd). Ends with `closed` when the reader hung up, `torn` when the
 * chip left the field, `stopped` by the signal. Fails with `connection.refused`.
 */
export function playIntoVpcd(chip: SimulatedChip, options: VpcdOptions): Promise<VpcdEnd> {
  const { host, port, signal, pause } = options;
  if (signal.aborted) return Promise.resolve('stopped');
  chip.enterField();
  return new Promise((resolve, reject) => {
    let end: VpcdEnd = 'closed';
    let connected = false;
    const socket = createConnection({ host, port, noDelay: true });
    const stop = (): void => leave('stopped');
    const leave = (how: VpcdEnd): void => {
      end = how;
      socket.destroy();
    };
    const splitter = new MessageSplitter();
    const taken = once(options.onConnected);
    socket.on('connect', () => {
      connected = true;
    });
    socket.on('data', (bytes: Buffer) => {
      for (const message of splitter.push(bytes)) {
        if (socket.destroyed) return;
        taken();
        if (!play(chip, message, socket, pause)) leave('torn');
      }
    });
    socket.on('error', (error) => {
      if (!connected) reject(new Failure('connection.refused', { host, port }, error));
    });
    socket.on('close', () => {
      signal.removeEventListener('abort', stop);
      resolve(end);
    });
    signal.addEventListener('abort', stop, { once: true });
  });
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}

// False when the chip left the field.
function play(chip: SimulatedChip, message: Uint8Array, socket: Socket, pause: VpcdOptions['pause']): boolean {
  if (message.length === 1) {
    if (message[0] === control.answerToReset) socket.write(framed(chip.atr));
    else if (message[0] === control.off || message[0] === control.on || message[0] === control.reset) chip.reset();
    return true;
  }
  const response = message.length === 0 ? null : chip.transmit(message);
  if (response === null) return message.length === 0;
  const held = chip.heldMillis;
  if (held === 0) socket.write(framed(response));
  else if (Number.isFinite(held)) void pause(held).then(() => socket.write(framed(response)));
  return true;
}
