import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { sha256 } from '../../crypto/sealing.ts';
import { machineRandom } from '../../machine/random.ts';
import { type ClientIdentity, servedTls } from '../../machine/tls-agent.ts';
import { parseCheckpoint } from '../../records/log/checkpoint.ts';
import { parseNote } from '../../records/log/note.ts';
import { parseVerifierKey } from '../../records/log/note-keys.ts';
import { longestRequest } from '../../records/log/witness.ts';
import { toHex } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import {
  openWitness,
  type WitnessAnswer,
  type WitnessConflict,
  type WitnessStore,
} from '../../store/witness/witness-store.ts';

/** Opens a witness's own folder. Throws as `openWitness`. */
export function witnessIn(directory: string, name: string | null): WitnessStore {
  return openWitness({ directory, name, random: machineRandom });
}

/** Which log signed two histories, the second at how many records, and when that was shown (ISO 8601); oldest first. */
export function conflictsOf(
  witness: Pick<WitnessStore, 'conflicts'>,
): readonly { readonly log: string; readonly size: number; readonly at: string }[] {
  return witness.conflicts().map(({ at, note }) => {
    const { origin, size } = parseCheckpoint(parseNote(note).text);
    return { log: origin, size, at: new Date(at * 1000).toISOString() };
  });
}

/** A witness that listens. */
export interface ServedWitness {
  /** `http://HOST:PORT/`, or `https:` with an identity, below which `add-checkpoint` lies. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

const limits = { requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 8 * 1024 };
const handshakeMillis = 5_000;
/** In bytes: characters of a note take three at most, and its long lines are base64. */
const mostBytes = longestRequest;
const nothing: WitnessAnswer = { status: 404, type: 'text/plain; charset=utf-8', body: '' };

/**
 * Serves a witness over HTTP (C2SP tlog-witness): `POST /add-checkpoint`, and for monitors `GET /HASH/checkpoint`, where HASH
 * is SHA-256 of a log's origin in hex. Over TLS where it has an `identity`. `onConflict` hears of two histories as they are shown. Bounded in bytes, time and connections. Throws `witness.not-listening`.
 */
export async function serveWitness(
  witness: WitnessStore,
  listen: { readonly host: string; readonly port: number },
  now: () => string,
  identity: ClientIdentity | null = null,
  onConflict: (conflict: WitnessConflict) => void = () => undefined,
): Promise<ServedWitness> {
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    answer(witness, request, now).then(
      (given) => {
        send(response, given);
        if (given.conflict !== undefined) onConflict(given.conflict);
      },
      () => send(response, { ...nothing, status: 500 }),
    );
  };
  const server =
    identity === null
      ? createServer(limits, serve)
      : createSecureServer({ ...limits, handshakeTimeout: handshakeMillis, ...servedTls(identity) }, serve);
  server.maxConnections = 64;
  await listening(server, listen);
  const { port } = server.address() as AddressInfo;
  const host = listen.host.includes(':') ? `[${listen.host}]` : listen.host;
  return {
    address: `${identity === null ? 'http' : 'https'}://${host}:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: NetServer, { host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (thrown) => {
    const { code } = thrown as NodeJS.ErrnoException;
    reject(new Failure('witness.not-listening', { host, port, system: code ?? 'unknown' }, thrown));
  });
  server.listen({ host, port, exclusive: true }, () => resolve());
  return promise;
}

async function answer(witness: WitnessStore, request: IncomingMessage, now: () => string): Promise<WitnessAnswer> {
  const { method, url } = request;
  if (url === '/add-checkpoint') {
    if (method !== 'POST') return { ...nothing, status: 405 };
    const body = await bodyOf(request);
    if (body === null) return { ...nothing, status: 413 };
    return witness.answer(body, Math.floor(Date.parse(now()) / 1000));
  }
  const wanted = /^\/([0-9a-f]{64})\/checkpoint$/.exec(url ?? '')?.[1];
  if (wanted === undefined || method !== 'GET') return nothing;
  const origins = witness.logs().map((key) => parseVerifierKey(key).name);
  const origin = origins.find((each) => toHex(sha256(new TextEncoder().encode(each))) === wanted);
  const note = origin === undefined ? null : witness.cosigned(origin);
  return note === null ? nothing : { ...nothing, status: 200, body: note };
}

// What is no UTF-8 is no note either: its reader says so of the character that stands in for it.
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > mostBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function send(response: ServerResponse, { status, type, body }: WitnessAnswer): void {
  if (response.destroyed) return;
  // What was not read to its end is not waited for.
  if (status === 413) response.setHeader('connection', 'close');
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}
