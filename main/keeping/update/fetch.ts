import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { type Agent, get } from 'node:https';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { hashFunction } from '../../crypto/hash.ts';
import { tlsAgent } from '../../machine/tls-agent.ts';
import type { After } from '../../result/after.ts';
import { toHex } from '../../result/bytes.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import { type TrustSource, updateAddress } from './source.ts';
import { codeOf, untrusted } from './web-reach.ts';

/** A file as it was fetched, kept under a name of our own. */
export interface FetchedFile {
  /** What people call it: the file's name, or the address without its query. */
  readonly name: string;
  readonly path: string;
  /** SHA-256, lower-case hex. */
  readonly digest: string;
}

export interface FetchSurroundings {
  /** An empty folder of the station's own. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Calls once after so many milliseconds; the answer cancels it. */
  readonly after: After;
  readonly limits?: FetchLimits;
}

export interface FetchLimits {
  readonly fileBytes: number;
  /** Of all files together: what a source holds must not fill the disk that the records need. */
  readonly totalBytes: number;
  readonly files: number;
  readonly redirects: number;
  /** Between two parts of an answer, and for all files together. */
  readonly idleMillis: number;
  readonly totalMillis: number;
}

/** A directory export of the ICAO PKD has some hundreds of MB. */
export const standardFetchLimits: FetchLimits = {
  fileBytes: 768 * 1024 * 1024,
  totalBytes: 2 * 1024 * 1024 * 1024,
  files: 200,
  redirects: 5,
  idleMillis: 30_000,
  totalMillis: 30 * 60_000,
};

/**
 * Fetches everything that a source has into the station's own folder; nothing is read from the source afterwards. Fails with
 * `update.unreachable`, `update.not-trusted`, `update.answer-refused`, `update.too-large`, `update.cut`, `update.too-slow`,
 * `update.cancelled`, `update.nothing-found`.
 */
export async function fetchSource(source: TrustSource, around: FetchSurroundings): Promise<readonly FetchedFile[]> {
  const limits = around.limits ?? standardFetchLimits;
  const ended = new AbortController();
  const { promise: over, reject } = Promise.withResolvers<never>();
  over.catch(() => undefined);
  const end = (failure: Failure): void => {
    ended.abort(failure);
    // A share that hangs hears of no signal: who waits for it is let go all the same.
    reject(failure);
  };
  const cancelled = (): void => end(new Failure('update.cancelled'));
  if (around.signal.aborted) cancelled();
  around.signal.addEventListener('abort', cancelled, { once: true });
  const cancelTotal = around.after(limits.totalMillis, () => end(new Failure('update.too-slow', { limit: 'total' })));
  let cancelIdle = (): void => undefined;
  const alive = (): void => {
    cancelIdle();
    cancelIdle = around.after(limits.idleMillis, () => end(new Failure('update.too-slow', { limit: 'idle' })));
  };
  try {
    alive();
    let total = 0;
    const count = (bytes: number): void => {
      total += bytes;
      if (total > limits.totalBytes) throw new Failure('update.too-large', { limit: limits.totalBytes });
    };
    const fetching = { ...around, limits, signal: ended.signal, alive, count };
    return await Promise.race([
      source.kind === 'folder' ? folder(source, fetching) : addresses(source, fetching),
      over,
    ]);
  } catch (thrown) {
    throw ended.signal.aborted ? asFailure(ended.signal.reason) : thrown;
  } finally {
    cancelTotal();
    cancelIdle();
    around.signal.removeEventListener('abort', cancelled);
    if (!ended.signal.aborted) ended.abort(new Failure('update.cancelled'));
  }
}

/** A fetch under way. */
export interface Fetching extends FetchSurroundings {
  readonly limits: FetchLimits;
  readonly alive: () => void;
  /** Called with the bytes of each part before they are kept. */
  readonly count: (bytes: number) => void;
}

// Neither a link out of the folder is followed nor a pipe waited for.
const fileFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

