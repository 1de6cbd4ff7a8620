import type { RequestListener, ServerResponse } from 'node:http';
import { createServer as createPlainServer, type Server } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callHttps, callJson, type HttpsAround, standardHttpsLimits } from '../../../main/machine/https-call.ts';
import { type HttpsService, httpsService, noServiceFiles } from '../../../main/machine/https-service.ts';
import { Failure } from '../../../main/result/failure.ts';
import { failureOf } from '../../support/failure-code.ts';
import { httpsServer, webAuthority, webCertificate } from '../../support/https-server.ts';
import { pkcs12Of } from '../../support/pkcs12.ts';
import { extensions, nameOf } from '../../support/test-pki.ts';

const authority = webAuthority(31);
const stranger = webAuthority(32, 'Another web authority');
const server = webCertificate(authority, 33);
const clientChange = { extensions: [extensions.digitalSignature()] };
const client = webCertificate(authority, 34, clientChange);
const strangersClient = webCertificate(stranger, 35, clientChange);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const never: HttpsAround = { after: () => () => undefined };
const personal = '19121212-1212';

async function serving(listener: RequestListener, tls: object = {}): Promise<HttpsService> {
  const { address } = await httpsServer({ key: server.key, cert: server.certificate, ...tls }, listener);
  return httpsService(address, { ...noServiceFiles, authority: bytes(authority.pem) });
}

const json = (response: ServerResponse, value: unknown): void =>
  void response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));

async function failureOfCall(call: Promise<unknown>): Promise<Failure> {
  try {
    await call;
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown;
    throw thrown;
  }
  throw new Error('the call ended well');
}

const asking = (service: HttpsService, around = never): Promise<unknown> =>
  callJson(service, { method: 'POST', path: 'find', body: { number: personal } }, around);

