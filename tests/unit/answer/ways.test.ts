import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { OrderCalls, TakenOrder } from '../../../main/answer/orders-taken.ts';
import type { Sender } from '../../../main/answer/signed-order.ts';
import { askDesk, openDeskChannel } from '../../../main/answer/ways/desk-channel.ts';
import { DropFolder } from '../../../main/answer/ways/drop-folder.ts';
import { Exchange, type Reply } from '../../../main/answer/ways/exchange.ts';
import type { FolderState } from '../../../main/answer/ways/folder-fault.ts';
import { hostManifest, hostScript, manifestPlace } from '../../../main/answer/ways/host-manifest.ts';
import { frameOf, framesIn } from '../../../main/answer/ways/native-frames.ts';
import { runNativeHost } from '../../../main/answer/ways/native-host.ts';
import type { After } from '../../../main/result/after.ts';
import { Failure } from '../../../main/result/failure.ts';
import { anOrder } from '../../support/orders.ts';
import { random, temporaryFolder } from '../store/support.ts';

/*
 * The ways that orders and answers travel: whatever comes is bounded, comes from who it says, and is never half read; each asker
 * hears the answer once it is there.
 */

const extension = `chrome-extension://${'abcdefghijklmnop'.repeat(2)}/`;

/** A station that takes every token but those that begin with `no`. */
class Station implements OrderCalls {
  readonly senders: Sender[] = [];
  readonly orders = new Map<string, TakenOrder>();
  readonly listeners = new Set<(order: TakenOrder) => void>();
  refusal: Failure | null = null;

  take = async (token: string, sender: Sender): Promise<TakenOrder> => {
    this.senders.push(sender);
    if (this.refusal !== null) throw this.refusal;
    if (token.startsWith('no')) throw new Failure('order.foreign', { reason: 'key', field: 'made up', path: '/' });
    const known = this.orders.get(token);
    if (known !== undefined) return known;
    const order = anOrder({ id: token });
    const system = { id: order.issuer, name: null };
    const { way } = sender;
    const taken = {
      number: 1,
      state: 'waiting',
      recordId: null,
      order,
      orderHash: '',
      system,
      kid: 'a',
      keyPrint: null,
      way,
      receivedAt: '',
      answer: null,
    } as const;
    this.orders.set(token, taken);
    return taken;
  };

  taken = (_: string, id: string): TakenOrder | null => this.orders.get(id) ?? null;

