import { type StatusWord, status } from './apdu.ts';

/** Counts wrong access data in one presentation, for chips that tell how many attempts are left (`63Cx`) and then refuse. */
export class AccessAttempts {
  readonly #allowed: number | null;
  #failed = 0;

  constructor(allowed: number | null) {
    this.#allowed = allowed;
  }

  /** Whether no attempt is left. */
  get blocked(): boolean {
    return this.#allowed !== null && this.#failed >= this.#allowed;
  }

  /** The status word of a step: where it failed for wrong access data, with the number of attempts left. */
  counted(word: StatusWord): StatusWord {
    if (this.#allowed === null || word !== status.authenticationFailed) return word;
    this.#failed++;
    return 0x63c0 | Math.max(this.#allowed - this.#failed, 0);
  }

  /** A new presentation. */
  reset(): void {
    this.#failed = 0;
  }
}
