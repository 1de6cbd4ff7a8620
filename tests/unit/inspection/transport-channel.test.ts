import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { CardTransport } from '../../../main/chip/card-transport.ts';
import {
  maxCommandBytes,
  maxResponseBytes,
  type PortLike,
  serveTransport,
  transportOverPort,
} from '../../../main/inspection/transport-channel.ts';
import { Failure } from '../../../main/result/failure.ts';

const limits = { extendedLength: true, maxCommand: maxCommandBytes, maxResponse: maxResponseBytes };
const command = Uint8Array.of(0, 0x84, 0, 0, 8);
const ok = Uint8Array.of(0x90, 0x00);
const open: MessageChannel[] = [];

afterEach(() => {
  for (const { port1, port2 } of open.splice(0)) {
    port1.close();
    port2.close();
  }
});

function channel(): MessageChannel {
  const made = new MessageChannel();
  open.push(made);
  return made;
}

function card(transmit: CardTransport['transmit']): CardTransport {
  return { transmit, limits };
}

function both(transmit: CardTransport['transmit']) {
  const { port1, port2 } = channel();
  return { served: serveTransport(card(transmit), port1), transport: transportOverPort(port2, limits), port1, port2 };
}

test('commands and responses of every length cross unchanged, one after the other', async () => {
  const { transport } = both((bytes) => Promise.resolve(bytes.toReversed()));
  for (const length of [4, 5, 261, 4096, maxResponseBytes]) {
    const bytes = Uint8Array.from({ length }, (_, index) => index & 0xff);
    expect(await transport.transmit(bytes)).toEqual(bytes.toReversed());
  }
  expect(transport.limits).toBe(limits);
});

test('only the bytes of the command cross, not the buffer that it is a view of', async () => {
  const { port1, port2 } = channel();
  const transport = transportOverPort(port2, limits);
  const whole = new Uint8Array(1024).fill(0x55);
  const ended = expect(transport.transmit(whole.subarray(10, 15))).rejects.toMatchObject({ code: 'reader.lost' });
  const [message] = await once(port1, 'message');
  expect(message.command.buffer.byteLength).toBe(5);
  port1.close();
  await ended;
});

test('a reset crosses, where the owner can make one, and ends in what it ended in', async () => {
  const { port1, port2 } = channel();
  const asked: string[] = [];
  const reset = async () => {
    asked.push('reset');
    if (asked.length > 1) throw new Failure('card.removed');
  };
  serveTransport({ ...card(async () => ok), reset }, port1);
  const transport = transportOverPort(port2, limits, true);
  await transport.reset?.();
  expect(await transport.transmit(command)).toEqual(ok);
  await expect(transport.reset?.()).rejects.toMatchObject({ code: 'card.removed' });
  expect(asked).toHaveLength(2);
});

test('a reset that the owner does not offer breaks the format, and an answer of the other kind does too', async () => {
  expect(both(async () => ok).transport.reset).toBeUndefined();
  const { port1, port2 } = channel();
  const served = serveTransport(
    card(async () => ok),
    port1,
  );
  await expect(transportOverPort(port2, limits, true).reset?.()).rejects.toMatchObject({ code: 'reader.lost' });
  expect((await served.ended)?.code).toBe('call.malformed');
  const other = channel();
  other.port1.on('message', ({ id }) => other.port1.postMessage({ type: 'response', id, response: ok }));
  await expect(transportOverPort(other.port2, limits, true).reset?.()).rejects.toMatchObject({
    code: 'call.malformed',
  });
});

test('a failure crosses with its code and fields; anything else without a word of it', async () => {
  const thrown = [new Failure('card.removed', { reader: 'R', millis: 3 }), new Error('secret')];
  const { transport } = both(() => Promise.reject(thrown.shift()));
  await expect(transport.transmit(command)).rejects.toMatchObject({
    code: 'card.removed',
    fields: { reader: 'R', millis: 3 },
  });
  await expect(transport.transmit(command)).rejects.toMatchObject({ code: 'internal.unexpected', fields: {} });
});

test.each([0, 1, maxResponseBytes + 1])('a response of %i bytes is malformed', async (length) => {
  const { transport } = both(() => Promise.resolve(new Uint8Array(length)));
  await expect(transport.transmit(command)).rejects.toMatchObject({ code: 'card.response-malformed' });
});

test('one command at a time, and only commands that there can be', async () => {
  const { transport } = both(() => Promise.resolve(ok));
  const first = transport.transmit(command);
  await expect(transport.transmit(command)).rejects.toMatchObject({
    code: 'call.malformed',
    fields: { reason: 'busy' },
  });
  expect(await first).toEqual(ok);
  for (const length of [0, 3, maxCommandBytes + 1]) {
    await expect(transport.transmit(new Uint8Array(length))).rejects.toMatchObject({ code: 'call.malformed' });
  }
  expect(await transport.transmit(command)).toEqual(ok);
});