  onChange = (listener: (order: TakenOrder) => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** The case has ended; quietly: in another process. */
  answer(token: string, quietly = false): void {
    const order = this.orders.get(token);
    if (order === undefined) throw new Error('no such order');
    const answered = { ...order, state: 'answered', answer: `signed ${token}` } as const;
    this.orders.set(token, answered);
    if (!quietly) for (const listener of this.listeners) listener(answered);
  }
}

/** Timers that go off when told. */
function timers() {
  const waiting = new Set<() => void>();
  const after: After = (_, act) => {
    waiting.add(act);
    return () => void waiting.delete(act);
  };
  const goOff = (): void => {
    for (const act of [...waiting]) {
      waiting.delete(act);
      act();
    }
  };
  return { after, goOff };
}

/** What is heard, and a promise of the reply of that place. */
function listening() {
  const replies: Reply[] = [];
  const awaited: (() => void)[] = [];
  return {
    replies,
    hear: (reply: Reply): void => {
      replies.push(reply);
      for (const check of awaited.splice(0)) check();
    },
    nth: async (place: number): Promise<Reply | undefined> => {
      while (replies.length < place) await new Promise<void>((resolve) => awaited.push(resolve));
      return replies[place - 1];
    },
  };
}

function station(directory = temporaryFolder()) {
  const calls = new Station();
  const clock = timers();
  const exchange = new Exchange(calls, clock.after);
  onTestFinished(() => exchange.close());
  return { directory, calls, exchange, ...clock };
}

describe('an order that is handed over', () => {
  it('is answered to whoever asked, also where another process ended its case, and asked again alike', async () => {
    const { calls, exchange, goOff } = station();
    const one = listening();
    const other = listening();
    await exchange.ask('a', { way: 'link', origins: [] }, one.hear);
    await exchange.ask('b', { way: 'link', origins: [] }, other.hear);
    calls.answer('a');
    calls.answer('b', true);
    expect(other.replies).toHaveLength(1);
    goOff();
    expect(one.replies).toMatchObject([{ state: 'waiting' }, { state: 'answered', answer: 'signed a' }]);
    expect(other.replies).toMatchObject([{ state: 'waiting' }, { state: 'answered', answer: 'signed b' }]);
    await exchange.ask('a', { way: 'link', origins: [] }, one.hear);
    expect(one.replies[2]).toEqual(one.replies[1]);
  });
});

// Thousands may lie in a drop folder for appointments of the month: the desk looks some of them up at a time, and forgets none.
it('orders that many ask for are looked up in turn, a few at a time, and each is answered', async () => {
  const { calls, exchange, goOff } = station();
  const heard = new Map<string, Reply[]>();
  const asked = Array.from({ length: 120 }, (_, index) => `order-${index}`);
  for (const token of asked) {
    const replies: Reply[] = [];
    heard.set(token, replies);
    await exchange.ask(token, { way: 'folder', origins: [] }, (reply) => void replies.push(reply));
  }
  let looked = 0;
  const { taken } = calls;
  calls.taken = (issuer, id) => {
    looked += 1;
    return taken(issuer, id);
  };
  for (const token of asked) calls.answer(token, true);
  const answered = () => asked.filter((token) => heard.get(token)?.length === 2).length;
  const rounds: number[][] = [];
  for (let round = 0; round < 4; round += 1) {
    looked = 0;
    goOff();
    rounds.push([looked, answered()]);
  }
  expect(rounds).toEqual([
    [50, 50],
    [50, 100],
    [20, 120],
    [0, 120],
  ]);
});

it('an order that waits keeps none of the others from being looked up', async () => {
  const { calls, exchange, goOff } = station();
  const replies: Reply[] = [];
  for (let index = 0; index < 60; index += 1)
    await exchange.ask(`waits-${index}`, { way: 'folder', origins: [] }, () => undefined);
  for (let times = 0; times < 2; times += 1)
    await exchange.ask('last', { way: 'folder', origins: [] }, (reply) => void replies.push(reply));
  calls.answer('last', true);
  goOff();
  goOff();
  expect(replies.map((reply) => 'state' in reply && reply.state)).toEqual([
    'waiting',
    'waiting',
    'answered',
    'answered',
  ]);
  // Both are gone from those that are looked up.
  const { taken } = calls;
  const looked: string[] = [];
  calls.taken = (issuer, id) => {
    looked.push(id);
    return taken(issuer, id);
  };
  goOff();
  goOff();
  expect(looked).toHaveLength(100);
  expect(looked).not.toContain('last');
});

describe('native messaging', () => {
  async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
  }
  const collected = async (bytes: Uint8Array, size: number) => {
    const found: string[] = [];
    for await (const frame of framesIn(pieces(bytes, size)))
      found.push('tooLarge' in frame ? `too large ${frame.tooLarge}` : new TextDecoder().decode(frame.message));
    return found;
  };

  it.each([1, 3, 7, 4096])('puts messages together from pieces of %i bytes', async (size) => {
    const both = Buffer.concat([frameOf({ order: 'å' }), frameOf({})]);
    expect(await collected(both, size)).toEqual(['{"order":"å"}', '{}']);
    expect(await collected(both.subarray(0, -1), size)).toEqual(['{"order":"å"}']);
  });

  it('ends at a length that no order has', async () => {
    const large = new Uint8Array([255, 255, 255, 255, 1]);
    expect(await collected(large, 2)).toEqual([`too large ${0xffffffff}`]);
  });

  /** The browser's end of a program: frames in, and what it wrote as values. */
  function browser(directory: string, argv: readonly string[] = [extension]) {
    const heard = listening();
    const input = new TransformStream<Uint8Array, Uint8Array>();
    const writer = input.writable.getWriter();
    const write = (frame: Uint8Array): void =>
      heard.hear(JSON.parse(new TextDecoder().decode(frame.slice(4))) as Reply);
    const done = runNativeHost({ directory, argv, input: input.readable, write });
    return {
      ...heard,
      done,
      say: (message: object) => writer.write(frameOf(message)),
      raw: (bytes: Uint8Array) => writer.write(bytes),
      close: () => writer.close(),
    };
  }

  it('reaches the desk with the extension that the browser named and the page that it speaks for', async () => {
    const { directory, calls, exchange } = station();
    const channel = await openDeskChannel(directory, exchange, random);
    onTestFinished(() => channel?.close());
    const page = browser(directory, ['--parent-window=7', extension]);
    await page.say({ id: 7, order: 'a', page: 'https://teller.bank.example' });
    expect(await page.nth(1)).toEqual({ id: 7, state: 'waiting', order: 'a', answer: null });
    expect(calls.senders).toEqual([{ way: 'native-messaging', origins: [extension, 'https://teller.bank.example'] }]);
    calls.answer('a');
    expect(await page.nth(2)).toEqual({ id: 7, state: 'answered', order: 'a', answer: 'signed a' });
    await page.say({ order: 'no' });
    expect(await page.nth(3)).toEqual({ state: 'refused', code: 'order.foreign', reason: 'key' });
    await page.say({ order: 'a', admin: true });
    expect(await page.nth(4)).toEqual({ state: 'refused', code: 'order.malformed', reason: 'message' });
    await page.close();
    await page.done;
  });

  it('says that no desk is open, that nobody named an extension, and that a message is no order', async () => {
    const { directory } = station();
    const closed = browser(directory);
    await closed.say({ order: 'a' });
    expect(await closed.nth(1)).toEqual({ state: 'refused', code: 'desk.not-running' });
    const nobody = browser(directory, ['https://thief.example']);
    await nobody.say({ order: 'a' });
    expect(await nobody.nth(1)).toEqual({ state: 'refused', code: 'order.sender-refused', reason: 'extension' });
    await closed.raw(new Uint8Array([255, 255, 255, 255]));
    expect(await closed.nth(2)).toEqual({ state: 'refused', code: 'order.too-large' });
    await closed.done;
    await nobody.close();
  });

  it('is told when the desk closes before the order was dealt with', async () => {
    const { directory, exchange } = station();
    const channel = await openDeskChannel(directory, exchange, random);
    const page = browser(directory);
    await page.say({ order: 'a' });
    await page.nth(1);
    await channel?.close();
    expect(await page.nth(2)).toEqual({ state: 'refused', code: 'desk.not-running' });
    expect(readdirSync(directory)).toEqual([]);
    await page.close();
  });

  it('reaches the first of two instances on one folder, and the next one once that has gone, also without a word', async () => {
    const { directory, exchange } = station();
    const first = await openDeskChannel(directory, exchange, random);
    expect(await openDeskChannel(directory, exchange, random)).toBeNull();
    const left = readFileSync(join(directory, 'styrk.channel'));
    await first?.close();
    // A desk that was killed leaves its file behind.
    writeFileSync(join(directory, 'styrk.channel'), left, { mode: 0o600 });
    const second = await openDeskChannel(directory, exchange, random);
    expect(second).not.toBeNull();
    await second?.close();
  });

  it('is closed to whoever does not know the secret, and to a file that others may read or that is none', async () => {
    const { directory, calls, exchange } = station();
    const channel = await openDeskChannel(directory, exchange, random);
    onTestFinished(() => channel?.close());
    const file = join(directory, 'styrk.channel');
    const { path } = JSON.parse(readFileSync(file, 'utf8')) as { path: string };
    const socket = createConnection(path);
    const over = new Promise((resolve) => socket.once('close', resolve));
    socket.write(`${JSON.stringify({ secret: '0'.repeat(64), origins: [extension], order: 'a' })}\n`);
    await over;
    expect(calls.senders).toEqual([]);
    const code = (): Promise<unknown> =>
      askDesk(directory, { origins: [extension], order: 'a' }, () => undefined).done.catch(
        (thrown: Failure) => thrown.code,
      );
    chmodSync(file, 0o644);
    expect(await code()).toBe('desk.not-running');
  });

  // RFC 8259 §4, and whoever listens under the desk's name: what comes back is bounded and read as strictly as what goes there.
  it.each([
    ['no JSON', 'hello\n'],
    ['a state that there is not', '{"state":"accepted","order":"a","answer":null}\n'],
    ['a code that there is not', '{"state":"refused","code":"made.up"}\n'],
    ['a field that there is not', '{"state":"refused","code":"order.malformed","field":"made up"}\n'],
    ['a member twice', '{"state":"waiting","state":"answered","order":"a","answer":"x"}\n'],
    ['more than a reply has', '{"state":"waiting","order":"a","answer":null,"secret":"x"}\n'],
    ['a line without an end', 'x'.repeat(1_100_000)],
  ])('hands nothing on of a desk that says %s', async (_, said) => {
    const { directory } = station();
    const path = join(directory, 'styrk-of-another.sock');
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.write(said);
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    onTestFinished(() => void server.close());
    const secret = '0'.repeat(64);
    writeFileSync(join(directory, 'styrk.channel'), JSON.stringify({ path, secret }), { mode: 0o600 });
    const heard: Reply[] = [];
    const asking = askDesk(directory, { origins: [extension], order: 'a' }, (reply) => heard.push(reply));
    expect(await asking.done.catch((thrown: Failure) => thrown.code)).toBe('desk.reply-malformed');
    expect(heard).toEqual([]);
  });

  it('is told to a browser for the extensions that are named, and starts with the words of a script', () => {
    expect(JSON.parse(hostManifest('/opt/styrk/host', [extension]))).toMatchObject({
      name: 'se.styrk.orders',
      path: '/opt/styrk/host',
      type: 'stdio',
      allowed_origins: [extension],
    });
    expect(() => hostManifest('/opt/styrk/host', ['chrome-extension://*/'])).toThrow('order.sender-refused');
    expect(() => hostManifest('/opt/styrk/host', [])).toThrow('order.sender-refused');
    expect(hostScript(['/usr/bin/node', "/it's/cli.ts"], 'linux')).toBe(
      `#!/bin/sh\nexec '/usr/bin/node' '/it'\\''s/cli.ts' -- "$@"\n`,
    );
    expect(manifestPlace('edge', 'linux', '/home/a')).toBe(
      '/home/a/.config/microsoft-edge/NativeMessagingHosts/se.styrk.orders.json',
    );
    expect(manifestPlace('chrome', 'win32', 'C:')).toBeNull();
  });
});

