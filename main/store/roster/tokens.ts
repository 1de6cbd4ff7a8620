import { macsOf } from '../../crypto/bulk.ts';
import { sha256 } from '../../crypto/sealing.ts';

/*
 * The keyed tokens by which people on file are found: the first 40 bits of AES-CMAC over what they stand for, two of which say
 * which of three kinds it is. They are short on purpose: a file in which everything has a token of its own tells more of who
 * is equal to whom (docs/roster.md). What a token leads to is opened and looked at before it counts.
 */

/** What a token stands for; the number goes into the mac. */
export const tokenKinds = {
  id: 0,
  number: 1,
  reference: 2,
  word: 3,
  'word and birth date': 4,
  'word and birth year': 5,
  'word and initial': 6,
  beginning: 7,
  document: 8,
} as const;
/** What a token may stand for. */
export type TokenKind = keyof typeof tokenKinds;

/** So many bytes of the mac are the token. */
export const tokenBytes = 5;
const classSize = 2 ** 38;

/** Tokens of ids and of numbers lie before all others: those who are replaced, and numbers that two have, are found in order. */
export const isIdToken = (token: number): boolean => token < classSize;
/** Tokens of numbers: behind those of ids. */
export const isNumberToken = (token: number): boolean => token >= classSize && token < 2 * classSize;

/** All of these together lie below this. */
export const sealedTokens = 2 * classSize;
/** Tokens of ids and of numbers, which a layer seals (`token-seals.ts`). */
export const isSealedToken = (token: number): boolean => token < sealedTokens;

const messageLength = 48;
const macLength = 16;
const longText = 0xff;
const space = 0x20;
const utf8 = new TextEncoder();

/** How a composite names a word: by its token. */
export function wordInComposite(token: number): string {
  return token.toString(16).padStart(tokenBytes * 2, '0');
}

/** Texts whose tokens are asked for together. */
export class TokenBatch {
  #messages = new Uint8Array(messageLength * 32);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Adds a text; its token is at the position that is answered. */
  add(kind: TokenKind, text: string): number {
    const at = this.#next(kind);
    if (this.#write(at + 2, text)) this.#messages[at + 1] = text.length;
    else this.#encode(at, text);
    return this.#count++;
  }

  /** Adds a word, as `wordInComposite` names it, with what narrows it. */
  addComposite(kind: TokenKind, word: string, other: string): number {
    const at = this.#next(kind);
    const after = at + 2 + word.length;
    if (this.#write(at + 2, word) && this.#write(after + 1, other)) {
      this.#messages[after] = space;
      this.#messages[at + 1] = word.length + 1 + other.length;
    } else this.#encode(at, `${word} ${other}`);
    return this.#count++;
  }

  /** Forgets the texts; their room is used again. */
  clear(): void {
    this.#messages.fill(0, 0, this.#count * messageLength);
    this.#count = 0;
  }

  #next(kind: TokenKind): number {
    const at = this.#count * messageLength;
    if (at === this.#messages.length) {
      const larger = new Uint8Array(this.#messages.length * 2);
      larger.set(this.#messages);
      this.#messages = larger;
    }
    this.#messages[at] = tokenKinds[kind];
    return at;
  }

  // Most texts are short and of ASCII: the encoder costs more for each than all the rest.
  #write(from: number, text: string): boolean {
    const messages = this.#messages;
    if (text.length > messageLength - tokenBytes * 2 - 3) return false;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code > 0x7f) return false;
      messages[from + at] = code;
    }
    return true;
  }

  #encode(at: number, text: string): void {
    const room = this.#messages.subarray(at + 2, at + messageLength);
    room.fill(0);
    const { read, written } = utf8.encodeInto(text, room);
    // What is longer is hashed; its length, which no shorter text has, tells the two apart.
    if (read < text.length) {
      room.fill(0);
      room.set(sha256(utf8.encode(text)));
      this.#messages[at + 1] = longText;
    } else this.#messages[at + 1] = written;
  }

  /** The tokens in the order of their texts. */
  tokens(key: Uint8Array): Float64Array<ArrayBuffer> {
    const macs = macsOf(key, this.#messages.subarray(0, this.#count * messageLength), messageLength);
    const view = new DataView(macs.buffer, macs.byteOffset, macs.byteLength);
    const tokens = new Float64Array(this.#count);
    for (let position = 0; position < this.#count; position++) {
      const kind = this.#messages[position * messageLength];
      const place = kind === tokenKinds.id ? 0 : kind === tokenKinds.number ? 1 : 2;
      const mac = position * macLength;
      tokens[position] = place * classSize + (view.getUint8(mac) & 0x3f) * 2 ** 32 + view.getUint32(mac + 1);
    }
    return tokens;
  }
}

/** The token of one text. */
export function tokenOf(key: Uint8Array, kind: TokenKind, text: string): number {
  const batch = new TokenBatch();
  batch.add(kind, text);
  return batch.tokens(key)[0] ?? 0;
}
