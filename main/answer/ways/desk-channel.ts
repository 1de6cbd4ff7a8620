import { chmodSync, lstatSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import type { RandomSource } from '../../crypto/random.ts';
import { equalSecret, fromHex, toHex } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import { readStrictJson } from '../../result/strict-json.ts';
import { type Exchange, type Reply, replySchema } from './exchange.ts';

/*
 * How the program that a browser starts reaches the desk that holds the folder's key: a socket (on Windows a named pipe) under
 * a name that nobody can guess, and a secret; both stand in a file of the data folder that its owner alone may read. Whoever
 * reads that file is the desk's own account; nothing listens on a network.
 */

const fileName = 'styrk.channel';
const longestLine = 256 * 1024;
/** What one side says over one connection: an order or few, each a line, and their replies. Chrome takes 1 MB of a reply. */
const mostSaid = 4 * longestLine;
const mostConnections = 16;
/** Of an address of a Unix socket (unix(7): 108 with the zero at its end; macOS has 104). */
const longestPath = 100;

const fileSchema = v.strictObject({
  path: v.pipe(v.string(), v.maxLength(600)),
  secret: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});
const requestSchema = v.strictObject({
  secret: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  origins: v.pipe(v.array(v.pipe(v.string(), v.maxLength(300))), v.minLength(1), v.maxLength(4)),
  order: v.string(),
});

/** What goes from the browser's program to the desk. */
export type ChannelRequest = Omit<v.InferOutput<typeof requestSchema>, 'secret'>;

/** An open channel. */
export interface DeskChannel {
  readonly close: () => Promise<void>;
}

/**
 * Listens for orders that browsers hand over. Null where another instance on the same folder listens already: it is the one
 * that takes them. Fails with `storage.refused` where nothing can be made in the folder.
 */
export async function openDeskChannel(
  directory: string,
  exchange: Pick<Exchange, 'ask'>,
  random: RandomSource,
): Promise<DeskChannel | null> {
  const file = join(directory, fileName);
  const before = channelIn(directory);
  if (before !== null) {
    if (await answers(before.path)) return null;
    removeSocket(before.path);
  }
  const secret = random(32);
  const name = toHex(random(16));
  const path = socketPath(directory, name);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, secret, exchange);
  });
  server.maxConnections = mostConnections;
  await listening(server, path);
  try {
    if (process.platform !== 'win32') chmodSync(path, 0o600);
    // Renamed into place: whoever reads the file reads a whole one.
    const half = `${file}.${name}`;
    writeFileSync(half, JSON.stringify({ path, secret: toHex(secret) }), { mode: 0o600, flag: 'wx' });
    renameSync(half, file);
  } catch (thrown) {
    server.close();
    throw new Failure('storage.refused', { path: file }, thrown);
  }
  return {
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      if (channelIn(directory)?.path === path) rmSync(file, { force: true });
      removeSocket(path);
    },
  };
}

function serve(socket: Socket, secret: Uint8Array, exchange: Pick<Exchange, 'ask'>): void {
  socket.on('error', () => socket.destroy());
  let length = 0;
  socket.on('data', (part) => {
    length += part.length;
    if (length > mostSaid) socket.destroy();
  });
  const ends: (() => void)[] = [];
  socket.on('close', () => {
    for (const end of ends) end();
  });
  const say = (reply: Reply): void => {
    if (!socket.destroyed) socket.write(`${JSON.stringify(reply)}\n`);
  };
  createInterface({ input: socket }).on('line', (line) => {
    const request = requestIn(line);
    if (request === null || !equalSecret(fromHex(request.secret), secret)) {
      socket.destroy();
      return;
    }
    void exchange
      .ask(request.order, { way: 'native-messaging', origins: request.origins }, say)
      .then((end) => (socket.destroyed ? end() : void ends.push(end)));
  });
}

function requestIn(line: string) {
  const read = readStrictJson(new TextEncoder().encode(line));
  if ('refused' in read) return null;
  const request = v.safeParse(requestSchema, read.value);
  return request.success ? request.output : null;
}

/**
 * Hands an order to the desk of this folder and hears its replies until it was answered or refused, or `end` is called. Fails with
 * `desk.not-running` where none listens, or it went away before it was done, and with `desk.reply-malformed` where what listens says
 * what no desk does: nothing of it is handed on.
 */
export function askDesk(
  directory: string,
  request: ChannelRequest,
  hear: (reply: Reply) => void,
): { readonly done: Promise<void>; readonly end: () => void } {
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  const channel = channelIn(directory);
  if (channel === null) {
    reject(new Failure('desk.not-running'));
    return { done, end: () => undefined };
  }
  const socket = createConnection(channel.path);
  socket.on('error', (thrown) => reject(new Failure('desk.not-running', {}, thrown)));
  socket.on('close', () => reject(new Failure('desk.not-running')));
  socket.write(`${JSON.stringify({ secret: channel.secret, ...request })}\n`);
  let over = false;
  const end = (how: () => void): void => {
    over = true;
    how();
    socket.destroy();
  };
  const refuse = (why: string): void => end(() => reject(new Failure('desk.reply-malformed', { why })));
  let length = 0;
  // Before the lines: what has no end would be kept whole until one comes.
  socket.on('data', (part) => {
    length += part.length;
    if (length > mostSaid) refuse('too long');
  });
  createInterface({ input: socket }).on('line', (line) => {
    // Lines that came with the last one are told to nobody.
    if (over) return;
    const reply = replyIn(line);
    if (reply === null) {
      refuse('no reply');
      return;
    }
    hear(reply);
    if (reply.state === 'answered' || reply.state === 'refused') end(resolve);
  });
  return { done, end: () => end(resolve) };
}

function replyIn(line: string): Reply | null {
  const read = readStrictJson(new TextEncoder().encode(line));
  const reply = 'refused' in read ? null : v.safeParse(replySchema, read.value);
  return reply?.success === true ? reply.output : null;
}

// A file of another account's could name a socket of its own: it would hear our customers' orders.
function channelIn(directory: string): v.InferOutput<typeof fileSchema> | null {
  const file = join(directory, fileName);
  try {
    const status = lstatSync(file);
    const own = process.getuid === undefined || (status.uid === process.getuid() && (status.mode & 0o077) === 0);
    if (!status.isFile() || !own || status.size > 4096) return null;
    const read = readStrictJson(new Uint8Array(readFileSync(file)));
    const parsed = 'refused' in read ? null : v.safeParse(fileSchema, read.value);
    return parsed?.success === true ? parsed.output : null;
  } catch {
    return null;
  }
}

function socketPath(directory: string, name: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\styrk-${name}`;
  const beside = join(directory, `styrk-${name}.sock`);
  // A folder of our own (0700), under a name that was not there.
  return beside.length <= longestPath ? beside : join(mkdtempSync(join(tmpdir(), 'styrk-')), 'desk.sock');
}

function removeSocket(path: string): void {
  if (process.platform === 'win32' || !/^(?:styrk-[0-9a-f]{32}|desk)\.sock$/.test(path.slice(dirname(path).length + 1)))
    return;
  rmSync(path, { force: true });
  if (path.endsWith('/desk.sock')) rmSync(dirname(path), { recursive: true, force: true });
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (thrown) => reject(new Failure('storage.refused', { path }, thrown)));
    server.listen(path, () => resolve());
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
