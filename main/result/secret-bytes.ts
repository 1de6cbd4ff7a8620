/**
 * Bytes that must not be seen: keys, secrets, sealed contents. They do not print, do not become JSON and can be purged.
 * The value is reached through `reveal`, so that each use is visible in the code.
 */
export class SecretBytes implements Disposable {
  readonly #bytes: Uint8Array;
  #purged = false;

  /** Takes over `bytes`: the caller keeps no other use of the array. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** The bytes themselves, not a copy. Throws when they were purged. */
  reveal(): Uint8Array {
    if (this.#purged) throw new Error('secret bytes were purged');
    return this.#bytes;
  }

  /** Overwrites the bytes with zeros; later calls of `reveal` throw. */
  purge(): void {
    this.#bytes.fill(0);
    this.#purged = true;
  }

  [Symbol.dispose](): void {
    this.purge();
  }

  toJSON(): string {
    return '[secret]';
  }

  toString(): string {
    return '[secret]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}
