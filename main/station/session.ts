import type { DeskState, MethodName } from '../../preload/contract.ts';
import type { OperatorKeeping } from '../keeping/operators/operator-keeping.ts';
import { Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { Operator } from '../store/operators/operator.ts';
import { type MethodNeed, methodRoles, takesCases } from './method-roles.ts';
import type { Timers } from './timers.ts';

/** So long nobody touches the desk before it locks itself (NIST SP 800-63B-4 §2.2.3 allows 60 minutes; a counter is open to all). */
export const idleMillis = 5 * 60_000;

export interface SessionOptions {
  readonly operators: OperatorKeeping;
  readonly timers: Pick<Timers, 'after'>;
  readonly today: () => PlainDate;
  /** Somebody came, went, or was locked out for sitting still. */
  readonly changed: () => void;
}

/**
 * Who is at the desk. A folder without operators needs nobody. With them each call is made by somebody who signed in and whose
 * role includes it; whoever leaves the desk alone is signed out, and a case that is open stays where it is, unseen.
 */
export class Session {
  readonly #options: SessionOptions;
  #operator: Operator | null = null;
  #needed: boolean;
  #stopIdle: (() => void) | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#needed = options.operators.state() !== 'none';
  }

  /** Whether anybody has to sign in at all. */
  get needed(): boolean {
    return this.#needed;
  }

  /** Who is signed in; null where nobody is, or nobody need be. */
  get operator(): Operator | null {
    return this.#operator;
  }

  /** Whether the open case may be shown. */
  get showsCase(): boolean {
    return !this.#needed || (this.#operator !== null && takesCases(this.#operator.role));
  }

  /** Whether what this operator would let through is for a colleague to decide. */
  get lapsed(): boolean {
    return this.#operator !== null && this.#options.operators.lapsed(this.#operator);
  }

  /** Operators were changed here: whether anybody has to sign in, and who is there, is looked up again. */
  look(): void {
    const { operators } = this.#options;
    this.#needed ||= operators.state() !== 'none';
    if (this.#operator === null) return;
    const now = operators.present(this.#operator.id);
    if (now === null) this.signOut();
    else this.#operator = now;
  }

  /** Refuses a call that is not theirs. Fails with `operator.needed`, `operator.role`, `trust.tampered`. */
  admit(method: MethodName): void {
    const need: MethodNeed = methodRoles[method];
    if (need === 'anyone') return;
    const { operators } = this.#options;
    // The first operator may have been added at the side door since.
    this.#needed ||= operators.state() !== 'none';
    if (!this.#needed) return;
    // Removed, or given another role, at the side door meanwhile.
    const operator = this.#operator === null ? null : operators.present(this.#operator.id);
    if (operator === null) {
      if (this.#operator !== null) this.signOut();
      throw new Failure('operator.needed');
    }
    this.#operator = operator;
    if (!need.includes(operator.role)) throw new Failure('operator.role', { role: operator.role });
    this.active();
  }

  /** Fails as `SignIn.try`. */
  async signIn(sign: string, secret: string): Promise<Operator> {
    const operator = await this.#options.operators.signIn(sign, secret);
    this.#needed = true;
    this.#operator = operator;
    this.active();
    return operator;
  }

  signOut(): void {
    this.#operator = null;
    this.#stopIdle?.();
    this.#stopIdle = null;
    this.#options.changed();
  }

  /** Somebody touched the desk. */
  active(): void {
    if (this.#operator === null) return;
    this.#stopIdle?.();
    this.#stopIdle = this.#options.timers.after(idleMillis, () => this.signOut());
  }

  /** No timer runs any more. */
  stop(): void {
    this.#stopIdle?.();
    this.#stopIdle = null;
  }

  /** `waiting` is whose case is open. */
  view(waiting: string | null): DeskState['session'] {
    const operator = this.#operator;
    return {
      needed: this.#needed,
      operator:
        operator === null
          ? null
          : {
              sign: operator.sign,
              name: operator.name,
              role: operator.role,
              takesCases: takesCases(operator.role),
              lapsed: this.lapsed,
            },
      waiting: this.#needed && !this.showsCase ? waiting : null,
    };
  }
}
