import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type BankAnswers, bankAnswers } from '../../../main/answer/bank-answers.ts';
import { BankService } from '../../../main/answer/ways/bank-service.ts';
import { openDeskChannel } from '../../../main/answer/ways/desk-channel.ts';
import { DropFolder } from '../../../main/answer/ways/drop-folder.ts';
import { Exchange, isOfOrder, type Reply } from '../../../main/answer/ways/exchange.ts';
import { frameOf } from '../../../main/answer/ways/native-frames.ts';
import { runNativeHost } from '../../../main/answer/ways/native-host.ts';
import { houseOrders } from '../../../main/house/house-orders.ts';
import { houseRecords } from '../../../main/house/house-records.ts';
import type { StationClock } from '../../../main/machine/clock.ts';
import { httpsService } from '../../../main/machine/https-service.ts';
import { limitClock } from '../../../main/machine/limit-clock.ts';
import { asFailure } from '../../../main/result/failure.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { OrderInbox } from '../../../main/station/order-inbox.ts';
import { boundOrder, givenOrder } from '../../../main/verification/order-case.ts';
import {
  alone,
  bankFile,
  bankSigner,
  orderClaims,
  orderHeader,
  orderToken,
  signedBy,
  verifiedAnswer,
} from '../../support/bank-side.ts';
import { httpsServer, webAuthority, webCertificate } from '../../support/https-server.ts';
import { policy } from '../../support/own-resources.ts';
import { extensions } from '../../support/test-pki.ts';
import { caseFacts } from '../records/case-facts.ts';
import { openIn, ownKeyFileProvider, random, temporaryFolder } from '../store/support.ts';

/*
 * What must not come in, by every way that orders come: each is told by the way that it came with its code, nothing of it is kept, and
 * what is asked twice is one order with one answer (issue "The branch", bad input; docs/integration.md §3, §4).
 */

const two = ['A. Berg', 'C. Dahl'];
const signer = bankSigner();
const otherSigner = bankSigner('other-1');
const noon = Date.parse('2026-11-23T12:00:00Z');
const extension = `chrome-extension://${'abcdefghijklmnop'.repeat(2)}/`;
const page = 'https://teller.bank.example';
const allWays = ['native-messaging', 'link', 'folder', 'qr', 'https'] as const;
type Way = (typeof allWays)[number];

const authority = webAuthority(51);
const server = webCertificate(authority, 52);
const client = webCertificate(authority, 53, { extensions: [extensions.digitalSignature()] });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** One instance on a data folder, whose clock and timers are the test's. */
async function instance(directory: string, clock: { at: number }) {
  const store = openIn(directory);
  const unlocked = await store.unlock(ownKeyFileProvider);
  const wall: StationClock = {
    now: () => new Date(clock.at).toISOString(),
    today: () => new Date(clock.at).toISOString().slice(0, 10) as PlainDate,
  };
  const stationClock = limitClock(wall, store.recordedTime);
  const after = () => () => undefined;
  const answers = bankAnswers(store, () => unlocked, { clock: stationClock, after, random });
  const exchange = new Exchange(answers, after);
  onTestFinished(() => exchange.close());
  const { keepRecord } = houseRecords(() => unlocked, {
    version: '1',
    training: true,
    policy,
    newestAt: stationClock.newestAt,
    answers,
    publishing: { soon: () => undefined },
  });
  return { directory, store, unlocked, stationClock, after, answers, exchange, keepRecord };
}
type Instance = Awaited<ReturnType<typeof instance>>;

/** What the bank hears by its way of an order that it handed over: how far it is, the code that refused it, or the answer. */
type Send = (token: string, from?: { readonly page?: string; readonly extension?: string }) => Promise<string>;

const toldOf = (reply: Reply): string => ('code' in reply ? reply.code : (reply.answer ?? reply.state));

async function nativeMessaging({ directory, exchange }: Instance): Promise<Send> {
  const channel = await openDeskChannel(directory, exchange, random);
  onTestFinished(() => channel?.close());
  return async (token, from = {}) => {
    const { promise, resolve } = Promise.withResolvers<Reply>();
    const input = new TransformStream<Uint8Array, Uint8Array>();
    const writer = input.writable.getWriter();
    const write = (frame: Uint8Array): void => resolve(JSON.parse(new TextDecoder().decode(frame.slice(4))) as Reply);
    const done = runNativeHost({ directory, argv: [from.extension ?? extension], input: input.readable, write });
    await writer.write(frameOf({ order: token, page: from.page ?? page }));
    const reply = await promise;
    await writer.close();
    await done;
    return toldOf(reply);
  };
}