test('the worker goes in the middle of a command', async () => {
  const answer = Promise.withResolvers<Uint8Array>();
  const asked = Promise.withResolvers<void>();
  const { served, transport, port2 } = both(() => {
    asked.resolve();
    return answer.promise;
  });
  const lost = expect(transport.transmit(command)).rejects.toMatchObject({ code: 'reader.lost' });
  await asked.promise;
  port2.close();
  expect(await served.ended).toMatchObject({ code: 'inspection.worker-lost' });
  await lost;
  answer.resolve(ok);
  await expect(transport.transmit(command)).rejects.toMatchObject({ code: 'reader.lost' });
});

test('the owner stops in the middle of a command', async () => {
  const { served, transport } = both(() => new Promise(() => {}));
  const lost = expect(transport.transmit(command)).rejects.toMatchObject({ code: 'reader.lost' });
  served.stop();
  expect(await served.ended).toBeNull();
  await lost;
});

const requests: [string, unknown][] = [
  ['nothing', null],
  ['text', 'transmit'],
  ['another type', { type: 'open', id: 1, command }],
  ['no number', { type: 'transmit', command }],
  ['a number that is none', { type: 'transmit', id: Number.NaN, command }],
  ['a list of numbers', { type: 'transmit', id: 1, command: [0, 0x84, 0, 0] }],
  ['another view', { type: 'transmit', id: 1, command: new Uint16Array(4) }],
  ['three bytes', { type: 'transmit', id: 1, command: new Uint8Array(3) }],
  ['too many bytes', { type: 'transmit', id: 1, command: new Uint8Array(maxCommandBytes + 1) }],
];

test.each(requests)('the owner ends the channel on %s, and sends nothing to the card', async (_, message) => {
  const { port1, port2 } = channel();
  let sent = 0;
  const served = serveTransport(
    card(() => {
      sent += 1;
      return Promise.resolve(ok);
    }),
    port1,
  );
  port2.postMessage(message);
  expect(await served.ended).toMatchObject({ code: 'call.malformed' });
  port2.postMessage({ type: 'transmit', id: 2, command });
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent).toBe(0);
});

test('the owner ends the channel on a second command before the first is answered', async () => {
  const { port1, port2 } = channel();
  const served = serveTransport(
    card(() => new Promise(() => {})),
    port1,
  );
  port2.postMessage({ type: 'transmit', id: 1, command });
  port2.postMessage({ type: 'transmit', id: 2, command });
  expect(await served.ended).toMatchObject({ code: 'call.malformed', fields: { reason: 'busy' } });
});

const replies: [string, unknown][] = [
  ['nothing', undefined],
  ['another number', { type: 'response', id: 7, response: ok }],
  ['no bytes', { type: 'response', id: 1 }],
  ['one byte', { type: 'response', id: 1, response: new Uint8Array(1) }],
  ['too many bytes', { type: 'response', id: 1, response: new Uint8Array(maxResponseBytes + 1) }],
  ['an unknown code', { type: 'failure', id: 1, code: 'no.such', fields: {} }],
  ['fields that are none', { type: 'failure', id: 1, code: 'card.removed', fields: null }],
  ['a field with an object', { type: 'failure', id: 1, code: 'card.removed', fields: { a: {} } }],
  ['a field without end', { type: 'failure', id: 1, code: 'card.removed', fields: { a: 'x'.repeat(300) } }],
  [
    'too many fields',
    {
      type: 'failure',
      id: 1,
      code: 'card.removed',
      fields: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`f${i}`, i])),
    },
  ],
];

test.each(replies)('the worker ends the channel on %s', async (_, message) => {
  const { port1, port2 } = channel();
  const transport = transportOverPort(port2, limits);
  port1.on('message', () => port1.postMessage(message));
  await expect(transport.transmit(command)).rejects.toMatchObject({ code: 'call.malformed' });
  await expect(transport.transmit(command)).rejects.toMatchObject({ code: 'call.malformed' });
});

/** A port in this thread: what is put in comes out at once, whatever it is. */
function loosePort(): { port: PortLike; say(message: unknown): void; sent: unknown[]; closed(): boolean } {
  let listener: (value: unknown) => void = () => {};
  let closed = false;
  const sent: unknown[] = [];
  const port: PortLike = {
    postMessage: (value) => sent.push(value),
    on: (event: string, heard: (value: unknown) => void) => {
      if (event === 'message') listener = heard;
    },
    close: () => {
      closed = true;
    },
  };
  return { port, say: (message) => listener(message), sent, closed: () => closed };
}

test('whatever is said, each end either takes it or closes, and never throws', () => {
  fc.assert(
    fc.property(fc.anything(), (message) => {
      for (const end of ['owner', 'worker']) {
        const { port, say, closed, sent } = loosePort();
        if (end === 'owner')
          serveTransport(
            card(() => Promise.resolve(ok)),
            port,
          );
        else transportOverPort(port, limits);
        say(message);
        expect(closed()).toBe(true);
        expect(sent).toEqual([]);
      }
    }),
  );
});
