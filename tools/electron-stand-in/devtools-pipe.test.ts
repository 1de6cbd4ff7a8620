import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type DevToolsEvent, DevToolsPipe } from './devtools-pipe.ts';

function pipe() {
  const input = new PassThrough();
  const output = new PassThrough();
  return { input, output, pipe: new DevToolsPipe(input, output) };
}

// How much one `read` gives is the stream's own affair: Node 24 gives all of it, Node 26 what was written at a time.
function* chunks(output: PassThrough): Generator<Buffer> {
  for (let chunk: Buffer | null = output.read(); chunk !== null; chunk = output.read()) yield chunk;
}

const sent = (output: PassThrough): unknown[] =>
  String(Buffer.concat([...chunks(output)]))
    .split('\0')
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text));

test('an answer comes to the command that asked, in any order', async () => {
  const { input, output, pipe: devtools } = pipe();
  const first = devtools.send('A.one', { x: 1 }, 'S');
  const second = devtools.send('A.two');
  expect(sent(output)).toEqual([
    { id: 1, method: 'A.one', params: { x: 1 }, sessionId: 'S' },
    { id: 2, method: 'A.two', params: {} },
  ]);
  input.write('{"id":2,"result":{"b":2}}\0{"id":1,"error":{"message":"no such thing"}}\0');
  expect(await second).toEqual({ b: 2 });
  await expect(first).rejects.toThrow('A.one: no such thing');
});

test('messages cut anywhere are put together, letters of two bytes included', async () => {
  const { input, pipe: devtools } = pipe();
  const events: DevToolsEvent[] = [];
  devtools.listen((event) => events.push(event));
  const bytes = Buffer.from('{"method":"E.v","params":{"name":"Åsa"},"sessionId":"S"}\0{"method":"E.w"}\0');
  for (const byte of bytes) input.write(Uint8Array.of(byte));
  // What is written is heard in a later turn.
  await setImmediate();
  expect(events).toEqual([
    { method: 'E.v', params: { name: 'Åsa' }, sessionId: 'S' },
    { method: 'E.w', params: {}, sessionId: null },
  ]);
});

test('when the browser is gone everyone who waits hears of it', async () => {
  const { input, pipe: devtools } = pipe();
  const waiting = devtools.send('A.one');
  input.destroy();
  await expect(waiting).rejects.toThrow('gone');
  await expect(devtools.send('A.two')).rejects.toThrow('gone');
});

test('a pipe that breaks is the end of the browser, not of the app', async () => {
  const { input, pipe: devtools } = pipe();
  const asked = devtools.send('A.one');
  input.destroy(new Error('read ECONNRESET'));
  await expect(asked).rejects.toThrow('A.one: the browser is gone');
  await expect(devtools.send('A.two')).rejects.toThrow('the browser is gone');
});