async function folder({ places: [place = ''] }: TrustSource, around: Fetching): Promise<readonly FetchedFile[]> {
  const unreachable = (thrown: unknown): Failure =>
    thrown instanceof Failure ? thrown : new Failure('update.unreachable', { reason: codeOf(thrown) }, thrown);
  try {
    // A link may lead elsewhere tomorrow: an administrator names the folder itself.
    if ((await lstat(place)).isSymbolicLink())
      throw new Failure('update.source-unusable', { reason: 'the folder is a link' });
    const entries = await readdir(place, { withFileTypes: true });
    // Links and devices could lead anywhere, or never end.
    const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
    if (names.length === 0) throw new Failure('update.nothing-found');
    if (names.length > around.limits.files) throw new Failure('update.too-large', { files: names.length });
    const fetched: FetchedFile[] = [];
    for (const name of names.sort()) {
      const file = await open(join(place, name), fileFlags);
      try {
        // It may have been exchanged for something else since the folder was listed.
        if (!(await file.stat()).isFile()) throw new Failure('update.unreachable', { reason: 'not a file' });
        fetched.push(await keep(file.createReadStream({ autoClose: false }), name, fetched.length, around));
      } finally {
        await file.close();
      }
    }
    return fetched;
  } catch (thrown) {
    throw unreachable(thrown);
  }
}

async function addresses({ places, authority }: TrustSource, around: Fetching): Promise<readonly FetchedFile[]> {
  const agent = tlsAgent(authority === null ? rootCertificates : [authority]);
  try {
    const fetched: FetchedFile[] = [];
    for (const place of places) {
      const first = updateAddress(place);
      const answer = await following(first, agent, around);
      const name = `${first.host}${first.pathname}`;
      try {
        fetched.push(await keep(answer, name, fetched.length, around));
      } catch (thrown) {
        if (thrown instanceof Failure) throw thrown;
        throw new Failure('update.cut', { host: first.host, reason: codeOf(thrown) }, thrown);
      } finally {
        answer.destroy();
      }
    }
    return fetched;
  } finally {
    agent.destroy();
  }
}

async function following(first: URL, agent: Agent, around: Fetching): Promise<IncomingMessage> {
  let address = first;
  for (let step = 0; step <= around.limits.redirects; step++) {
    const answer = await ask(address, agent, around);
    const { statusCode = 0, headers } = answer;
    if (statusCode === 200) {
      const coding = headers['content-encoding'] ?? 'identity';
      const length = Number(headers['content-length'] ?? 0);
      if (coding === 'identity' && length <= around.limits.fileBytes) return answer;
      answer.destroy();
      if (coding !== 'identity') throw new Failure('update.answer-refused', { host: address.host, reason: 'encoding' });
      throw new Failure('update.too-large', { host: address.host, bytes: length });
    }
    answer.destroy();
    const { location } = headers;
    if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined)
      throw new Failure('update.answer-refused', { host: address.host, status: statusCode });
    try {
      address = updateAddress(location, address);
    } catch (thrown) {
      const { reason = '' } = asFailure(thrown).fields;
      throw new Failure('update.answer-refused', { host: address.host, status: statusCode, reason }, thrown);
    }
  }
  throw new Failure('update.answer-refused', { host: first.host, reason: 'redirects' });
}

function ask(address: URL, agent: Agent, { signal }: Fetching): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = get(
    address,
    { agent, signal, headers: { 'accept-encoding': 'identity', 'user-agent': 'styrk' } },
    resolve,
  );
  request.on('error', (thrown) => {
    const reason = codeOf(thrown);
    const code = untrusted.test(reason) ? 'update.not-trusted' : 'update.unreachable';
    reject(new Failure(code, { host: address.host, reason }, thrown));
  });
  return promise;
}

/**
 * Writes what comes into the folder under a number, bounded and hashed. Fails with `update.too-large`, `storage.full`,
 * `storage.refused`.
 */
export async function keep(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  number: number,
  { folder: own, limits, alive, count, signal }: Fetching,
): Promise<FetchedFile> {
  const path = join(own, String(number));
  const hash = hashFunction('SHA-256').create();
  const file = await open(path, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      alive();
      bytes += chunk.length;
      if (bytes > limits.fileBytes) throw new Failure('update.too-large', { file: name, limit: limits.fileBytes });
      count(chunk.length);
      hash.update(chunk);
      await written(file.write(chunk));
    }
  } finally {
    await file.close();
  }
  return { name, path, digest: toHex(hash.digest()) };
}

async function written<Result>(act: Promise<Result>): Promise<Result> {
  try {
    return await act;
  } catch (thrown) {
    const code = codeOf(thrown);
    throw new Failure(
      code === 'ENOSPC' || code === 'EDQUOT' ? 'storage.full' : 'storage.refused',
      { system: code },
      thrown,
    );
  }
}
