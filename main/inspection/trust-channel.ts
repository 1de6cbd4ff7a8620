import { asFailure, Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
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
  /** `held`: fingerprints of lists that the worker has already. */
  | { readonly type: 'revocationLists'; readonly country: string; readonly held: readonly string[] }
  | { readonly type: 'documentSigners'; readonly query: DocumentSignerQuery }
  | { readonly type: 'defectLists' };
type Request = Question & { readonly id: number };
type Answer =
  | readonly StoredCertificate[]
  | readonly SentList[]
  | readonly StoredDefectList[]
  | readonly Uint8Array[]
  | number;
/** A revocation list, its bytes left out where the worker has them. */
type SentList = Omit<StoredRevocationList, 'der'> & { readonly der: Uint8Array | null };
type Reply =
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly type: 'failure'; readonly id: number; readonly code: FailureCode };

const mostShelved = 8;
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
      // The worker needs to know why: a store that others wrote to is another thing than one that cannot be read.
      (thrown: unknown) =>
        port.postMessage({ type: 'failure', id: request.id, code: asFailure(thrown).code } satisfies Reply),
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
      return ((await trust.revocationLists?.(question.country)) ?? []).map((list) =>
        question.held.includes(list.fingerprint) ? { ...list, der: null } : list,
      );
    case 'documentSigners':
      return (await trust.documentSigners?.(question.query)) ?? [];
    case 'defectLists':
      return (await trust.defectLists?.()) ?? [];
  }
}

/** Revocation lists by fingerprint that a worker keeps from one inspection to the next: they have up to 8 MB each. */
export type RevocationShelf = Map<string, StoredRevocationList>;

/**
 * The worker's end: a lookup that asks the owner of the store. Which lists there are it is told anew each time, their bytes once
 * while they stand in `shelf`. Fails with `inspection.worker-lost` when the port closes.
 */
export function trustOverPort(port: PortLike, shelf: RevocationShelf = new Map()): TrustLookup {
  const waiting = new Map<number, PromiseWithResolvers<Answer>>();
  let lastId = 0;
  port.on('message', (message) => {
    const reply = message as Reply;
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.type === 'answer') asked?.resolve(reply.answer);
    else asked?.reject(new Failure(reply.code));
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
    async revocationLists(country) {
      const held = [...shelf.values()].filter((list) => list.country === country).map(({ fingerprint }) => fingerprint);
      const sent = await askForList<SentList>({ type: 'revocationLists', country, held });
      const lists = sent.flatMap((list) => {
        const { der, fingerprint } = list;
        return der === null ? asShelved(list, shelf.get(fingerprint)) : [{ ...list, der }];
      });
      // One state after the other stands at a desk: the shelf holds what the last ones needed.
      for (const fingerprint of held) shelf.delete(fingerprint);
      for (const list of lists) shelf.set(list.fingerprint, list);
      for (const fingerprint of shelf.keys()) if (shelf.size > mostShelved) shelf.delete(fingerprint);
      return lists;
    },
    documentSigners: (query) => askForList({ type: 'documentSigners', query }),
    defectLists: () => askForList({ type: 'defectLists' }),
  };
}

// What a second reading says of a list may come after the list; the object stays the same for as long as that does.
function asShelved(sent: SentList, shelved: StoredRevocationList | undefined): readonly StoredRevocationList[] {
  if (shelved === undefined) return [];
  if (sent.readingsDiffer?.join() === shelved.readingsDiffer?.join()) return [shelved];
  return [{ ...sent, der: shelved.der }];
}

function asRequest(message: unknown): Request | null {
  if (typeof message !== 'object' || message === null) return null;
  const { type, id, query, country, held } = message as Readonly<Record<string, unknown>>;
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return null;
  if (type === 'size' || type === 'defectLists') return { type, id };
  if (type === 'revocationLists') return isName(country) && isHeld(held) ? { type, id, country, held } : null;
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

function isHeld(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= mostShelved && value.every(isName);
}

function isPart(value: unknown): value is string | null {
  return value === null || isName(value);
}