describe('a call of a service', () => {
  it('posts JSON below the address that was set, and gives back what was answered', async () => {
    const service = await serving((request, response) => {
      let got = '';
      request.on('data', (part) => (got += part));
      request.on('end', () =>
        json(response, { got: JSON.parse(got), to: request.url, as: request.headers['content-type'] }),
      );
    });
    expect(await asking({ ...service, address: `${service.address}v1/` })).toEqual({
      got: { number: personal },
      to: '/v1/find',
      as: 'application/json',
    });
  });

  it('gets, and needs no content where none is asked for', async () => {
    const service = await serving((request, response) =>
      request.method === 'GET' ? json(response, { a: 1 }) : response.writeHead(204).end(),
    );
    expect(await callJson(service, { method: 'GET', path: 'status' }, never)).toEqual({ a: 1 });
    const call = { method: 'POST', path: 'take', accept: null } as const;
    expect(await callHttps(service, call, never)).toMatchObject({ status: 204 });
  });

  it('never leaves the service: another host, a path above, a fragment', async () => {
    const service: HttpsService = { address: 'https://localhost:1/v1/', authority: null, identity: null };
    for (const path of ['https://elsewhere.test/', '//elsewhere.test/x', '../v2/', '/v2', 'x#y', 'x'.repeat(5_000)]) {
      const failure = await failureOfCall(callJson(service, { method: 'GET', path }, never));
      expect([path.slice(0, 30), failure.code]).toEqual([path.slice(0, 30), 'service.unusable']);
    }
  });

  const refusals: Readonly<Record<string, readonly [RequestListener, string]>> = {
    // RFC 9110 §15.4: a redirect leads where nobody set an address.
    'sent on': [(_, response) => response.writeHead(302, { location: '/other' }).end(), 'service.refused'],
    'sent on for good': [(_, response) => response.writeHead(308, { location: '/other' }).end(), 'service.refused'],
    'no right': [(_, response) => response.writeHead(403).end(), 'service.refused'],
    'not there': [(_, response) => response.writeHead(404).end(), 'service.refused'],
    'too many questions': [(_, response) => response.writeHead(429).end(), 'service.broken'],
    'out of order': [(_, response) => response.writeHead(503).end(personal), 'service.broken'],
    'a page': [
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      'service.answer-malformed',
    ],
    'no type at all': [(_, response) => response.writeHead(200).end('{}'), 'service.answer-malformed'],
    'half an object': [
      (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(`{"${personal}`),
      'service.answer-malformed',
    ],
    'letters that are no UTF-8': [
      (_, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(Uint8Array.of(0x22, 0xff, 0x22)),
      'service.answer-malformed',
    ],
    'another coding': [
      (_, response) =>
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end('{}'),
      'service.answer-malformed',
    ],
    '10 MB, said before': [
      (_, response) =>
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 10_000_000 }).write('['),
      'service.answer-too-large',
    ],
    '10 MB, without a word': [
      (_, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(10_000_000)}"`),
      'service.answer-too-large',
    ],
    'an answer that ends early': [
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
        response.write('{"a":', () => response.destroy());
      },
      'service.broken',
    ],
    'a line that is cut': [(request) => request.socket.destroy(), 'service.unreachable'],
  };
  it.each(Object.entries(refusals))(
    'fails by name and tells nothing of the person: %s',
    async (_, [listener, code]) => {
      const failure = await failureOfCall(asking(await serving(listener)));
      expect(failure.code).toBe(code);
      const { host } = failure.fields;
      expect(host).toMatch(/^localhost:\d+$/);
      const chain = [failure, failure.cause].map((each) => `${each instanceof Error ? each.message : ''}`);
      expect(JSON.stringify([failure.fields, chain])).not.toContain(personal);
    },
  );

  it('ends at its time, however alive the answer is, and when somebody cancels', async () => {
    const begun: (() => void)[] = [];
    const service = await serving((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('[', () => begun.shift()?.());
    });
    const limits = standardHttpsLimits;
    const late: { act: (() => void) | null; millis: number; stopped: boolean } = {
      act: null,
      millis: 0,
      stopped: false,
    };
    const slow = asking(service, {
      limits,
      after: (millis, act) => {
        Object.assign(late, { act, millis });
        return () => Object.assign(late, { stopped: true });
      },
    });
    await new Promise<void>((answered) => begun.push(answered));
    late.act?.();
    expect((await failureOfCall(slow)).code).toBe('service.too-slow');
    expect([late.millis, late.stopped]).toEqual([limits.totalMillis, true]);

    const hand = new AbortController();
    const cancelled = asking(service, { ...never, signal: hand.signal });
    await new Promise<void>((answered) => begun.push(answered));
    hand.abort();
    expect((await failureOfCall(cancelled)).code).toBe('service.cancelled');
    expect((await failureOfCall(asking(service, { ...never, signal: hand.signal }))).code).toBe('service.cancelled');
  });

  it('ends at its time where nothing is answered at all', async () => {
    const acts: (() => void)[] = [];
    const service = await serving(() => acts.shift()?.());
    const after = (_: number, act: () => void): (() => void) => {
      acts.push(act);
      return () => undefined;
    };
    expect((await failureOfCall(asking(service, { after }))).code).toBe('service.too-slow');
  });

  it('nobody listens: unreachable', async () => {
    const plain: Server = createPlainServer();
    await new Promise<void>((listening) => plain.listen(0, '127.0.0.1', listening));
    const { port } = plain.address() as { port: number };
    await new Promise((closed) => plain.close(closed));
    const service = { address: `https://localhost:${port}/`, authority: authority.pem, identity: null };
    expect((await failureOfCall(asking(service))).code).toBe('service.unreachable');
  });
});

describe('who a service is', () => {
  const strangers = webCertificate(stranger, 36);
  const old = webCertificate(authority, 37, { notBefore: '200101', notAfter: '240101' });
  const other = webCertificate(authority, 38, {
    subject: nameOf('SE', 'elsewhere'),
    extensions: [extensions.digitalSignature()],
  });
  it.each([
    ['of another authority', { key: strangers.key, cert: strangers.certificate }],
    ['its certificate ran out', { key: old.key, cert: old.certificate }],
    ['of another name', { key: other.key, cert: other.certificate }],
    // RFC 8996: TLS 1.0 and 1.1 are dead.
    ['TLS 1.1', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }],
  ])('is proved before anything is sent: %s', async (_, tls) => {
    const heard: unknown[] = [];
    const service = await serving((request) => heard.push(request.url), tls);
    const { code } = await failureOfCall(asking(service));
    expect(['service.not-trusted', 'service.refused']).toContain(code);
    expect(heard).toEqual([]);
  });

  it('is not proved by authorities that are generally known, nor without one by what was pinned', async () => {
    const service = await serving((_, response) => json(response, {}));
    expect((await failureOfCall(asking({ ...service, authority: null }))).code).toBe('service.not-trusted');
    expect((await failureOfCall(asking({ ...service, authority: stranger.pem }))).code).toBe('service.not-trusted');
  });

  it('no environment turns the proof off', async () => {
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    onTestFinished(() => {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    });
    const service = await serving((_, response) => json(response, {}));
    expect((await failureOfCall(asking({ ...service, authority: stranger.pem }))).code).toBe('service.not-trusted');
  });
});

