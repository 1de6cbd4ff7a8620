import type { Failure } from '../result/failure.ts';
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

/**
 * The ladder of lengths. Above 256 a step is the longest response APDU of extended length, status word included: what
 * there is, and the frame of 4 kB that chips state at most. From 256 down it is the data that a short command asks for:
 * some readers stop at 251 bytes (OpenSC/OpenSC#739), hence 224; chips of Ukraine bear 192 (gmrtd#410), old ones 160
 * (NFCPassportReader#24).
 */
export const lengthSteps = [65_535, 4_096, 256, 224, 192, 160, 112, 64, 32] as const;
export type LengthStep = (typeof lengthSteps)[number];

/** The longest step of short length. */
export const shortStep = 256 satisfies LengthStep;

/**
 * Why a step was given up. `refused`: the chip said so with a status word. `no-data`: success without a byte, and nobody
 * vouches for it. `not-sent`: the reader did not pass the command on. `garbled`: what came was not what the chip had sent.
 * `lost`: card or reader went with the answer.
 */
export type StepFailure = 'refused' | 'no-data' | 'not-sent' | 'garbled' | 'lost';

export interface StepGivenUp {
  readonly step: LengthStep;
  readonly why: StepFailure;
}

/** What a reading learnt of lengths. */
export interface LengthReport {
  /** The step on which it ended. */
  readonly step: LengthStep;
  /** The most data that one answer brought, in bytes. */
  readonly longest: number;
  /** In their order. Where the reading itself ended with a longer read than had ever worked, that step is the last. */
  readonly givenUp: readonly StepGivenUp[];
}

/**
 * What chip and reader bear, learnt as the reading goes on and kept for all files of one channel: at each trouble that a
 * length can cause it goes down to the next step that is really shorter, never up again.
 */
export class ReadLengths {
  readonly #channel: ChipChannel;
  readonly #use: ExtendedLengthUse;
  readonly #givenUp: StepGivenUp[] = [];
  #sizes: BufferSizes | null | undefined;
  #step: LengthStep;
  #longest = 0;
  #most = Number.POSITIVE_INFINITY;

  /** `start` is the step with which the ladder begins: what is known of the reader. */
  constructor(channel: ChipChannel, use: ExtendedLengthUse, start: LengthStep = lengthSteps[0]) {
    this.#channel = channel;
    this.#use = use;
    this.#step = start;
  }

  get report(): LengthReport {
    return { step: this.#step, longest: this.#longest, givenUp: [...this.#givenUp] };
  }

  /** What EF.ATR/INFO says. */
  learnSizes(sizes: BufferSizes | null): void {
    this.#sizes = sizes;
  }

  /** Whether knowing the chip's buffer sizes could make reading faster; nobody asks twice. */
  get wantsSizes(): boolean {
    const possible = this.#channel.extendedLength && this.#step > shortStep;
    return this.#use === 'where-stated' && possible && this.#sizes === undefined;
  }

  /** Whether the chip stated buffer sizes that make extended length worth while. */
  get sizesStated(): boolean {
    return (this.#sizes ?? null) !== null;
  }

  /** The next request for at most `wanted` bytes. */
  next(wanted: number): ReadLength {
    const short = this.#dataAt(Math.min(this.#step, shortStep));
    if (wanted > short && this.#extendedUsable) {
      const extended = this.#dataAt(this.#step);
      if (extended > short) return { form: 'extended', length: Math.min(wanted, extended) };
    }
    return { form: 'short', length: Math.max(1, Math.min(wanted, short)) };
  }

  /** So many bytes came for one request: no length up to this one is to blame for what comes later. */
  worked(bytes: number): void {
    this.#longest = Math.max(this.#longest, bytes);
  }

  /**
   * In the middle of a file the chip named this length (`6Cxx`), so it is what one answer can bring, and no more is asked
   * for again. One below the ladder is no honest chip's: that costs an exchange, not the rest of the reading.
   */
  named(length: number): void {
    if (length >= Math.min(...lengthSteps)) this.#most = Math.min(this.#most, length);
  }

  /** This length was not borne. False where nothing smaller is left to try. */
  reduce({ form, length }: ReadLength, why: StepFailure): boolean {
    const below = lengthSteps.filter((step) => step < this.#step && (form === 'extended' || step < shortStep));
    const smaller = below.find((step) => this.#dataAt(step) < length);
    if (smaller === undefined) return false;
    this.#givenUp.push({ step: this.#step, why });
    this.#step = smaller;
    return true;
  }

  /** The reading ended with this request; the step is to blame where so much never came before. */
  ended({ length }: ReadLength, failure: Failure): void {
    if (length > this.#longest) this.#givenUp.push({ step: this.#step, why: endOf(failure) });
  }

  /** The most data that one answer can bring on a step. */
  #dataAt(step: number): number {
    if (step <= shortStep) return Math.min(step, this.#most, this.#channel.dataPerAnswer('short'));
    const stated = Math.min(step, this.#sizes?.maxResponse ?? step);
    return Math.min(this.#most, this.#channel.dataPerAnswer('extended', stated));
  }

  get #extendedUsable(): boolean {
    if (!this.#channel.extendedLength || this.#step <= shortStep) return false;
    return this.#use === 'always' || (this.#use === 'where-stated' && this.sizesStated);
  }
}

function endOf({ code, fields }: Failure): StepFailure {
  // 9303-11 §9.8.5: with a plain status word the chip itself drops the channel; a plain success is none of its words.
  if (code === 'secure-messaging.unprotected-answer' && fields.status !== '9000') return 'refused';
  return code.startsWith('secure-messaging.') || code.startsWith('card.response-') ? 'garbled' : 'lost';
}
