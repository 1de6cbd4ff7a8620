import type { CardTransport, TransportLimits } from '../chip/card-transport.ts';
import { Failure, type FailureFields } from '../result/failure.ts';
import { type FailureCode, failureCodes } from '../result/failure-codes.ts';

/** What this channel needs of a message port; the `MessagePort` of `node:worker_threads` is one. */
export interface PortLike {
  postMessage(value: unknown): void;
  on(event: 'message' | 'messageerror', listener: (value: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  close(): void;
}

/** Bytes of the longest command APDU: header, extended Lc, 65 535 bytes of data, extended Le (ISO 7816-4 §5.2). */
export const maxCommandBytes = 4 + 3 + 65_535 + 2;
/** Bytes of the longest response APDU: 65 536 bytes of data, SW1 and SW2 (ISO 7816-4 §5.2). */
export const maxResponseBytes = 65_536 + 2;

const minCommandBytes = 4;
const minResponseBytes = 2;
const maxFields = 16;
const maxFieldLength = 256;

type Request =
  | { readonly type: 'transmit'; readonly id: number; readonly command: Uint8Array }
  | { readonly type: 'reset'; readonly id: number };
type Reply =
  | { readonly type: 'reset'; readonly id: number }
  | { readonly type: 'response'; readonly id: number; readonly response: Uint8Array }
  | { readonly type: 'failure'; readonly id: number; readonly code: FailureCode; readonly fields: FailureFields };

/** The owner's end of a channel. */
export interface ServedTransport {
  /** Ends the channel; a command that is under way at the card ends there, its answer is dropped. */
  stop(): void;
  /**
   * Settles once, never rejects: null after `stop`, `inspection.worker-lost` when the other side closed the port or went
   * away, `call.malformed` when it broke the format (the port is then closed).
   */
  readonly ended: Promise<Failure | null>;
}

/**
 * Serves one card connection to the other end of `port`, one command at a time. The connection stays the caller's: it is
 * not closed here.
 */
export function serveTransport(connection: CardTransport, port: PortLike): ServedTransport {
  const { promise, resolve } = Promise.withResolvers<Failure | null>();
  let open = true;
  let busy = false;
  const end = (why: Failure | null): void => {
    if (!open) return;
    open = false;
    resolve(why);
    port.close();
  };
  const reply = (message: Reply): void => {
    busy = false;
    if (open) port.postMessage(message);
  };
  const serve = async (request: Request): Promise<void> => {
    const { id } = request;
    try {
      if (request.type === 'reset') {
        await connection.reset?.();
        return reply({ type: 'reset', id });
      }
      const response = await connection.transmit(request.command);
      if (fits(response, minResponseBytes, maxResponseBytes))
        reply({ type: 'response', id, response: response.slice() });
      else reply({ type: 'failure', id, code: 'card.response-malformed', fields: { length: response.length } });
    } catch (thrown) {
      const known = thrown instanceof Failure;
      reply({
        type: 'failure',
        id,
        code: known ? thrown.code : 'internal.unexpected',
        fields: known ? thrown.fields : {},
      });
    }
  };
  port.on('message', (message) => {
    if (!open) return;
    const request = asRequest(message);
    const known = request?.type !== 'reset' || connection.reset !== undefined;
    if (request === null || !known) return end(new Failure('call.malformed', { channel: 'transport' }));
    if (busy) return end(new Failure('call.malformed', { channel: 'transport', reason: 'busy' }));
    busy = true;
    void serve(request);
  });
  port.on('messageerror', () => end(new Failure('call.malformed', { channel: 'transport' })));
  port.on('close', () => end(new Failure('inspection.worker-lost')));
  return { stop: () => end(null), ended: promise };
}

/**
 * The worker's end: a transport whose commands go through `port`. Ends in the failure that the owner's transport named; in
 * `reader.lost` when the port closes, in `call.malformed` when the owner breaks the format or a command is asked for while
 * another is under way or has a length that no command APDU has. `resets`: the owner's transport can reset the card.
 */
export function transportOverPort(port: PortLike, limits: TransportLimits, resets = false): CardTransport {
  let lost: Failure | null = null;
  let lastId = 0;
  let pending: Pending | null = null;
  const end = (why: Failure): void => {
    if (lost !== null) return;
    lost = why;
    pending?.reject(why);
    pending = null;
    port.close();
  };
  port.on('message', (message) => {
    if (lost !== null) return;
    const reply = asReply(message);
    const fitting = reply !== null && pending?.id === reply.id;
    if (!fitting || pending === null || (reply.type !== 'failure' && reply.type !== pending.answer)) {
      return end(new Failure('call.malformed', { channel: 'transport' }));
    }
    const { resolve, reject } = pending;
    pending = null;
    if (reply.type === 'response') resolve(reply.response);
    else if (reply.type === 'reset') resolve(new Uint8Array());
    else reject(new Failure(reply.code, reply.fields));
  });
  port.on('messageerror', () => end(new Failure('call.malformed', { channel: 'transport' })));
  port.on('close', () => end(new Failure('reader.lost')));
  const ask = (answer: Pending['answer'], request: (id: number) => Request): Promise<Uint8Array> => {
    if (lost !== null) return Promise.reject(new Failure(lost.code, lost.fields));
    if (pending !== null)
      return Promise.reject(new Failure('call.malformed', { channel: 'transport', reason: 'busy' }));
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    lastId += 1;
    pending = { id: lastId, answer, resolve, reject };
    port.postMessage(request(lastId));
    return promise;
  };
  return {
    limits,
    transmit(command) {
      if (lost === null && pending === null && !fits(command, minCommandBytes, maxCommandBytes)) {
        return Promise.reject(new Failure('call.malformed', { channel: 'transport', length: command.length }));
      }
      // A copy of exactly these bytes: a view would carry its whole buffer across, and with it what is none of the card's.
      return ask('response', (id) => ({ type: 'transmit', id, command: command.slice() }));
    },
    ...(resets ? { reset: async () => void (await ask('reset', (id) => ({ type: 'reset', id }))) } : {}),
  };
}

interface Pending {
  readonly id: number;
  readonly answer: 'response' | 'reset';
  resolve(response: Uint8Array): void;
  reject(why: Failure): void;
}

function asRequest(message: unknown): Request | null {
  if (!isObject(message)) return null;
  const { type, id, command } = message;
  if (type === 'reset') return isId(id) ? { type, id } : null;
  if (type !== 'transmit' || !isId(id) || !hasLength(command, minCommandBytes, maxCommandBytes)) return null;
  return { type, id, command };
}

function asReply(message: unknown): Reply | null {
  if (!isObject(message)) return null;
  const { type, id, response, code, fields } = message;
  if (!isId(id)) return null;
  if (type === 'reset') return { type, id };
  if (type === 'response') {
    return hasLength(response, minResponseBytes, maxResponseBytes) ? { type, id, response } : null;
  }
  if (type === 'failure') return isFailureCode(code) && areFields(fields) ? { type, id, code, fields } : null;
  return null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function hasLength(value: unknown, min: number, max: number): value is Uint8Array {
  return value instanceof Uint8Array && fits(value, min, max);
}

function fits({ length }: Uint8Array, min: number, max: number): boolean {
  return length >= min && length <= max;
}

function isFailureCode(value: unknown): value is FailureCode {
  return failureCodes.some((code) => code === value);
}

function areFields(value: unknown): value is FailureFields {
  if (!isObject(value)) return false;
  const entries = Object.entries(value);
  if (entries.length > maxFields) return false;
  return entries.every(([name, field]) => {
    if (name.length > maxFieldLength) return false;
    if (typeof field === 'string') return field.length <= maxFieldLength;
    return field === null || typeof field === 'number' || typeof field === 'boolean';
  });
}
