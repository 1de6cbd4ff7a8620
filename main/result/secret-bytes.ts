/**
 * Bytes that must not be seen: keys, secrets, sealed contents. They do not print, do not become JSON and can be purged.
 * The value is reached through `reveal`, so that each use is visible in the code. A `using` declaration purges them on every
 * way out, a failure too.
 *
 * What purging cannot reach: numbers (BigInt scalars and coordinates) and texts (passphrases, card access numbers), which
 * JavaScript never overwrites; what a library or the runtime copied inside; pages that the system wrote to disk; a worker
 * that is ended in the midst of its work. These go when their memory is given back and used again.
 */
export class SecretBytes implements Disposable {
  readonly #bytes: Uint8Array;
  #purged = false;

  /** Takes over `bytes`: the caller keeps no other use of the array. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The same, null for null: for what may not exist. */
  static orNull(bytes: Uint8Array | null): SecretBytes | null {
    return bytes === null ? null : new SecretBytes(bytes);
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
