import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { newRecipientKey } from '../../../main/crypto/recipient.ts';
import { type Connection, openConnection } from '../../../main/fleet/connection.ts';
import { deliverAll } from '../../../main/fleet/deliver.ts';
import { machineAfter } from '../../../main/machine/clock.ts';
import { Failure } from '../../../main/result/failure.ts';
import { caseFacts } from '../records/case-facts.ts';
import { random, temporaryFolder, unlockedIn } from '../store/support.ts';

/*
 * A server that speaks PostgreSQL's protocol (https://www.postgresql.org/docs/current/protocol-message-formats.html) as none should:
 * each ends with a code, nothing is noted as delivered, and the process goes on.
 */

const word = (number: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(number);
  return bytes;
};
const message = (type: string, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), word(body.length + 4), body]);
};
const text = (value: string): Buffer => Buffer.from(`${value}\0`);
const ready = message('Z', Buffer.from('I'));
const welcome = Buffer.concat([message('R', word(0)), ready]);
const completed = Buffer.concat([message('C', text('BEGIN')), ready]);
const row = message('D', Buffer.from([0, 1]), word(1), Buffer.from('1'));
const failed = (code: string): Buffer =>
  Buffer.concat([message('E', Buffer.from('S'), text('ERROR'), Buffer.from('C'), text(code), Buffer.from([0])), ready]);

/** A server on a socket of this machine: `first` to whoever comes, `then` to everything that is asked. */
async function serverOf(first: Buffer | null, then: (socket: Socket, said: Buffer) => void): Promise<string> {
  const folder = temporaryFolder();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      if (first !== null) socket.write(first);
      socket.on('data', (said: Buffer) => then(socket, said));
    });
  });
  server.listen(join(folder, '.s.PGSQL.5432'));
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return folder;
}

const strange: readonly (readonly [string, Buffer | null, (socket: Socket) => void])[] = [
  ['noise in the place of a welcome', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), () => undefined],
  ['a message of no length', Buffer.concat([Buffer.from('R'), word(0), word(0)]), () => undefined],
  ['asks for a password that there is none of, by a way nobody knows', message('R', word(99)), () => undefined],
  ['goes away at the first question', welcome, (socket) => void socket.destroy()],
  ['answers each question twice', welcome, (socket) => void socket.write(Buffer.concat([completed, completed]))],
  ['sends rows that nobody asked for', Buffer.concat([welcome, row, row]), (socket) => void socket.write(completed)],
  ['sends rows without saying of what', welcome, (socket) => void socket.write(Buffer.concat([row, completed]))],
  [
    'says that it is done and never that it is ready',
    welcome,
    (socket) => void socket.end(message('C', text('BEGIN'))),
  ],
  [
    'ends in the midst of a message',
    welcome,
    (socket) => void socket.end(Buffer.concat([Buffer.from('D'), word(900)])),
  ],
  ['fails every question with a code of its own', welcome, (socket) => void socket.write(failed('XX000'))],
  ['fails with a code that is none', welcome, (socket) => void socket.write(failed('../../x'))],
];

it.each(strange)('%s', async (_, first, then) => {
  const host = await serverOf(first, then);
  const { outbox, station, records } = await unlockedIn(temporaryFolder());
  records.append(caseFacts('a'), '1');
  const { publicKey: sealingKey } = newRecipientKey(random);
  const address = { host, port: 5432, database: 'styrk', user: 'x', password: null, authority: null, identity: null };
  const limits = { connectMillis: 2_000, statementMillis: 2_000, answerBytes: 100_000 };
  const tried = async (): Promise<unknown> => {
    await using connection: Connection = await openConnection(address, { after: machineAfter, limits });
    return await deliverAll(connection, { outbox, station, sealingKey, random, now: () => '2026-11-28T09:00:00Z' });
  };
  const thrown = await tried().catch((failure: unknown) => failure);
  expect(thrown).toBeInstanceOf(Failure);
  const { code, fields } = thrown as Failure;
  expect(code).toMatch(/^(?:service|fleet)\./);
  expect(String(fields.reason ?? '')).toMatch(/^[\w ]*$/);
  expect(outbox.delivered('records').number).toBe(0);
});

it('what is asked before an answer came is sent, and its time begins with the answer to the one before', async () => {
  const said: string[] = [];
  const server: { socket: Socket | null } = { socket: null };
  const host = await serverOf(welcome, (socket, part) => {
    server.socket = socket;
    said.push(part.toString('latin1'));
  });
  const begun: number[] = [];
  const after = (millis: number): (() => void) => {
    begun.push(millis);
    return () => undefined;
  };
  const address = { host, port: 5432, database: 'styrk', user: 'x', password: null, authority: null, identity: null };
  const limits = { connectMillis: 1_000, statementMillis: 2_000, answerBytes: 100_000 };
  await using connection = await openConnection(address, { after, limits });
  const [first, second] = [connection.ask('SELECT one'), connection.ask('SELECT two')];
  while (!/one.*two/s.test(said.join(''))) await new Promise((next) => setImmediate(next));
  expect(begun).toEqual([1_000, 2_000]);
  server.socket?.write(completed);
  await first;
  await Promise.resolve();
  expect(begun).toEqual([1_000, 2_000, 2_000]);
  server.socket?.write(completed);
  expect(await second).toMatchObject({ rows: [] });
});
