import { digest } from '../../crypto/hash.ts';
import { callHttps, callJson } from '../../machine/https-call.ts';
import type { HttpsService } from '../../machine/https-service.ts';
import type { After } from '../../result/after.ts';
import { toHex } from '../../result/bytes.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import { largestToken } from '../jws.ts';
import type { Refusal } from '../refusal.ts';
import { type Exchange, isOfOrder, type Reply } from './exchange.ts';

/** How often the bank's server is asked, in milliseconds. */
const roundMillis = 15_000;
const mostOrders = 50;
/** So many refusals that the server has not taken are told again in each round, in turn. */
const mostToldAgain = 50;

/** An answer that its system has not taken yet. */
export interface Undelivered {
  readonly number: number;
  readonly answer: string;
}

/** What a server is called for, what matters most first: without its orders it is not reached at all. */
export const serverCalls = ['orders', 'answers', 'refused'] as const;
type ServerCall = (typeof serverCalls)[number];

/** How the server of a system answers. */
export interface ServerState {
  /** Null: it took and gave all that it was called for. */
  readonly code: FailureCode | null;
  /** Which call failed; null where none did. */
  readonly call: ServerCall | null;
  /** The status that it answered, or what the machine calls the failure of the line; never anything that was sent. */
  readonly detail: string | null;
  /** Since when it is so, ISO 8601: one failure after the other is one time. */
  readonly since: string;
}

/** What the service stands on. */
export interface ServiceGround {
  readonly system: string;
  readonly service: HttpsService;
  readonly exchange: Pick<Exchange, 'ask'>;
  readonly after: After;
  readonly undelivered: () => readonly Undelivered[];
  readonly delivered: (number: number) => void;
  /** The instant, ISO 8601 with `Z`. */
  readonly now: () => string;
  /** How it was before this process asked, as `keep` kept it. */
  readonly before: () => ServerState | null;
  readonly keep: (state: ServerState) => void;
  /** Hears how it is, when that has become something else; the first time too. */
  readonly changed: (state: ServerState) => void;
}

/**
 * The bank's own server, asked and told over https with the station's certificate: `GET orders` gives tokens (a JSON array),
 * `POST answers` takes one answer (`application/jwt`), `POST refused` a JSON object of the token's SHA-256 and why (`Refusal`). The station calls;
 * nobody calls the station. An answer is posted until the server has taken it (status 200 to 299), perhaps more than once: it is
 * the same each time, and its `jti` says so.
 */
export class BankService {
  readonly #ground: ServiceGround;
  /** Tokens that were taken in, or told as refused: a server may go on handing them out, and keeps none behind them waiting. */
  readonly #dealtWith = new Set<string>();
  /** Why what the server has not taken was refused, by token: one that was told again comes behind the others. */
  readonly #untold = new Map<string, Refusal>();
  readonly #ended = new AbortController();
  /** What failed in this round, the first of each call. */
  readonly #failed = new Map<ServerCall, Failure>();
  #state: ServerState | null = null;
  #isKept = false;
  #cancel: () => void = () => undefined;

  constructor(ground: ServiceGround) {
    this.#ground = ground;
  }