describe('who the station is to a service', () => {
  const asksForClients = { requestCert: true, rejectUnauthorized: true, ca: authority.pem };
  const mutual = (version: object = {}): Promise<HttpsService> =>
    serving(
      (request, response) => json(response, { cn: (request.socket as TLSSocket).getPeerCertificate().serialNumber }),
      { ...asksForClients, ...version },
    );
  const identified = (service: HttpsService, files: object): HttpsService =>
    httpsService(service.address, { ...noServiceFiles, authority: bytes(authority.pem), ...files });

  it('is proved by PEM and by PKCS#12', async () => {
    const service = await mutual();
    const serial = { cn: '22' };
    const inPem = { certificate: bytes(client.certificate), key: bytes(client.key) };
    expect(await asking(identified(service, inPem))).toEqual(serial);
    const together = { certificate: bytes(client.certificate + client.key) };
    expect(await asking(identified(service, together))).toEqual(serial);
    const locked = client.secret.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open' });
    const withPassphrase = { ...inPem, key: bytes(String(locked)), passphrase: 'open' };
    expect(await asking(identified(service, withPassphrase))).toEqual(serial);
    const secret = new Uint8Array(client.secret.export({ type: 'pkcs8', format: 'der' }));
    const file = await pkcs12Of(client.der, secret, 'open');
    expect(await asking(identified(service, { certificate: file, passphrase: 'open' }))).toEqual(serial);
  });

  it.each(['TLSv1.2', 'TLSv1.3'])('is refused by name where the service does not know it: %s', async (version) => {
    const service = await mutual({ minVersion: version, maxVersion: version });
    const unknown = { certificate: bytes(strangersClient.certificate), key: bytes(strangersClient.key) };
    for (const asks of [service, identified(service, unknown)]) {
      // The alert may come after the connection broke under what was being sent.
      expect(['service.refused', 'service.unreachable']).toContain((await failureOfCall(asking(asks))).code);
    }
  });

  it('is tried when it is set', async () => {
    const secret = new Uint8Array(client.secret.export({ type: 'pkcs8', format: 'der' }));
    const file = await pkcs12Of(client.der, secret, 'open');
    const certificate = bytes(client.certificate);
    const set = (address: string, files: object = {}): unknown =>
      failureOf(() => httpsService(address, { ...noServiceFiles, ...files }))?.fields.reason ?? 'none';
    const https = 'https://directory.bank.test/v1';
    expect(httpsService(https, noServiceFiles).address).toBe(`${https}/`);
    expect([
      set('http://directory.bank.test/'),
      set('directory'),
      set('https://a:b@directory.bank.test/'),
      set('https://directory.bank.test/?x=1'),
      set(https, { authority: bytes('no PEM') }),
      set(https, {
        authority: bytes(`${authority.pem}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`),
      }),
      set(https, { certificate }),
      set(https, { key: bytes(client.key) }),
      set(https, { certificate, key: bytes(strangersClient.key) }),
      set(https, { certificate: file, passphrase: 'wrong' }),
      set(https, { certificate: file, key: bytes(client.key) }),
      set(https, { certificate: Uint8Array.of(0x30, 0x03, 1, 2, 3) }),
    ]).toEqual([
      'not https',
      'no address',
      'credentials in the address',
      'a query or fragment in the address',
      'no certificate authority (PEM)',
      'no certificate authority (PEM)',
      'certificate or key cannot be used',
      'a key without its certificate',
      'the key is not of this certificate',
      'certificate or key cannot be used',
      'a PKCS#12 file holds its key',
      'certificate or key cannot be used',
    ]);
  });
});