let inFolder = 0;
function dropFolder({ exchange, after }: Instance, folder: string): Send {
  mkdirSync(join(folder, 'orders'), { recursive: true });
  return async (token) => {
    const replies: Reply[] = [];
    const heard: Pick<Exchange, 'ask'> = {
      ask: (text, sender, hear) =>
        exchange.ask(text, sender, (reply) => {
          replies.push(reply);
          hear(reply);
        }),
    };
    const drop = new DropFolder(folder, heard, { after, now: () => new Date().toISOString() });
    const name = `order-${inFolder++}`;
    writeFileSync(join(folder, 'orders', `${name}.part`), token);
    renameSync(join(folder, 'orders', `${name}.part`), join(folder, 'orders', `${name}.jws`));
    await drop.look();
    const [reply] = replies;
    if (reply === undefined) throw new Error('not asked for');
    // What the bank sees is what lies there: an order that waits, an answer, or the code.
    const waits = 'code' in reply ? !isOfOrder(reply) : reply.answer === null;
    const dealtWith = waits ? '.jws' : 'code' in reply ? '.refused' : '.done';
    while (!existsSync(join(folder, 'orders', `${name}${dealtWith}`))) await new Promise((next) => setImmediate(next));
    drop.close();
    const place = join(folder, 'answers', name);
    const parts = readdirSync(join(folder, 'answers')).filter((file) => file.endsWith('.part'));
    expect(parts).toEqual([]);
    if (dealtWith === '.refused') return JSON.parse(readFileSync(`${place}.refused.json`, 'utf8')).code;
    if (dealtWith === '.done') return readFileSync(`${place}.jws`, 'utf8');
    renameSync(join(folder, 'orders', `${name}.jws`), join(folder, 'orders', `${name}.seen`));
    return toldOf(reply);
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}

/** What the bank's server was told last of a token, by whichever instance asks it. */
const told = new Map<string, string>();

async function https({ exchange, after, unlocked, stationClock }: Instance, system: string): Promise<Send> {
  const posted: { readonly path: string; readonly text: string }[] = [];
  let offered: readonly string[] = [];
  const tls = { key: server.key, cert: server.certificate, ca: authority.pem, requestCert: true };
  const { address } = await httpsServer({ ...tls, rejectUnauthorized: true }, (request, response) => {
    void textOf(request).then((text) => {
      if (request.method === 'POST') posted.push({ path: request.url ?? '', text });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(offered));
    });
  });
  const certificates = {
    authority: bytes(authority.pem),
    certificate: bytes(client.certificate),
    key: bytes(client.key),
  };
  const replies: Reply[] = [];
  const service = new BankService({
    system,
    service: httpsService(address, { ...certificates, passphrase: null }),
    after,
    undelivered: () =>
      unlocked.receivedOrders
        .undelivered(10, 0)
        .flatMap(({ number, answer }) => (answer === null ? [] : [{ number, answer }])),
    delivered: (number) => unlocked.receivedOrders.noteDelivery(number, stationClock.now()),
    now: stationClock.now,
    before: () => null,
    keep: () => undefined,
    changed: () => undefined,
    exchange: {
      ask: (token, sender, hear) =>
        exchange.ask(token, sender, (reply) => {
          replies.push(reply);
          hear(reply);
        }),
    },
  });
  onTestFinished(() => service.close());
  return async (token) => {
    offered = [token];
    posted.length = 0;
    replies.length = 0;
    await service.round();
    const [post] = posted;
    if (post?.path === '/refused') return JSON.parse(post.text).code;
    if (post?.path === '/answers') told.set(token, post.text);
    // What was taken in is not asked for again: the server is posted its answer.
    const [reply] = replies;
    if (post === undefined && reply !== undefined) told.set(token, toldOf(reply));
    return told.get(token) ?? 'not asked for';
  };
}

