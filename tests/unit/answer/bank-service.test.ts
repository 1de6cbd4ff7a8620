import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BankService, type ServerState, type Undelivered } from '../../../main/answer/ways/bank-service.ts';
import type { Reply } from '../../../main/answer/ways/exchange.ts';
import { httpsService } from '../../../main/machine/https-service.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { FailureCode } from '../../../main/result/failure-codes.ts';
import { httpsServer, webAuthority, webCertificate } from '../../support/https-server.ts';
import { extensions } from '../../support/test-pki.ts';

/* The bank's own server over https, with the station's certificate: orders are fetched, answers posted until they are taken. */

const authority = webAuthority(41);
const server = webCertificate(authority, 42);
const client = webCertificate(authority, 43, { extensions: [extensions.digitalSignature()] });
/** What says nothing of the order. */
const notNow: Readonly<Record<string, FailureCode>> = { busy: 'storage.busy', clock: 'clock.went-back' };
const noon = '2026-11-23T12:00:00Z';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function bank() {
  const heard: string[] = [];
  const orders = JSON.stringify(['good', 'bad', 7, 'x'.repeat(70_000)]);
  const state = { orders, status: 200, unwanted: '', refused: 200, handing: 200 };
  const tls = {
    key: server.key,
    cert: server.certificate,
    ca: authority.pem,
    requestCert: true,
    rejectUnauthorized: true,
  };
  const { address } = await httpsServer(tls, (request, response) => {
    const { subject } = (request.socket as TLSSocket).getPeerCertificate();
    void textOf(request).then((text) => {
      heard.push(`${request.method} ${request.url} ${request.headers['content-type'] ?? ''} ${text} by ${subject.CN}`);
      if (request.method === 'GET')
        response.writeHead(state.handing, { 'content-type': 'application/json' }).end(state.orders);
      else if (request.url === '/refused') response.writeHead(state.refused).end();
      else response.writeHead(text === state.unwanted ? 400 : state.status).end();
    });
  });
  const service = httpsService(address, {
    authority: bytes(authority.pem),
    certificate: bytes(client.certificate),
    key: bytes(client.key),
    passphrase: null,
  });
  const waiting: Undelivered[] = [];
  const asked: string[] = [];
  const states: ServerState[] = [];
  const kept: { last: ServerState | null; busy: boolean } = { last: null, busy: false };
  const clock = { now: noon };
  const one = new BankService({
    system: 'bank',
    service,
    after: () => () => undefined,
    undelivered: () => [...waiting],
    delivered: (number) => void waiting.splice(0, waiting.length, ...waiting.filter((each) => each.number !== number)),
    now: () => clock.now,
    before: () => kept.last,
    keep: (now) => {
      if (kept.busy) throw new Failure('storage.busy');
      kept.last = now;
    },
    changed: (now) => void states.push(now),
    exchange: {
      ask: async (token, sender, hear) => {
        asked.push(`${token} ${sender.way} ${sender.system}`);
        const reply: Reply = token.startsWith('good')
          ? { state: 'waiting', order: 'o', answer: null }
          : { state: 'refused', code: notNow[token] ?? 'order.foreign', reason: 'key' };
        hear(reply);
        return () => undefined;
      },
    },
  });
  onTestFinished(() => one.close());
  return { one, heard, state, waiting, asked, states, kept, clock };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}

