import type { ConfirmInput, ConfirmView } from '../../preload/confirm-contract.ts';
import type { Language } from '../../resources/texts/texts.ts';
import { refuseNames } from '../keeping/answering.ts';
import type { ActingPeople, OperatorKeeping } from '../keeping/operators/operator-keeping.ts';
import { longest, most } from '../result/bounds.ts';
import { Failure } from '../result/failure.ts';
import { cleanText } from '../result/hidden-characters.ts';
import type { Role } from '../result/roles.ts';
import type { Operator } from '../store/operators/operator.ts';
import type { Timers } from './timers.ts';

/** So long a confirmation waits for its people, waits after wrong tries included. */
export const confirmMillis = 5 * 60_000;

/** An act in words: what is done, why it is asked, and what it is done to. */
export interface ActWords {
  readonly what: string;
  readonly why: string;
  readonly rows: readonly { readonly label: string; readonly value: string }[];
}

/** Who confirms an act: operators of these roles by their sign-ins, two people by name, or whoever sits there. */
export type Confirmers =
  | { readonly kind: 'operators'; readonly roles: readonly Role[]; readonly persons: 1 | 2 }
  | { readonly kind: 'names' }
  | { readonly kind: 'anybody' };

/** What is to be confirmed. All of it comes from the main process. */
export interface AskedAct {
  readonly language: Language;
  readonly words: ActWords;
  readonly by: Confirmers;
  /** A secret that somebody chooses as the last step; `refuse` throws where it will not do. */
  readonly secret: { readonly of: string; readonly refuse: (secret: string) => void } | null;
}

/** Who confirmed it, and the secret that was chosen. */
export interface Confirmed {
  readonly by: ActingPeople;
  readonly secret: string | null;
}

export interface ConfirmationOptions {
  readonly operators: Pick<OperatorKeeping, 'signIn' | 'present'>;
  readonly timers: Pick<Timers, 'after'>;
}

/**
 * The confirmation of one act, step by step, as the window outside the page's reach carries it on. It ends confirmed, or with
 * `trust.not-confirmed` (cancelled, the window closed), `confirm.timed-out`, `operator.role` (whoever signed lost the role
 * meanwhile). Wrong sign-ins count and lock as everywhere else.
 */
export class Confirmation {
  readonly done: Promise<Confirmed>;
  readonly #asked: AskedAct;
  readonly #operators: ConfirmationOptions['operators'];
  readonly #settle: PromiseWithResolvers<Confirmed>;
  readonly #stopTimer: () => void;
  #signed: readonly Operator[] = [];
  #names: readonly string[] | null = null;
  #secret: string | null = null;
  #agreed = false;
  #busy = false;
  #over = false;

  constructor(asked: AskedAct, { operators, timers }: ConfirmationOptions) {
    this.#asked = asked;
    this.#operators = operators;
    this.#settle = Promise.withResolvers();
    this.done = this.#settle.promise;
    // Whoever asked hears of it; nobody else has to.
    this.done.catch(() => undefined);
    this.#stopTimer = timers.after(confirmMillis, () => this.#fail(new Failure('confirm.timed-out')));
  }