async function link({ answers, after, stationClock }: Instance): Promise<Send> {
  const log: string[] = [];
  let offered: readonly string[] = [];
  const inbox = new OrderInbox({
    answers: {
      ...answers,
      openWays: async () => ({
        now: () => ({ channel: false, folders: [], services: [], failure: null }),
        close: async () => undefined,
      }),
    },
    locked: () => false,
    offer: (waiting) => {
      offered = waiting.orders.map(({ order }) => order.id);
    },
    linkOpened: () => undefined,
    now: stationClock.now,
    after,
    log: (_, { code }) => void log.push(String(code)),
  });
  await inbox.start();
  onTestFinished(() => inbox.close());
  return async (token) => {
    log.length = 0;
    await inbox.link(`styrk://order/${token}`);
    // Nothing goes back to whoever opened a link: what the desk is offered is all there is to hear.
    return log[0] ?? (offered.length === 0 ? 'not offered' : 'waiting');
  };
}

function qr({ store, unlocked, stationClock, answers }: Instance): Send {
  const orders = houseOrders(store, () => unlocked, stationClock, answers);
  return (token) =>
    orders.read(token).then(
      () => 'waiting',
      (thrown: unknown) => asFailure(thrown).code,
    );
}

function sendBy(way: Way, one: Instance, folder: string, system: string): Send | Promise<Send> {
  if (way === 'native-messaging') return nativeMessaging(one);
  if (way === 'folder') return dropFolder(one, folder);
  if (way === 'https') return https(one, system);
  return way === 'link' ? link(one) : qr(one);
}

const bank = 'https://bank.example/branch';
const other = 'https://other.example/branch';

function letIn(answers: BankAnswers, folder: string, ways: readonly Way[]): void {
  const common = { origins: [extension, page], address: 'https://localhost:1/' };
  answers.addBank(bankFile(signer, { ...common, ways, folder }), two, alone);
  const elsewhere = { id: other, keys: [otherSigner.jwk], origins: [`chrome-extension://${'p'.repeat(32)}/`] };
  answers.addBank(
    bankFile(otherSigner, { ...common, ...elsewhere, ways: allWays, folder: `${folder}-other` }),
    two,
    alone,
  );
}

