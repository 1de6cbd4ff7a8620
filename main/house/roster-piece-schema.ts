import * as v from 'valibot';
import { longestRow } from '../holders/import/next-row.ts';
import { pieceBytes } from '../holders/import/row-splitter.ts';
import { failure, readTold } from '../inspection/evidence-schema.ts';
import { blockRows, rowOf } from '../store/roster/layer.ts';
import { isLayerFile } from '../store/roster/layer-seals.ts';
import { rowBits } from '../store/roster/seal-piece.ts';
import { tokenBytes } from '../store/roster/tokens.ts';
import type { PieceDone, PieceFailed, SealingJob } from './roster-messages.ts';

/*
 * The form of what an importing thread and those that read and seal for it tell each other: they read a stranger's rows, and what
 * they tell goes into the register as it is (docs/decisions/0011-one-judgement.md).
 */

/** A piece ends behind the row that fills it. */
const mostPieceBytes = pieceBytes + longestRow;
/** A row needs an id, a name and what parts them. */
const mostPeople = mostPieceBytes / 4;
/** Blocks of a layer that is taken in come so many together. */
export const blocksPerJob = 64;
const mostBlocks = mostPeople / blockRows;
/** Each person of a block may have been as long as a row. */
const longestBlock = 2 * blockRows * longestRow;
const mostPostings = 200 * mostPeople;
const mostBeginnings = 2 * mostPieceBytes * 10;
const longestNote = 100;

const bytes = (most: number) =>
  v.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array && value.length <= most);
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const token = v.pipe(whole, v.maxValue(2 ** (8 * tokenBytes) - 1));
const list = <const Item extends v.GenericSchema>(item: Item, most: number) => v.pipe(v.array(item), v.maxLength(most));

const notes = list(
  v.strictObject({ line: v.pipe(whole, v.minValue(1)), note: v.pipe(v.string(), v.maxLength(longestNote)) }),
  mostPieceBytes,
);

const pieceDone = v.strictObject({
  piece: v.pipe(
    v.strictObject({
      blocks: list(bytes(longestBlock), mostBlocks),
      people: v.pipe(whole, v.maxValue(mostPeople)),
      postings: v.custom<Uint32Array<ArrayBuffer>>(
        (value) => value instanceof Uint32Array && value.length % 2 === 0 && value.length <= 2 * mostPostings,
      ),
      beginnings: v.pipe(
        list(token, mostBeginnings),
        v.check((pairs) => pairs.length % 2 === 0),
      ),
    }),
    // A row beyond the piece would be somebody else's, or part of another token.
    v.check(({ blocks, people, postings }) => {
      if (blocks.length !== Math.ceil(people / blockRows)) return false;
      const rows = rowOf(0, people);
      for (let at = 0; at < postings.length; at += 2) if ((postings[at] ?? 0) % 2 ** rowBits >= rows) return false;
      return true;
    }),
  ),
  faults: notes,
  remarks: notes,
});

const int32 = v.pipe(v.number(), v.integer(), v.minValue(-(2 ** 31)), v.maxValue(2 ** 31 - 1));
const job = v.variant('type', [
  v.strictObject({
    type: v.literal('rows'),
    first: whole,
    bytes: bytes(mostPieceBytes),
    line: v.pipe(whole, v.minValue(1)),
  }),
  v.strictObject({
    type: v.literal('blocks'),
    first: whole,
    from: v.pipe(v.string(), v.check(isLayerFile)),
    blocks: list(v.strictObject({ block: whole, sealed: bytes(longestBlock), gone: int32 }), blocksPerJob),
  }),
]);

const pieceEnded = v.union([pieceDone, v.strictObject({ failure })]);

/** What a sealing thread told; null where it is nothing that one tells. */
export const pieceTold = (told: unknown): PieceDone | PieceFailed | null => readTold(pieceEnded, told);

/** What a sealing thread is to do; null where it is no such thing. */
export const jobTold = (told: unknown): SealingJob | null => readTold(job, told);
