import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { rootCertificates } from 'node:tls';
import type { After } from '../result/after.ts';
import { asFailure, Failure } from '../result/failure.ts';
import { readStrictJson } from '../result/strict-json.ts';
import type { HttpsService } from './https-service.ts';
import { plainHttp } from './plain-http.ts';
import { tlsAgent } from './tls-agent.ts';

/** One question to a service. */
export interface HttpsCall {
  readonly method: 'GET' | 'POST';
  /** Below the service's address, with a query if need be; every part of it from a person is encoded by the caller. */
  readonly path: string;
  /** Sent with POST. */
  readonly body?: { readonly type: string; readonly content: string | Uint8Array };
  /**
   * Media type that the answer must be of, without parameters; `any` takes each; null: what is answered beside the status is
   * not looked at.
   */
  readonly accept: string | null;
  /** Statuses of 300 to 499 that are answers too. */
  readonly answered?: readonly number[];
}

/** What a call may cost, and who may end it. */
export interface HttpsAround {
  readonly after: After;
  readonly signal?: AbortSignal;
  readonly limits?: HttpsLimits;
}

export interface HttpsLimits {
  /** From the first packet to the last byte of the answer: a person waits for it. */
  readonly totalMillis: number;
  readonly answerBytes: number;
}

export const standardHttpsLimits: HttpsLimits = { totalMillis: 10_000, answerBytes: 256 * 1024 };

/** An answer of status 200 to 299, or of one that is asked for: bytes and nothing believed. */
export interface HttpsAnswer {
  readonly status: number;
  /** Media type without parameters; empty where none was looked at. */
  readonly type: string;
  readonly content: Uint8Array;
}

/**
 * Asks a service once, follows nowhere, and takes what it answers whole or not at all. The words of a failure name host,
 * status and the system's code, nothing that was sent or received. Fails with `service.unusable` (a path that leads out of
 * the service), `service.unreachable`, `service.not-trusted` (it did not prove itself), `service.refused` (it refused the
 * station or the question: status 300 to 499, or its TLS), `service.broken` (status of 500 on, 429, or an answer that ends
 * early), `service.too-slow`, `service.answer-malformed` (another media type or coding), `service.answer-too-large`,
 * `service.cancelled`. After each but the first and `service.not-trusted` the question may have been heard.
 */
export async function callHttps(service: HttpsService, call: HttpsCall, around: HttpsAround): Promise<HttpsAnswer> {
  const limits = around.limits ?? standardHttpsLimits;
  const address = addressOf(service, call.path);
  const ended = new AbortController();
  const cancelled = (): void => ended.abort(new Failure('service.cancelled', { host: address.host }));
  if (around.signal?.aborted === true) cancelled();
  around.signal?.addEventListener('abort', cancelled, { once: true });
  const late = (): void => ended.abort(new Failure('service.too-slow', { host: address.host }));
  const cancelLate = around.after(limits.totalMillis, late);
  const agent = tlsAgent(service.authority === null ? rootCertificates : [service.authority], service.identity);
  try {
    ended.signal.throwIfAborted();
    const answer = await ask({ address, call, agent, signal: ended.signal });
    try {
      return await answerOf(answer, { address, call, limits });
    } finally {
      answer.destroy();
    }
  } catch (thrown) {
    throw ended.signal.aborted ? asFailure(ended.signal.reason) : thrown;
  } finally {
    cancelLate();
    around.signal?.removeEventListener('abort', cancelled);
    agent.destroy();
  }
}

/** Asks as above with JSON, and reads JSON in one way alone (`readStrictJson`): a value that the caller has yet to hold to its schema. */
export async function callJson(
  service: HttpsService,
  { method, path, body }: { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: unknown },
  around: HttpsAround,
): Promise<unknown> {
  const json = 'application/json';
  const sent = body === undefined ? {} : { body: { type: json, content: JSON.stringify(body) } };
  const { content } = await callHttps(service, { method, path, accept: json, ...sent }, around);
  const read = readStrictJson(content);
  if ('refused' in read) throw malformed(new URL(service.address), read.refused);
  return read.value;
}

function malformed({ host }: URL, reason: string): Failure {
  return new Failure('service.answer-malformed', { host, reason });
}

function addressOf(service: HttpsService, path: string): URL {
  const address = URL.canParse(path, service.address) ? new URL(path, service.address) : null;
  if (address?.href.startsWith(service.address) !== true || address.hash !== '' || path.length > 4_000)
    throw new Failure('service.unusable', { reason: 'a path outside of the service' });
  return address;
}

interface Asking {
  readonly address: URL;
  readonly call: HttpsCall;
  readonly agent: ReturnType<typeof tlsAgent>;
  readonly signal: AbortSignal;
}

function ask({ address, call, agent, signal }: Asking): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const content = call.body === undefined ? null : Buffer.from(call.body.content);
  // A service on this machine alone may be named without TLS (a witness); no other address of that kind comes here.
  const isPlain = address.protocol === 'http:';
  const asking = (isPlain ? plainHttp().request : request)(address, {
    ...(isPlain ? {} : { agent }),
    signal,
    method: call.method,
    headers: {
      accept: call.accept === null || call.accept === 'any' ? '*/*' : call.accept,
      'accept-encoding': 'identity',
      'user-agent': 'styrk',
      ...(content === null ? {} : { 'content-type': call.body?.type, 'content-length': content.length }),
    },
  });
  asking.on('response', resolve);
  asking.on('error', (thrown) => reject(connectionFailure(address, thrown)));
  asking.end(content ?? undefined);
  return promise;
}

// An alert is the server's word about us; its name may hold CERT as well. TLS 1.2's comes as EPROTO, and its text alone says so.
const refusedByServer = (reason: string, thrown: unknown): boolean =>
  reason.includes('_ALERT_') || (thrown instanceof Error && /SSL alert number \d/.test(thrown.message));
const unproved = /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|INVALID_CA|INVALID_PURPOSE|CRL|ERR_SSL|EPROTO/;

function connectionFailure({ host }: URL, thrown: unknown): Failure {
  const reason = codeOf(thrown);
  if (refusedByServer(reason, thrown)) return new Failure('service.refused', { host, reason }, thrown);
  return new Failure(unproved.test(reason) ? 'service.not-trusted' : 'service.unreachable', { host, reason }, thrown);
}

function codeOf(thrown: unknown): string {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown';
}

interface Answering {
  readonly address: URL;
  readonly call: HttpsCall;
  readonly limits: HttpsLimits;
}

async function answerOf(answer: IncomingMessage, { address, call, limits }: Answering): Promise<HttpsAnswer> {
  const { host } = address;
  const { statusCode: status = 0, headers } = answer;
  if (status === 429 || status >= 500 || status < 200) throw new Failure('service.broken', { host, status });
  if (status >= 300 && call.answered?.includes(status) !== true) throw new Failure('service.refused', { host, status });
  if (call.accept === null) return { status, type: '', content: new Uint8Array() };
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (call.accept !== 'any' && type !== call.accept) throw malformed(address, 'content type');
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw malformed(address, 'encoding');
  const tooLarge = (): Failure => new Failure('service.answer-too-large', { host, limit: limits.answerBytes });
  if (Number(headers['content-length'] ?? 0) > limits.answerBytes) throw tooLarge();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of answer as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > limits.answerBytes) throw tooLarge();
      parts.push(part);
    }
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    throw new Failure('service.broken', { host, reason: codeOf(thrown) }, thrown);
  }
  return { status, type, content: new Uint8Array(Buffer.concat(parts)) };
}
