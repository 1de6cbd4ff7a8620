import { closeSync, openSync, readdirSync, readlinkSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

/*
 * Looks for very many texts in very large files at once. A text of eight bytes or more, wherever it begins, fills a whole word of four
 * bytes of the file: only the words are looked at, and what surrounds those with which a text goes on from one of its first bytes.
 */

const wordBytes = 4;
const shortest = 2 * wordBytes;
const usualChunk = 8 * 1024 * 1024;
const bits = 22;
const slotOf = (word: number): number => Math.imul(word, 0x9e3779b1) >>> (32 - bits);

interface Place {
  readonly text: string;
  readonly written: Buffer;
  /** Of the word in it. */
  readonly offset: number;
}

/** The texts that must not lie anywhere in clear: as UTF-8, as UTF-16, in hex. */
export class TextInClear {
  readonly #slots = new Uint8Array(2 ** bits);
  readonly #byWord = new Map<number, Place[]>();
  readonly #chunkBytes: number;
  #longest = 0;

  /** So many bytes of a file are looked at together, a multiple of 4 and more than twice the longest text has. */
  constructor(chunkBytes = usualChunk) {
    this.#chunkBytes = chunkBytes;
  }

  /** A text is looked for in those writings in which it has at least eight bytes. */
  add(text: string): void {
    const hex = Buffer.from(text).toString('hex');
    for (const written of [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(hex)]) {
      if (written.length < shortest) continue;
      for (let offset = 0; offset < wordBytes; offset++) {
        const word = written.readUInt32LE(offset);
        const same = this.#byWord.get(word);
        if (same === undefined) this.#byWord.set(word, [{ text, written, offset }]);
        else same.push({ text, written, offset });
        this.#slots[slotOf(word)] = 1;
      }
      this.#longest = Math.max(this.#longest, written.length);
    }
  }

  /** The first of the texts in a file; null where none is. */
  firstIn(path: string): string | null {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.from(new ArrayBuffer(this.#chunkBytes));
      // What a text may have begun with is looked at again with what follows.
      let kept = 0;
      for (let position = 0; ; ) {
        const read = readSync(file, bytes, kept, bytes.length - kept, position);
        const end = kept + read;
        const found = this.#firstAmong(bytes.subarray(0, end));
        if (found !== null || read === 0) return found;
        position += read;
        kept = Math.min(end, this.#longest);
        bytes.copyWithin(0, end - kept, end);
      }
    } finally {
      closeSync(file);
    }
  }

  #firstAmong(bytes: Buffer): string | null {
    const words = new Uint32Array(bytes.buffer, 0, Math.floor(bytes.length / wordBytes));
    const slots = this.#slots;
    let position = -1;
    for (const word of words) {
      position++;
      if (slots[slotOf(word)] === 0) continue;
      for (const { text, written, offset } of this.#byWord.get(word) ?? []) {
        const begins = position * wordBytes - offset;
        if (begins >= 0 && bytes.subarray(begins, begins + written.length).equals(written)) return text;
      }
    }
    return null;
  }

  /** Names of files in a directory, and in those within it, that hold any of the texts. */
  filesIn(directory: string): readonly string[] {
    return readdirSync(directory, { recursive: true, withFileTypes: true }).flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      return entry.isFile() && this.firstIn(path) !== null ? [path] : [];
    });
  }

  /**
   * Files that a process has open and that hold any of the texts, those that have no name any more (as temporary ones do) among
   * them; `but` is left out. None where the system does not show them.
   */
  filesOpenBy(pid: number, but: string): readonly string[] {
    if (process.platform !== 'linux') return [];
    const directory = `/proc/${pid}/fd`;
    return readdirSync(directory).flatMap((name) => {
      const path = join(directory, name);
      // That by which the names were read is closed again.
      if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return [];
      const target = readlinkSync(path);
      if (target === but) return [];
      return this.firstIn(path) === null ? [] : [target];
    });
  }
}
