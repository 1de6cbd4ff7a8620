import type { LengthForm } from './apdu.ts';
import type { BufferSizes } from './buffer-sizes.ts';
import type { ChipChannel } from './channel.ts';

/** `where-stated`: only where the chip's EF.ATR/INFO gives its buffer sizes (9303-11 §9.3.1.2). `always` still needs a reader that can. */
export type ExtendedLengthUse = 'never' | 'where-stated' | 'always';

/** How much one READ BINARY asks for. */
export interface ReadLength {
  readonly form: LengthForm;
  readonly length: number;
}

/** Short lengths that chips in the field bear where the longest fails: Ukraine 192, old chips 160. */
const shorter = [192, 160, 112, 64, 32];

/**
 * What chip and reader bear, learnt as the reading goes on and kept for all files of one channel: extended length is given
 * up at the first trouble, then the short length goes down step by step.
 */
export class ReadLengths {
  readonly #channel: ChipChannel;
  readonly #use: ExtendedLengthUse;
  #sizes: BufferSizes | null | undefined;
  #extendedFails = false;
  #cap = 256;

  constructor(channel: ChipChannel, use: ExtendedLengthUse) {
    this.#channel = channel;
    this.#use = use;
  }

  /** What EF.ATR/INFO says. */
  learnSizes(sizes: BufferSizes | null): void {
    this.#sizes = sizes;
  }

  /** Whether knowing the chip's buffer sizes could make reading faster; nobody asks twice. */
  get wantsSizes(): boolean {
    return this.#use === 'where-stated' && this.#channel.extendedLength && this.#sizes === undefined;
  }

  /** Whether the chip stated buffer sizes that make extended length worth while. */
  get sizesStated(): boolean {
    return (this.#sizes ?? null) !== null;
  }

  /** The next request for at most `wanted` bytes. */
  next(wanted: number): ReadLength {
    const short = Math.min(this.#cap, this.#channel.dataPerAnswer('short'));
    if (wanted > short && this.#extendedUsable) {
      const extended = this.#channel.dataPerAnswer('extended', this.#sizes?.maxResponse);
      if (extended > short) return { form: 'extended', length: Math.min(wanted, extended) };
    }
    return { form: 'short', length: Math.max(1, Math.min(wanted, short)) };
  }

  /** The chip did not bear this length. False where nothing smaller is left to try. */
  reduce({ form, length }: ReadLength): boolean {
    if (form === 'extended') {
      this.#extendedFails = true;
      return true;
    }
    const smaller = shorter.find((candidate) => candidate < Math.min(length, this.#cap));
    if (smaller === undefined) return false;
    this.#cap = smaller;
    return true;
  }

  get #extendedUsable(): boolean {
    if (!this.#channel.extendedLength || this.#extendedFails) return false;
    return this.#use === 'always' || (this.#use === 'where-stated' && this.sizesStated);
  }
}
