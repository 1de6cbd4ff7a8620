import { fromBase64, toBase64 } from '../../result/base64.ts';
import { parseSize } from './checkpoint.ts';
import { malformed } from './log-failure.ts';
import { hashLength } from './merkle.ts';
import { longestNote } from './note.ts';

/** What a `.tlog-proof` holds (C2SP tlog-proof): nothing of it is proven by reading it. */
export interface TlogProof {
  /** Zero-based. */
  readonly index: number;
  readonly path: readonly Uint8Array[];
  /** The checkpoint as a signed note, verbatim. */
  readonly note: string;
  /** What the application put beside it; null without. */
  readonly extra: Uint8Array | null;
}

const firstLine = 'c2sp.org/tlog-proof@v1';
/** A tree of 2^63 leaves has no longer path. */
const longestPath = 63;
const longestExtra = 4096;
/** In characters; the note is by far the largest part. */
const longestProof = longestNote + 16 * 1024;

/** The proof as it is written into a file. */
export function formatProof({ index, path, note, extra }: TlogProof): string {
  const lines = [
    firstLine,
    ...(extra === null ? [] : [`extra ${toBase64(extra)}`]),
    `index ${index}`,
    ...path.map(toBase64),
  ];
  return `${lines.join('\n')}\n\n${note}`;
}

/** Reads a proof. Throws `log.malformed` for what is not of the format; the note in it is read by `parseNote`. */
export function parseProof(text: string): TlogProof {
  if (text.length > longestProof) throw malformed('proof', 'too-long');
  const end = text.indexOf('\n\n');
  if (end < 0) throw malformed('proof', 'no-empty-line');
  const [first, ...lines] = text.slice(0, end).split('\n');
  if (first !== firstLine) throw malformed('proof', 'first-line');
  const extra = lines[0]?.startsWith('extra ') === true ? extraIn(lines.shift() ?? '') : null;
  const index = /^index (.+)$/.exec(lines.shift() ?? '')?.[1];
  const leaf = index === undefined ? null : parseSize(index);
  if (leaf === null) throw malformed('proof', 'index');
  if (lines.length > longestPath) throw malformed('proof', 'path');
  return { index: leaf, path: lines.map((line) => hashIn(line, 'proof')), note: text.slice(end + 2), extra };
}

/** The checkpoint of a kept text: that of a proof, else the text itself. Throws `log.malformed`. */
export function noteIn(text: string): string {
  return text.startsWith('c2sp.org/tlog-proof@') ? parseProof(text).note : text;
}

function extraIn(line: string): Uint8Array {
  const extra = fromBase64(line.slice('extra '.length));
  if (extra === null || extra.length > longestExtra) throw malformed('proof', 'extra');
  return extra;
}

/** One hash as a line of base64. Throws `log.malformed`. */
export function hashIn(line: string, part: 'proof' | 'request'): Uint8Array {
  const hash = fromBase64(line);
  if (hash === null || hash.length !== hashLength) throw malformed(part, 'path');
  return hash;
}