  /** What the window shows; null once it is over. */
  view(): ConfirmView | null {
    const step = this.#step();
    if (this.#over || step === null) return null;
    const { language, words, by, secret } = this.#asked;
    return {
      language,
      what: shown(words.what),
      why: shown(words.why),
      rows: words.rows.slice(0, most.actRows).map(({ label, value }) => ({ label: shown(label), value: shown(value) })),
      step,
      persons: by.kind === 'operators' ? by.persons : 0,
      signed: this.#signed.map(({ sign, name }) => ({ sign, name })),
      secretFor: secret === null ? null : shown(secret.of).slice(0, longest.sign),
    };
  }

  /** One step; null where it was the last. Fails as `confirmMethods.answer` says, and can then be said again. */
  async answer(input: ConfirmInput): Promise<ConfirmView | null> {
    if (input.kind === 'cancel') {
      this.cancel();
      return null;
    }
    if (this.#over) throw new Failure('confirm.over');
    if (this.#busy || input.kind !== this.#step()) throw new Failure('call.malformed', { part: 'arguments' });
    this.#busy = true;
    try {
      await this.#take(input);
    } finally {
      this.#busy = false;
    }
    // The time may have run out while a secret was computed.
    if (this.#over) throw new Failure('confirm.over');
    if (this.#step() === null) this.#confirm();
    return this.view();
  }

  /** Nobody confirms it. */
  cancel(): void {
    this.#fail(new Failure('trust.not-confirmed'));
  }

  #step(): ConfirmView['step'] | null {
    const { by, secret } = this.#asked;
    if (by.kind === 'operators' && this.#signed.length < by.persons) return 'sign-in';
    if (by.kind === 'names' && this.#names === null) return 'names';
    if (secret !== null) return this.#secret === null ? 'secret' : null;
    return by.kind === 'anybody' && !this.#agreed ? 'yes' : null;
  }

  async #take(input: Exclude<ConfirmInput, { readonly kind: 'cancel' }>): Promise<void> {
    const { by, secret } = this.#asked;
    if (input.kind === 'sign-in' && by.kind === 'operators') {
      const operator = await this.#operators.signIn(input.sign, input.secret);
      if (!by.roles.includes(operator.role)) throw new Failure('operator.role', { role: operator.role });
      if (this.#signed.some(({ id }) => id === operator.id)) throw new Failure('operator.second-needed');
      this.#signed = [...this.#signed, operator];
    } else if (input.kind === 'names') {
      const names = [cleanText(input.first), cleanText(input.second)];
      refuseNames(names);
      this.#names = names;
    } else if (input.kind === 'secret') {
      secret?.refuse(input.secret);
      this.#secret = input.secret;
    } else this.#agreed = true;
  }

  #confirm(): void {
    const { by } = this.#asked;
    // Removed, or given another role, since they signed in here.
    const signed = this.#signed.map(({ id }) => this.#operators.present(id));
    const operators = signed.filter((operator) => operator !== null);
    const allowed = by.kind !== 'operators' || operators.every(({ role }) => by.roles.includes(role));
    if (!allowed || operators.length < signed.length) {
      this.#fail(new Failure('operator.role'));
      return;
    }
    const people: ActingPeople = by.kind === 'operators' ? { operators } : { names: this.#names ?? [] };
    this.#end();
    this.#settle.resolve({ by: people, secret: this.#secret });
  }

  #fail(failure: Failure): void {
    if (this.#over) return;
    this.#end();
    this.#settle.reject(failure);
  }

  #end(): void {
    this.#over = true;
    this.#stopTimer();
  }
}

// Names of people and files stand in it: nothing unseen changes what is read.
function shown(text: string): string {
  const clean = cleanText(text);
  return clean.length <= longest.actText ? clean : `${clean.slice(0, longest.actText - 1)}…`;
}

/** The confirmations of a station: one at a time. */
export class Confirmations {
  readonly #options: ConfirmationOptions & { readonly show: (confirmation: Confirmation) => void };
  #open: Confirmation | null = null;

  constructor(options: ConfirmationOptions & { readonly show: (confirmation: Confirmation) => void }) {
    this.#options = options;
  }

  /** Has people confirm an act. Fails with `confirm.open` while another waits, and as the confirmation ends. */
  async ask(asked: AskedAct): Promise<Confirmed> {
    if (this.#open !== null) throw new Failure('confirm.open');
    const confirmation = new Confirmation(asked, this.#options);
    this.#open = confirmation;
    try {
      this.#options.show(confirmation);
      return await confirmation.done;
    } finally {
      // Whatever went wrong with its window, nobody answers it any more.
      confirmation.cancel();
      this.#open = null;
    }
  }

  /** The station closes. */
  stop(): void {
    this.#open?.cancel();
  }
}
