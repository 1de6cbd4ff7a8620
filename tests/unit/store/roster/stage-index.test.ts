import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import type { Holder } from '../../../../main/holders/holder.ts';
import { HolderTokenizer } from '../../../../main/store/roster/holder-tokens.ts';
import { layerSchema, rowOf } from '../../../../main/store/roster/layer.ts';
import { PostingRuns } from '../../../../main/store/roster/posting-runs.ts';
import { sealPiece } from '../../../../main/store/roster/seal-piece.ts';
import { StageIndex } from '../../../../main/store/roster/stage-index.ts';
import { random, temporaryFolder } from '../support.ts';

const file = `roster-${'a'.repeat(40)}.db`;
const blocks = 4;

const people = Array.from(
  { length: 100 },
  (_, index): Holder => ({
    id: `k${index}`,
    // Of many a number is shared with the next one.
    personalNumber: `19900602${String(1000 + (index < 90 ? index : 90 + Math.floor((index - 90) / 2)))}`,
    givenNames: 'Åsa',
    surname: 'Ek',
    birthDate: null,
  }),
);

/** The index of a layer that takes in these people and has them in its own file too: who is opened costs more than all the rest. */
function indexed() {
  const runs = new PostingRuns(join(temporaryFolder(), 'runs'));
  const database = new Database(':memory:');
  onTestFinished(() => {
    runs.close();
    database.close();
  });
  database.exec(layerSchema);
  const layerKey = new Uint8Array(32);
  const tokenKey = new Uint8Array(32).fill(1);
  const insert = database.prepare('INSERT INTO blocks (block, sealed) VALUES (?, ?)');
  const kept = [0, blocks].map((first) => {
    const around = { layerKey, tokenizer: new HolderTokenizer(() => tokenKey), random };
    const lines = people.map((_, index) => (first === 0 ? 0 : index + 2));
    const piece = sealPiece(people, lines, { file, first }, around);
    for (const [position, sealed] of piece.blocks.entries()) insert.run(first + position, sealed);
    runs.add(piece.postings);
    return { firstRow: rowOf(first, 0), postings: piece.postings.length / 2 };
  });
  database.exec("INSERT INTO about (only_row, stage, gone) VALUES (1, '', NULL)");
  let opened = 0;
  const sharing: number[] = [];
  const index = new StageIndex(database, {
    path: '',
    file,
    random,
    get layerKey() {
      opened++;
      return layerKey;
    },
    tokenKey: () => tokenKey,
    blocks: 2 * blocks,
    firstRow: rowOf(blocks, 0),
    below: [],
    note: (line, kind, note) => {
      if (kind === 'sharing' && note === 'number') sharing.push(line);
    },
    onProgress: () => undefined,
  });
  const counts = index.make(runs, kept);
  return { counts, opened, sharing };
}

it('of a file that comes again nobody is opened for their number but those who share one', () => {
  const { counts, opened, sharing } = indexed();
  expect(counts).toMatchObject({ replaced: 100, gone: 100 });
  // Numbers come in the order of their tokens.
  expect(sharing.sort((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, index) => 92 + index));
  const ofIds = 2 * people.length;
  const ofSharedNumbers = 10;
  const ofMaking = 1;
  expect(opened).toBe(ofIds + ofSharedNumbers + ofMaking);
});
