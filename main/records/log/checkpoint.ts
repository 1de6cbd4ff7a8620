import { fromBase64, toBase64 } from '../../result/base64.ts';
import { malformed } from './log-failure.ts';
import { hashLength } from './merkle.ts';

/** What a log was at some size (C2SP tlog-checkpoint): whose log, how many leaves, and the root of their tree. */
export interface Checkpoint {
  /** Names the log; 255 bytes at most, as a cosigned message takes it. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

const longestOrigin = 255;

/** The text that is signed: three lines. Lines of extension, of which the format advises against, are never written. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/**
 * Reads the text of a checkpoint. Lines of extension are taken and say nothing (tlog-checkpoint, Note text 4). Sizes past
 * 2^53 - 1 are refused: no log has them. Throws `log.malformed`.
 */
export function parseCheckpoint(text: string): Checkpoint {
  if (!text.endsWith('\n')) throw malformed('checkpoint', 'no-newline-at-end');
  const lines = text.slice(0, -1).split('\n');
  const [origin = '', size = '', root = ''] = lines;
  if (lines.length < 3 || lines.includes('')) throw malformed('checkpoint', 'lines');
  if (new TextEncoder().encode(origin).length > longestOrigin) throw malformed('checkpoint', 'origin');
  const hash = fromBase64(root);
  if (hash === null || hash.length !== hashLength) throw malformed('checkpoint', 'root');
  const leaves = parseSize(size);
  if (leaves === null) throw malformed('checkpoint', 'size');
  return { origin, size: leaves, root: hash };
}

/** A number of leaves as the formats write it: ASCII decimal without leading zeroes; null for anything else. */
export function parseSize(text: string): number | null {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return null;
  const size = Number(text);
  return Number.isSafeInteger(size) ? size : null;
}