describe('a drop folder', () => {
  function dropped() {
    const around = station();
    const folder = around.directory;
    mkdirSync(join(folder, 'orders'));
    const time = { now: new Date().toISOString() };
    const drop = new DropFolder(folder, around.exchange, { after: around.after, now: () => time.now });
    onTestFinished(() => drop.close());
    const put = (name: string, text: string): void => writeFileSync(join(folder, 'orders', name), text);
    const names = (part: 'orders' | 'answers') => readdirSync(join(folder, part)).sort();
    const there = async (path: string): Promise<string> => {
      while (!existsSync(join(folder, path))) await new Promise((resolve) => setImmediate(resolve));
      return readFileSync(join(folder, path), 'utf8');
    };
    return { ...around, folder, drop, put, names, there, time };
  }

  it('gives the answer under the name of the order, and leaves an order that waits', async () => {
    const { calls, drop, put, names, there } = dropped();
    put('one.jws', 'a');
    put('two.jws.part', 'half');
    await drop.look();
    expect(names('orders')).toEqual(['one.jws', 'two.jws.part']);
    calls.answer('a');
    expect(await there('answers/one.jws')).toBe('signed a');
    await there('orders/one.done');
    expect(names('answers')).toEqual(['one.jws']);
    expect(calls.senders).toMatchObject([{ way: 'folder', origins: [] }]);
  });

  // The last is a tester's walk of a clock: an order that was refused for the station's own clock was lost with it.
  it.each(['storage.busy', 'storage.locked', 'clock.went-back'] as const)(
    'says why an order was refused, and asks again where the station could not take it now: %s',
    async (code) => {
      const { calls, drop, put, names, there } = dropped();
      put('bad.jws', 'no');
      await drop.look();
      expect(JSON.parse(await there('answers/bad.refused.json'))).toEqual({ code: 'order.foreign', reason: 'key' });
      await there('orders/bad.refused');
      calls.refusal = new Failure(code);
      put('later.jws', 'later');
      await drop.look();
      expect(names('answers')).toEqual(['bad.refused.json']);
      calls.refusal = null;
      await drop.look();
      calls.answer('later');
      expect(await there('answers/later.jws')).toBe('signed later');
      await there('orders/later.done');
    },
  );

  // Nothing is lost: a system that uses a name again while its first order waits is asked for both.
  it('asks for an order that was laid under the name of one that waits, and leaves it when that one is answered', async () => {
    const { calls, drop, folder, put, names, there } = dropped();
    const replace = (text: string): void => {
      put('one.part', text);
      renameSync(join(folder, 'orders/one.part'), join(folder, 'orders/one.jws'));
    };
    replace('a');
    await drop.look();
    replace('bb');
    await drop.look();
    expect([...calls.orders.keys()]).toEqual(['a', 'bb']);
    calls.answer('bb');
    expect(await there('answers/one.jws')).toBe('signed bb');
    await there('orders/one.done');
    // The second is laid just when the first is answered, and before anybody looked again.
    replace('c');
    await drop.look();
    replace('dd');
    calls.answer('c');
    while (readFileSync(join(folder, 'answers/one.jws'), 'utf8') !== 'signed c')
      await new Promise((resolve) => setImmediate(resolve));
    while (!calls.orders.has('dd')) await drop.look();
    expect(names('orders')).toEqual(['one.done', 'one.jws']);
    calls.answer('dd');
    while (names('orders').includes('one.jws')) await new Promise((resolve) => setImmediate(resolve));
    expect(await there('answers/one.jws')).toBe('signed dd');
  });

  it('reads what lies behind any number of files that cannot be read', async () => {
    const { calls, drop, folder, put, there } = dropped();
    for (let number = 0; number < 201; number++) mkdirSync(join(folder, 'orders', `a${number}.jws`));
    put('z.jws', 'a');
    await drop.look();
    calls.answer('a');
    expect(await there('answers/z.jws')).toBe('signed a');
    await there('orders/z.done');
  });

  it('keeps what was dealt with for a month and the newest thousand of it, and takes away nothing that waits', async () => {
    const { calls, drop, exchange, folder, put, names, there, time } = dropped();
    for (let number = 0; number < 1_003; number++) put(`old-${number}.${number % 2 === 0 ? 'done' : 'refused'}`, 'a');
    mkdirSync(join(folder, 'orders', 'folder.done'));
    for (const name of ['notes.txt', '.hidden.done', 'half.part']) put(name, 'a');
    put('waits.jws', 'a');
    await drop.look();
    const kept = () => names('orders').filter((name) => /^old-/.test(name));
    expect(kept()).toHaveLength(1_000);
    const others = ['.hidden.done', 'folder.done', 'half.part', 'notes.txt', 'waits.jws'];
    const left = () => names('orders').filter((name) => !/^old-/.test(name));
    expect(left()).toEqual(others);
    // A month later, at the next start: the order that waits is answered as ever.
    time.now = new Date(Date.parse(time.now) + 32 * 86_400_000).toISOString();
    drop.close();
    const later = new DropFolder(folder, exchange, { after: () => () => undefined, now: () => time.now });
    onTestFinished(() => later.close());
    await later.look();
    expect(kept()).toEqual([]);
    expect(left()).toEqual(others);
    calls.answer('a');
    expect(await there('answers/waits.jws')).toBe('signed a');
  });

  // A bank's developer followed docs/integration.md: the folder of a mistyped path was made, and nothing ever came.
  it('that is not there, or holds no orders, is not made but told of, once for each change', async () => {
    const { directory, exchange } = station();
    const folder = join(directory, 'drpo');
    const said: FolderState[] = [];
    const around = { after: () => () => undefined, now: () => '2026-11-23T09:00:00Z' };
    const drop = new DropFolder(folder, exchange, { ...around, changed: (state) => said.push(state) });
    onTestFinished(() => drop.close());
    const looked = async (times: number) => {
      for (let time = 0; time < times; time++) await drop.look();
      return said.splice(0).map(({ code, detail }) => [code, detail]);
    };
    expect(await looked(2)).toEqual([['bank.folder-unusable', 'ENOENT']]);
    mkdirSync(folder);
    expect([await looked(1), readdirSync(folder)]).toEqual([[], []]);
    writeFileSync(join(folder, 'orders'), '');
    expect([await looked(2), readdirSync(folder)]).toEqual([[['bank.folder-unusable', 'ENOTDIR']], ['orders']]);
    rmSync(join(folder, 'orders'));
    mkdirSync(join(folder, 'orders'));
    expect(await looked(2)).toEqual([[null, null]]);
    expect(readdirSync(folder).sort()).toEqual(['answers', 'orders']);
  });

  // Whoever may write there could have us write through a link into a file of the station's own account.
  it('writes through no link that lies where an answer is to come', async () => {
    const { calls, drop, folder, put, there } = dropped();
    mkdirSync(join(folder, 'answers'));
    writeFileSync(join(folder, 'own'), 'kept');
    symlinkSync(join(folder, 'own'), join(folder, 'answers', 'one.jws.part'));
    put('one.jws', 'a');
    await drop.look();
    calls.answer('a');
    expect(await there('answers/one.jws')).toBe('signed a');
    expect(readFileSync(join(folder, 'own'), 'utf8')).toBe('kept');
  });

  it('follows no link, opens no other name, and reads no further than an order can be long', async () => {
    const { calls, drop, folder, put } = dropped();
    writeFileSync(join(folder, 'secret'), 'a');
    symlinkSync(join(folder, 'secret'), join(folder, 'orders', 'link.jws'));
    mkdirSync(join(folder, 'orders', 'folder.jws'));
    put('..jws', 'a');
    put('.hidden.jws', 'a');
    put('right.jws', 'a');
    await drop.look();
    expect(calls.senders).toHaveLength(1);
  });
});
