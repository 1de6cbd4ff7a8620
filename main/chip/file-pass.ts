import { indefiniteLengthEnd, readTlvHeader } from '../document/tlv.ts';
import { concat } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import type { ElementaryFile, FileName } from './files.ts';

/** `bytesTotal` is null until the file's header told it. */
export interface FileProgress {
  readonly file: FileName;
  readonly bytesRead: number;
  readonly bytesTotal: number | null;
}

/** Honest chips give more than this per answer on average; a slower one would hold the reader for minutes. */
const leastBytesPerExchange = 48;
const exchangesBeside = 24;

/** One file as it comes in, block by block from its first byte. Its header says how long it is. */
export class FilePass {
  readonly #file: ElementaryFile;
  readonly #onProgress: ((progress: FileProgress) => void) | undefined;
  #blocks: Uint8Array[] = [];
  #received = 0;
  #total: number | null = null;

  constructor(file: ElementaryFile, onProgress?: (progress: FileProgress) => void) {
    this.#file = file;
    this.#onProgress = onProgress;
  }

  /** Where the next block begins. */
  get offset(): number {
    return this.#received;
  }

  get complete(): boolean {
    // EF.ATR/INFO is a row of objects without one around them: it is what the first answer brings.
    if (this.#file.tag === null) return this.#received > 0;
    return this.#total !== null && this.#received >= this.#total;
  }

  /** How many bytes are still to come, as far as known. */
  get wanted(): number {
    return (this.#total ?? this.#file.maxLength + 1) - this.#received;
  }

  get bytes(): Uint8Array {
    const all = concat(...this.#blocks);
    return this.#total === null ? all : all.subarray(0, this.#total);
  }

  /**
   * Whether so many exchanges for this file so far are still honest, those of `61xx` and `6Cxx` included. Fails with
   * `card.loop` where the chip sends less than any honest one.
   */
  allow(exchanges: number): void {
    const most = exchangesBeside + Math.ceil((this.#total ?? this.#file.maxLength) / leastBytesPerExchange);
    if (exchanges > most) throw new Failure('card.loop', { file: this.#file.name, bytes: this.#received });
  }

  /** Takes the next block. Fails with `file.too-large`, and with `tlv.*` where it does not begin as the file should. */
  add(block: Uint8Array): void {
    // A copy: the answer may be a view of a larger buffer that is used again.
    this.#blocks.push(block.slice());
    this.#received += block.length;
    if (this.#total === null && this.#file.tag !== null) this.#total = this.#findTotal(this.#file.tag);
    const { name, maxLength } = this.#file;
    if ((this.#total ?? this.#received) > maxLength)
      throw new Failure('file.too-large', { file: name, bytes: this.#total ?? this.#received });
    const bytesRead = Math.min(this.#received, this.#total ?? this.#received);
    this.#onProgress?.({ file: name, bytesRead, bytesTotal: this.#total });
  }

  #findTotal(tag: number): number | null {
    const bytes = concat(...this.#blocks);
    this.#blocks = [bytes];
    const header = readTlvHeader(bytes);
    if (header === null) return null;
    if (header.tag !== tag) throw new Failure('tlv.malformed', { file: this.#file.name, reason: 'tag' });
    return header.length === null ? indefiniteLengthEnd(bytes) : header.headerLength + header.length;
  }
}