describe.each(allWays)('an order by %s', (way) => {
  it('that must not come in is told with its code, and nothing of it is kept', async () => {
    const folder = temporaryFolder();
    const clock = { at: noon };
    const one = await instance(temporaryFolder(), clock);
    letIn(one.answers, folder, allWays);
    const send = await sendBy(way, one, folder, bank);
    const at = noon / 1000;
    let made = 0;
    const claims = (changes: Record<string, unknown> = {}) => orderClaims(at, { jti: `bad-${made++}`, ...changes });
    const signed = (changes: Record<string, unknown> = {}) => orderToken(signer, claims(changes));
    const order = { text: 'Nytt BankID', purpose: 'renew-bankid' };
    const rows: Readonly<Record<string, readonly [token: string, code: string, from?: Parameters<Send>[1]]>> = {
      expired: [signed({ iat: at - 1000, exp: at - 1 }), 'order.expired'],
      'of tomorrow': [signed({ iat: at + 86_400, exp: at + 87_000 }), 'order.not-yet-valid'],
      'of a bank that nobody knows': [signed({ iss: 'https://thief.example' }), 'order.foreign'],
      'for another station': [signed({ aud: 'station-of-others' }), 'order.foreign'],
      'by a key that nobody knows': [orderToken(bankSigner('key-9'), claims()), 'order.foreign'],
      unsigned: [signedBy(signer, { ...orderHeader(signer), alg: 'none' }, claims()), 'order.unsigned'],
      'signed by somebody else': [orderToken(bankSigner(), claims()), 'order.signature-wrong'],
      'with a control character': [signed({ order: { ...order, text: 'Nytt\u0007 BankID' } }), 'order.characters'],
      'with a sign of direction': [signed({ order: { ...order, text: 'Till \u202egnI' } }), 'order.characters'],
      'with a character that nobody sees': [
        signed({ order: { ...order, reference: 'OCR\u200b1' } }),
        'order.characters',
      ],
      'with what nobody shows': [signed({ order: { ...order, fee: '1' } }), 'order.malformed'],
      // Of another system by the door of this one: its own folder, server, extension; a link and a code name none.
      ...(way === 'link' || way === 'qr'
        ? {}
        : {
            'of another bank by this door': [orderToken(otherSigner, claims({ iss: other })), 'order.sender-refused'],
          }),
      ...(way === 'native-messaging'
        ? {
            'from a page that is not the bank’s': [signed(), 'order.sender-refused', { page: 'https://thief.example' }],
            'from an extension that is not the bank’s': [
              signed(),
              'order.sender-refused',
              { extension: `chrome-extension://${'a'.repeat(32)}/` },
            ],
          }
        : {}),
    };
    const heard: Record<string, string> = {};
    for (const [name, [token, , from]] of Object.entries(rows)) heard[name] = await send(token, from);
    expect(heard).toEqual(Object.fromEntries(Object.entries(rows).map(([name, [, code]]) => [name, code])));
    expect(one.answers.waiting().orders).toEqual([]);
    // By a way that this bank does not use: any page may open a link, anybody show a code.
    letIn(
      one.answers,
      folder,
      allWays.filter((known) => known !== way),
    );
    expect(await send(signed())).toBe('order.sender-refused');
    expect(one.answers.waiting().orders).toEqual([]);
    expect(one.unlocked.records.list({ limit: 10 })).toEqual([]);
  });

  it('is one order however often it is asked for, by two instances, with one answer, and none under a clock set back', async () => {
    const folder = temporaryFolder();
    const directory = temporaryFolder();
    const clock = { at: noon };
    const one = await instance(directory, clock);
    const second = await instance(directory, clock);
    letIn(one.answers, folder, allWays);
    const send = await sendBy(way, one, folder, bank);
    const sendToSecond = await sendBy(way, second, folder, bank);
    const claims = orderClaims(noon / 1000, { jti: 'good' });
    const token = orderToken(signer, claims);
    expect(await Promise.all([send(token), sendToSecond(token)])).toEqual(['waiting', 'waiting']);
    expect(await send(token)).toBe('waiting');
    const { text } = claims.order as { text: string };
    expect(await send(orderToken(signer, { ...claims, order: { text: `${text}, igen` } }))).toBe('order.replayed');
    expect(one.answers.waiting().orders).toHaveLength(1);
    // The same order by another of the bank's ways is a replay too, and the first stays as it is.
    const elsewhere = way === 'qr' ? await sendBy('link', one, folder, bank) : await sendBy('qr', one, folder, bank);
    expect(await elsewhere(token)).toBe('order.replayed');

    const [taken] = one.answers.waiting().orders;
    if (taken === undefined) throw new Error('not kept');
    const bound = boundOrder(givenOrder(taken.order, 'signed', taken.kid), []);
    const by = { sign: 'anna', source: 'typed' } as const;
    const decision = { outcome: 'go-on', reason: null, by } as const;
    const endedAt = new Date(clock.at).toISOString();
    await one.keepRecord(caseFacts('case-1', { order: bound, decision, readAt: endedAt, endedAt }));
    // Late, and twice: the same answer, from either instance. By a link or a code nothing goes back, and nothing is offered anew.
    clock.at += 3 * 86_400_000;
    const [first, again] = [await send(token), await sendToSecond(token)];
    if (way === 'link' || way === 'qr') expect([first, again]).toEqual(['order.dealt-with', 'order.dealt-with']);
    else {
      const answer = verifiedAnswer(first, one.answers.publicKeys(), 'styrk-training-answer+jwt');
      expect(answer).toMatchObject({ jti: 'case-1', order: { id: 'good' } });
      // A server is posted it once it has not taken it; whoever asks hears the same.
      expect(again).toBe(first);
    }
    expect(one.unlocked.records.list({ limit: 10 })).toHaveLength(1);

    // Set back by an hour on the same day: what was over at eleven would be in time again.
    clock.at = noon - 3_600_000;
    const before = orderToken(signer, orderClaims(clock.at / 1000 - 60, { jti: 'of-before' }));
    expect(await send(before)).toBe('clock.went-back');
    clock.at = noon - 2 * 86_400_000;
    const then = orderToken(signer, orderClaims(clock.at / 1000, { jti: 'of-then' }));
    expect(await send(then)).toBe('clock.went-back');
    expect(one.answers.waiting().orders).toEqual([]);
  });
});
