import { Failure } from '../result/failure.ts';
import type { StoredCertificate, TrustLookup } from '../trust/types.ts';
import type { PortLike } from './transport-channel.ts';

type Query = { readonly keyIdentifier: string | null; readonly subjectKey: string | null };
type Request =
  | { readonly type: 'candidates'; readonly id: number; readonly query: Query }
  | { readonly type: 'size'; readonly id: number };
type Reply =
  | { readonly type: 'answer'; readonly id: number; readonly answer: readonly StoredCertificate[] | number }
  | { readonly type: 'failure'; readonly id: number };

// Certificates that a chip sends make up the query, so its parts are bounded.
const maxQueryPart = 65_536;

/** Answers the worker's questions to the trust store. What the worker sends is checked: it has parsed hostile bytes. */
export function serveTrust(trust: TrustLookup, port: PortLike): void {
  port.on('message', (message) => {
    const request = asRequest(message);
    if (request === null) {
      port.close();
      return;
    }
    const asked = request.type === 'size' ? trust.size() : trust.candidates(request.query);
    void asked.then(
      (answer) => port.postMessage({ type: 'answer', id: request.id, answer } satisfies Reply),
      () => port.postMessage({ type: 'failure', id: request.id } satisfies Reply),
    );
  });
}

/** The worker's end: a lookup that asks the owner of the store. Fails with `inspection.worker-lost` when the port closes. */
export function trustOverPort(port: PortLike): TrustLookup {
  const waiting = new Map<number, PromiseWithResolvers<readonly StoredCertificate[] | number>>();
  let lastId = 0;
  port.on('message', (message) => {
    const reply = message as Reply;
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.type === 'answer') asked?.resolve(reply.answer);
    else asked?.reject(new Failure('storage.refused'));
  });
  port.on('close', () => {
    for (const asked of waiting.values()) asked.reject(new Failure('inspection.worker-lost'));
    waiting.clear();
  });
  const ask = async (request: { type: 'size' } | { type: 'candidates'; query: Query }) => {
    lastId += 1;
    const asked = Promise.withResolvers<readonly StoredCertificate[] | number>();
    waiting.set(lastId, asked);
    port.postMessage({ ...request, id: lastId } satisfies Request);
    return asked.promise;
  };
  return {
    async candidates(query) {
      const answer = await ask({ type: 'candidates', query });
      return typeof answer === 'number' ? [] : answer;
    },
    async size() {
      const answer = await ask({ type: 'size' });
      return typeof answer === 'number' ? answer : answer.length;
    },
  };
}

function asRequest(message: unknown): Request | null {
  if (typeof message !== 'object' || message === null) return null;
  const { type, id, query } = message as { type?: unknown; id?: unknown; query?: unknown };
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return null;
  if (type === 'size') return { type, id };
  if (type !== 'candidates' || typeof query !== 'object' || query === null) return null;
  const { keyIdentifier, subjectKey } = query as { keyIdentifier?: unknown; subjectKey?: unknown };
  if (!isPart(keyIdentifier) || !isPart(subjectKey)) return null;
  return { type, id, query: { keyIdentifier, subjectKey } };
}

function isPart(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && value.length <= maxQueryPart);
}
