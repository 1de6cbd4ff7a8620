import { Failure } from '../result/failure.ts';
import type {
  DocumentSignerQuery,
  StoredCertificate,
  StoredDefectList,
  StoredRevocationList,
  TrustLookup,
} from '../trust/types.ts';
import type { PortLike } from './transport-channel.ts';

type Query = { readonly keyIdentifier: string | null; readonly subjectKey: string | null };
type Question =
  | { readonly type: 'candidates'; readonly query: Query }
  | { readonly type: 'size' }
  | { readonly type: 'revocationLists'; readonly country: string }
  | { readonly type: 'documentSigners'; readonly query: DocumentSignerQuery }
  | { readonly type: 'defectLists' };
type Request = Question & { readonly id: number };
type Answer =
  | readonly StoredCertificate[]
  | readonly StoredRevocationList[]
  | readonly StoredDefectList[]
  | readonly Uint8Array[]
  | number;
type Reply =
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answer }
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
    void answerOf(trust, request).then(
      (answer) => port.postMessage({ type: 'answer', id: request.id, answer } satisfies Reply),
      () => port.postMessage({ type: 'failure', id: request.id } satisfies Reply),
    );
  });
}

async function answerOf(trust: TrustLookup, question: Question): Promise<Answer> {
  switch (question.type) {
    case 'size':
      return trust.size();
    case 'candidates':
      return trust.candidates(question.query);
    case 'revocationLists':
      return (await trust.revocationLists?.(question.country)) ?? [];
    case 'documentSigners':
      return (await trust.documentSigners?.(question.query)) ?? [];
    case 'defectLists':
      return (await trust.defectLists?.()) ?? [];
  }
}

/** The worker's end: a lookup that asks the owner of the store. Fails with `inspection.worker-lost` when the port closes. */
export function trustOverPort(port: PortLike): TrustLookup {
  const waiting = new Map<number, PromiseWithResolvers<Answer>>();
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
  const ask = async (question: Question): Promise<Answer> => {
    lastId += 1;
    const asked = Promise.withResolvers<Answer>();
    waiting.set(lastId, asked);
    port.postMessage({ ...question, id: lastId } satisfies Request);
    return asked.promise;
  };
  const askForList = async <Item>(question: Question): Promise<readonly Item[]> => {
    const answer = await ask(question);
    return typeof answer === 'number' ? [] : (answer as readonly Item[]);
  };
  return {
    candidates: (query) => askForList({ type: 'candidates', query }),
    async size() {
      const answer = await ask({ type: 'size' });
      return typeof answer === 'number' ? answer : answer.length;
    },
    revocationLists: (country) => askForList({ type: 'revocationLists', country }),
    documentSigners: (query) => askForList({ type: 'documentSigners', query }),
    defectLists: () => askForList({ type: 'defectLists' }),
  };
}

function asRequest(message: unknown): Request | null {
  if (typeof message !== 'object' || message === null) return null;
  const { type, id, query, country } = message as { type?: unknown; id?: unknown; query?: unknown; country?: unknown };
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return null;
  if (type === 'size' || type === 'defectLists') return { type, id };
  if (type === 'revocationLists') return isName(country) ? { type, id, country } : null;
  if (typeof query !== 'object' || query === null) return null;
  const parts = query as { keyIdentifier?: unknown; subjectKey?: unknown; issuerKey?: unknown; serialNumber?: unknown };
  const { keyIdentifier, subjectKey, issuerKey, serialNumber } = parts;
  if (type === 'candidates')
    return isPart(keyIdentifier) && isPart(subjectKey) ? { type, id, query: { keyIdentifier, subjectKey } } : null;
  if (type !== 'documentSigners') return null;
  if (isName(keyIdentifier)) return { type, id, query: { keyIdentifier } };
  return isName(issuerKey) && isName(serialNumber) ? { type, id, query: { issuerKey, serialNumber } } : null;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxQueryPart;
}

function isPart(value: unknown): value is string | null {
  return value === null || isName(value);
}
