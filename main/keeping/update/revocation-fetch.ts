import { asFailure, Failure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import { type FetchedFile, type FetchLimits, type FetchSurroundings, keep } from './fetch.ts';
import type { RevocationPlace } from './revocation-places.ts';
import { askWeb, codeOf, publicWeb, type WebReach, webAddress } from './web-reach.ts';

/** What the fetching of revocation lists came to. */
export interface FetchedLists {
  readonly files: readonly FetchedFile[];
  /** The places of which no address gave the list, with the last reason. */
  readonly missed: readonly { readonly name: string; readonly code: FailureCode }[];
}

/** The largest real lists have some hundred kilobytes; the reader of lists takes 8 MB. */
export const standardListLimits: FetchLimits = {
  fileBytes: 8 * 1024 * 1024,
  totalBytes: 64 * 1024 * 1024,
  files: 100,
  redirects: 3,
  idleMillis: 15_000,
  totalMillis: 10 * 60_000,
};

const addressMillis = 60_000;

/**
 * Fetches the revocation lists of these places, each from the first of its addresses that gives one. The addresses come out of
 * certificates: only servers of the open internet are asked, by http as states publish (the lists are signed) or https. A
 * place that gives nothing is told and keeps nobody from the others. Fails with `update.cancelled` and `storage.*`.
 */
export async function fetchRevocationLists(
  places: readonly RevocationPlace[],
  around: FetchSurroundings & { readonly web?: WebReach },
): Promise<FetchedLists> {
  const { web = publicWeb, limits = standardListLimits, signal } = around;
  const ended = new AbortController();
  const cancel = (): void => ended.abort(new Failure('update.cancelled'));
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const cancelTotal = around.after(limits.totalMillis, () =>
    ended.abort(new Failure('update.too-slow', { limit: 'total' })),
  );
  const files: FetchedFile[] = [];
  const missed: { name: string; code: FailureCode }[] = [];
  const asked = new Map<string, FailureCode | null>();
  let total = 0;
  const count = (bytes: number): void => {
    total += bytes;
    if (total > limits.totalBytes) throw new Failure('update.too-large', { limit: limits.totalBytes });
  };
  try {
    for (const { addresses } of places) {
      for (const address of addresses) {
        if (asked.get(address) === null) break;
        if (asked.has(address) || asked.size >= limits.files) continue;
        try {
          files.push(await fetchOne(address, files.length, { ...around, limits, web, count, signal: ended.signal }));
          asked.set(address, null);
        } catch (thrown) {
          const { code } = asFailure(thrown);
          if (code === 'internal.unexpected' || code.startsWith('storage.')) throw thrown;
          if (signal.aborted) throw new Failure('update.cancelled', {}, thrown);
          asked.set(address, code);
        }
        if (asked.get(address) === null) break;
      }
      if (addresses.some((address) => asked.get(address) === null)) continue;
      const [first = ''] = addresses;
      missed.push({ name: nameOf(first), code: asked.get(first) ?? 'update.too-large' });
    }
    return { files, missed };
  } finally {
    cancelTotal();
    signal.removeEventListener('abort', cancel);
  }
}

interface FetchingOne extends FetchSurroundings {
  readonly limits: FetchLimits;
  readonly web: WebReach;
  readonly count: (bytes: number) => void;
}

async function fetchOne(first: string, number: number, around: FetchingOne): Promise<FetchedFile> {
  const { limits, signal, after } = around;
  const ended = new AbortController();
  const { promise: over, reject } = Promise.withResolvers<never>();
  over.catch(() => undefined);
  const end = (failure: Failure): void => {
    ended.abort(failure);
    reject(failure);
  };
  const stop = (): void => end(asFailure(signal.reason));
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const cancelAll = after(addressMillis, () => end(new Failure('update.too-slow', { limit: 'address' })));
  let cancelIdle = (): void => undefined;
  const alive = (): void => {
    cancelIdle();
    cancelIdle = after(limits.idleMillis, () => end(new Failure('update.too-slow', { limit: 'idle' })));
  };
  try {
    alive();
    return await Promise.race([kept(first, number, { ...around, signal: ended.signal, alive }), over]);
  } catch (thrown) {
    throw ended.signal.aborted ? asFailure(ended.signal.reason) : thrown;
  } finally {
    cancelAll();
    cancelIdle();
    signal.removeEventListener('abort', stop);
    if (!ended.signal.aborted) ended.abort(new Failure('update.cancelled'));
  }
}

async function kept(
  first: string,
  number: number,
  around: FetchingOne & { readonly alive: () => void },
): Promise<FetchedFile> {
  const { limits, web, signal } = around;
  let address = webAddress(first);
  for (let step = 0; step <= limits.redirects; step++) {
    const answer = await askWeb(address, web, signal);
    try {
      const { statusCode = 0, headers } = answer;
      const { host } = address;
      if (statusCode === 200) {
        if ((headers['content-encoding'] ?? 'identity') !== 'identity')
          throw new Failure('update.answer-refused', { host, reason: 'encoding' });
        return await keep(answer, nameOf(first), number, around);
      }
      const isRedirect = [301, 302, 303, 307, 308].includes(statusCode) && headers.location !== undefined;
      if (!isRedirect) throw new Failure('update.answer-refused', { host, status: statusCode });
      address = webAddress(headers.location ?? '', address);
    } catch (thrown) {
      throw thrown instanceof Failure
        ? thrown
        : new Failure('update.cut', { host: address.host, reason: codeOf(thrown) }, thrown);
    } finally {
      answer.destroy();
    }
  }
  throw new Failure('update.answer-refused', { host: address.host, reason: 'redirects' });
}

// Without its query; the page and the terminal escape what they show.
function nameOf(address: string): string {
  const { host, pathname } = new URL(address);
  return `${host}${pathname}`;
}
