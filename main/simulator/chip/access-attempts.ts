import { type StatusWord, status } from './apdu.ts';
import type { ChipQuirks } from './chip-quirks.ts';

/**
 * Counts wrong access data: in one presentation, for chips that tell how many attempts are left (`63Cx`) and then refuse;
 * in a row and across presentations, as a chip's memory keeps them, for chips that hold their answer back ever longer.
 */
export class AccessAttempts {
  readonly #allowed: number | null;
  readonly #delay: NonNullable<ChipQuirks['accessDelay']> | null;
  #failed = 0;
  #inARow = 0;

  constructor({ accessAttempts, accessDelay }: ChipQuirks = {}) {
    this.#allowed = accessAttempts ?? null;
    this.#delay = accessDelay ?? null;
  }

  /** Whether no attempt is left. */
  get blocked(): boolean {
    return this.#allowed !== null && this.#failed >= this.#allowed;
  }

  /** Milliseconds for which the answer to the last wrong access data is held back. */
  get delay(): number {
    if (this.#delay === null || this.#inARow === 0) return 0;
    return Math.min(this.#delay.first * 2 ** (this.#inARow - 1), this.#delay.most);
  }

  /** The status word of a step: where it failed for wrong access data, with the number of attempts left. */
  counted(word: StatusWord): StatusWord {
    if (word !== status.authenticationFailed) return word;
    this.#inARow++;
    if (this.#allowed === null) return word;
    this.#failed++;
    return 0x63c0 | Math.max(this.#allowed - this.#failed, 0);
  }

  /** Access data was right. */
  succeeded(): void {
    this.#inARow = 0;
  }

  /** A new presentation. */
  reset(): void {
    this.#failed = 0;
  }
}