  /** Asks now, and from then on by itself. */
  async start(): Promise<void> {
    await this.round();
    if (!this.#ended.signal.aborted) this.#cancel = this.#ground.after(roundMillis, () => void this.start());
  }

  close(): void {
    this.#cancel();
    this.#ended.abort();
  }

  /** One round. What cannot be reached now is tried in the next; never throws. */
  async round(): Promise<void> {
    this.#failed.clear();
    await this.#deliver().catch(() => undefined);
    await this.#fetch().catch(() => undefined);
    if (!this.#ended.signal.aborted) this.#look();
  }

  #look(): void {
    const { now, before, keep, changed } = this.#ground;
    const call = serverCalls.find((each) => this.#failed.has(each)) ?? null;
    const failure = call === null ? undefined : this.#failed.get(call);
    const code = failure?.code ?? null;
    try {
      if (this.#state === null || this.#state.code !== code || this.#state.call !== call) {
        const known = this.#state ?? before();
        const goesOn = known !== null && (known.code === null) === (code === null);
        const { status, reason = null } = failure?.fields ?? {};
        const detail = status ?? reason;
        const since = goesOn ? known.since : now();
        this.#state = { code, call, detail: detail === null ? null : String(detail), since };
        this.#isKept = false;
        changed(this.#state);
      }
      if (!this.#isKept) keep(this.#state);
      this.#isKept = true;
    } catch {
      // A folder that is busy now keeps it after the next round.
    }
  }

  async #deliver(): Promise<void> {
    const { undelivered, delivered } = this.#ground;
    for (const { number, answer } of undelivered()) {
      // One that the server will not have keeps none behind it; a server that does not answer is asked in the next round.
      if (await this.#post('answers', { type: 'application/jwt', content: answer })) delivered(number);
    }
  }

  async #fetch(): Promise<void> {
    const { exchange, system } = this.#ground;
    const tokens = (await this.#orders())
      .filter((token): token is string => typeof token === 'string' && token.length <= largestToken)
      .map((token) => ({ token, known: toHex(digest('SHA-256', new TextEncoder().encode(token))) }));
    // What is not handed out any more is not remembered either.
    const handedOut = new Set(tokens.map(({ known }) => known));
    for (const known of this.#dealtWith) if (!handedOut.has(known)) this.#dealtWith.delete(known);
    for (const known of this.#untold.keys()) if (!handedOut.has(known)) this.#untold.delete(known);
    const again = [...this.#untold].slice(0, mostToldAgain);
    const isNew = ({ known }: { readonly known: string }) => !this.#dealtWith.has(known) && !this.#untold.has(known);
    for (const { token, known } of tokens.filter(isNew).slice(0, mostOrders)) {
      if (this.#ended.signal.aborted) return;
      const replies: Reply[] = [];
      // The answer goes by `deliver`, also after a restart: nobody waits here.
      const end = await exchange.ask(token, { way: 'https', origins: [], system }, (reply) => void replies.push(reply));
      end();
      const [reply] = replies;
      if (reply === undefined) continue;
      // A store that is busy or locked now says nothing of the order: it is asked for again.
      if ('code' in reply && !isOfOrder(reply)) continue;
      if (!('code' in reply)) {
        this.#dealtWith.add(known);
        continue;
      }
      const { state: _, ...refusal } = reply;
      await this.#refuse(known, refusal);
    }
    for (const [known, refusal] of again) await this.#refuse(known, refusal);
  }

  async #orders(): Promise<readonly unknown[]> {
    try {
      const found = await callJson(this.#ground.service, { method: 'GET', path: 'orders' }, this.#around());
      if (Array.isArray(found)) return found;
      throw new Failure('service.answer-malformed', { reason: 'no array' });
    } catch (thrown) {
      this.#failed.set('orders', asFailure(thrown));
      throw thrown;
    }
  }

  // As an answer: one that the server will not have keeps no order behind it.
  async #refuse(token: string, refusal: Refusal): Promise<void> {
    this.#untold.set(token, refusal);
    const content = JSON.stringify({ token, ...refusal });
    const isTaken = await this.#post('refused', { type: 'application/json', content });
    this.#untold.delete(token);
    if (isTaken) this.#dealtWith.add(token);
    else this.#untold.set(token, refusal);
  }

  /** Says whether the server took it. Fails where it does not answer. */
  async #post(
    path: 'answers' | 'refused',
    body: { readonly type: string; readonly content: string },
  ): Promise<boolean> {
    try {
      await callHttps(this.#ground.service, { method: 'POST', path, body, accept: null }, this.#around());
      return true;
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (!this.#failed.has(path)) this.#failed.set(path, failure);
      if (failure.code === 'service.refused') return false;
      throw thrown;
    }
  }

  #around() {
    return { after: this.#ground.after, signal: this.#ended.signal };
  }
}