describe('the server of a system', () => {
  it('is asked for orders as the station’s certificate says who asks, and told once what was refused', async () => {
    const { one, heard, asked } = await bank();
    await one.round();
    await one.round();
    expect(asked).toEqual(['good https bank', 'bad https bank']);
    expect(heard[0]).toBe('GET /orders   by localhost');
    const refusals = heard.filter((line) => line.startsWith('POST /refused'));
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toContain('"code":"order.foreign","reason":"key"');
    expect(refusals[0]).not.toContain('bad"');
  });

  it('keeps no order waiting behind those that it goes on handing out', async () => {
    const { one, state, asked } = await bank();
    const tokens = Array.from({ length: 60 }, (_, number) => `${number % 2 === 0 ? 'good' : 'bad'}${number}`);
    state.orders = JSON.stringify(tokens);
    await one.round();
    expect(asked).toHaveLength(50);
    await one.round();
    expect(asked).toEqual(tokens.map((token) => `${token} https bank`));
    await one.round();
    expect(asked).toHaveLength(60);
  });

  // A bank's developer followed docs/integration.md: their server answered 400 to a token that it did not know, and no order behind
  // that one was ever taken.
  it.each([400, 503])('that answers %i to a refusal is given the orders behind it, and told again', async (status) => {
    const { one, heard, state, asked } = await bank();
    const bad = Array.from({ length: status === 400 ? 60 : 5 }, (_, number) => `bad${number}`);
    state.orders = JSON.stringify(['bad', 'good', ...bad, 'good2']);
    state.refused = status;
    for (let round = 0; round < (status === 400 ? 2 : 7); round += 1) await one.round();
    expect(asked).toContain('good https bank');
    expect(asked).toContain('good2 https bank');
    // Each was looked at once.
    expect(new Set(asked).size).toBe(asked.length);
    heard.length = 0;
    state.refused = 200;
    for (let round = 0; round < 3; round += 1) await one.round();
    const told = heard.filter((line) => line.startsWith('POST /refused'));
    expect([told.length, new Set(told).size]).toEqual(Array(2).fill(bad.length + 1));
    expect(told[0]).toContain('"code":"order.foreign","reason":"key"');
  });

  // The clock is a tester's walk: an order that was refused for the station's own clock was lost with it.
  it('is asked again for what could not be taken in at that moment', async () => {
    const { one, state, asked, heard } = await bank();
    state.orders = JSON.stringify(['busy', 'clock', 'good']);
    await one.round();
    await one.round();
    expect(asked.map((line) => line.split(' ')[0])).toEqual(['busy', 'clock', 'good', 'busy', 'clock']);
    expect(heard.filter((line) => line.startsWith('POST'))).toEqual([]);
  });

  it('is posted an answer until it has taken it', async () => {
    const { one, heard, state, waiting } = await bank();
    waiting.push({ number: 1, answer: 'signed' });
    state.status = 503;
    await one.round();
    expect(waiting).toHaveLength(1);
    state.status = 204;
    await one.round();
    await one.round();
    expect(waiting).toEqual([]);
    expect(heard.filter((line) => line.startsWith('POST /answers'))).toEqual(
      Array(2).fill('POST /answers application/jwt signed by localhost'),
    );
  });

  it('is posted what stands behind an answer that it will not have', async () => {
    const { one, state, waiting } = await bank();
    waiting.push({ number: 1, answer: 'unwanted' }, { number: 2, answer: 'signed' });
    state.unwanted = 'unwanted';
    state.status = 204;
    await one.round();
    expect(waiting.map(({ number }) => number)).toEqual([1]);
  });

  it.each(['{}', 'not JSON', '[', '[[["a"]]]'])('that answers %s stops nothing', async (orders) => {
    const { one, state, asked } = await bank();
    state.orders = orders;
    await one.round();
    expect(asked).toEqual([]);
  });

  // A bank's developer followed docs/integration.md: with a wrong authority, a refused certificate or a server that was down nothing
  // was said anywhere.
  it('is told of by failure code and since when, once per change, and when it came back', async () => {
    const { one, state, waiting, states, kept, clock } = await bank();
    const rounds = async (now: string): Promise<void> => {
      clock.now = now;
      await one.round();
      await one.round();
    };
    await rounds(noon);
    state.handing = 403;
    await rounds('2026-11-23T12:01:00Z');
    state.handing = 503;
    kept.busy = true;
    await rounds('2026-11-23T12:02:00Z');
    kept.busy = false;
    await rounds('2026-11-23T12:03:00Z');
    expect(kept.last).toMatchObject({ code: 'service.broken', since: '2026-11-23T12:01:00Z' });
    state.handing = 200;
    waiting.push({ number: 1, answer: 'unwanted' });
    state.unwanted = 'unwanted';
    await rounds('2026-11-23T12:04:00Z');
    state.unwanted = '';
    await rounds('2026-11-23T12:05:00Z');
    const failing = '2026-11-23T12:01:00Z';
    expect(states).toEqual([
      { code: null, call: null, detail: null, since: noon },
      { code: 'service.refused', call: 'orders', detail: '403', since: failing },
      { code: 'service.broken', call: 'orders', detail: '503', since: failing },
      { code: 'service.refused', call: 'answers', detail: '400', since: failing },
      { code: null, call: null, detail: null, since: '2026-11-23T12:05:00Z' },
    ]);
    expect(kept.last).toEqual(states.at(-1));
  });

  it('goes on failing since it did when another process asked it', async () => {
    const { one, state, states, kept } = await bank();
    kept.last = { code: 'service.unreachable', call: 'orders', detail: 'ECONNREFUSED', since: '2026-11-20T08:00:00Z' };
    state.orders = '{}';
    await one.round();
    expect(states).toEqual([
      { code: 'service.answer-malformed', call: 'orders', detail: 'no array', since: '2026-11-20T08:00:00Z' },
    ]);
  });
});
