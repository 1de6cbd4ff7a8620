import { digest } from '../../crypto/hash.ts';
import { callHttps, callJson } from '../../machine/https-call.ts';
import type { HttpsService } from '../../machine/https-service.ts';
import type { After } from '../../result/after.ts';
import { toHex } from '../../result/bytes.ts';
import { asFailure } from '../../result/failure.ts';
import { largestToken } from '../jws.ts';
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

/** What the service stands on. */
export interface ServiceGround {
  readonly system: string;
  readonly service: HttpsService;
  readonly exchange: Pick<Exchange, 'ask'>;
  readonly after: After;
  readonly undelivered: () => readonly Undelivered[];
  readonly delivered: (number: number) => void;
}

/**
 * The bank's own server, asked and told over https with the station's certificate: `GET orders` gives tokens (a JSON array),
 * `POST answers` takes one answer (`application/jwt`), `POST refused` a JSON object `{ token: SHA-256, code }`. The station calls;
 * nobody calls the station. An answer is posted until the server has taken it (status 200 to 299), perhaps more than once: it is
 * the same each time, and its `jti` says so.
 */
export class BankService {
  readonly #ground: ServiceGround;
  /** Tokens that were taken in, or told as refused: a server may go on handing them out, and keeps none behind them waiting. */
  readonly #dealtWith = new Set<string>();
  /** Codes of what was refused and the server has not taken, by token: one that was told again comes behind the others. */
  readonly #untold = new Map<string, string>();
  readonly #ended = new AbortController();
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
    await this.#deliver().catch(() => undefined);
    await this.#fetch().catch(() => undefined);
  }

  async #deliver(): Promise<void> {
    const { service, undelivered, delivered } = this.#ground;
    for (const { number, answer } of undelivered()) {
      const body = { type: 'application/jwt', content: answer };
      try {
        await callHttps(service, { method: 'POST', path: 'answers', body, accept: null }, this.#around());
        delivered(number);
      } catch (thrown) {
        // One that the server will not have keeps none behind it; a server that does not answer is asked in the next round.
        if (asFailure(thrown).code !== 'service.refused') throw thrown;
      }
    }
  }

  async #fetch(): Promise<void> {
    const { service, exchange, system } = this.#ground;
    const found = await callJson(service, { method: 'GET', path: 'orders' }, this.#around());
    if (!Array.isArray(found)) return;
    const tokens = found
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
      if ('code' in reply) await this.#refuse(known, reply.code);
      else this.#dealtWith.add(known);
    }
    for (const [known, code] of again) await this.#refuse(known, code);
  }

  // A refusal that the server will not have keeps no order behind it; a server that does not answer is told in the next round.
  async #refuse(token: string, code: string): Promise<void> {
    const body = { type: 'application/json', content: JSON.stringify({ token, code }) };
    this.#untold.delete(token);
    try {
      await callHttps(this.#ground.service, { method: 'POST', path: 'refused', body, accept: null }, this.#around());
    } catch (thrown) {
      this.#untold.set(token, code);
      if (asFailure(thrown).code !== 'service.refused') throw thrown;
      return;
    }
    this.#dealtWith.add(token);
  }

  #around() {
    return { after: this.#ground.after, signal: this.#ended.signal };
  }
}
