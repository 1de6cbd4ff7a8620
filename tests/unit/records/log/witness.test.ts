import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicKeyOfSeed } from '../../../../main/crypto/sealing.ts';
import { checkpointText } from '../../../../main/records/log/checkpoint.ts';
import { completingLeaf, grow, type Peaks, type SubtreePlace } from '../../../../main/records/log/growing-tree.ts';
import { leafHash } from '../../../../main/records/log/merkle.ts';
import { formatNote } from '../../../../main/records/log/note.ts';
import { signNote, verifierKey } from '../../../../main/records/log/note-keys.ts';
import { consistencyPath } from '../../../../main/records/log/proofs.ts';
import {
  formatAddCheckpoint,
  judgeAddCheckpoint,
  parseAddCheckpoint,
  type Seen,
} from '../../../../main/records/log/witness.ts';
import { fromHex } from '../../../../main/result/bytes.ts';
import { failureCodeOf } from '../../../support/failure-code.ts';
import { naiveRoot } from './naive-tree.ts';

/* C2SP tlog-witness, add-checkpoint: each status by the sentence of the text that demands it. */

const seed = new Uint8Array(32).fill(3);
const log = verifierKey('example.com/log', 'ed25519', publicKeyOfSeed(seed));

function history(mark: number) {
  const entries = Array.from({ length: 20 }, (_, index) => Uint8Array.of(index, index < 4 ? 0 : mark));
  let peaks: Peaks = [];
  const completed: (readonly Uint8Array[])[] = [];
  for (const [leaf, entry] of entries.entries()) {
    const next = grow(peaks, leaf, leafHash(entry));
    completed.push(next.completed);
    peaks = next.peaks;
  }
  const read = (place: SubtreePlace) => completed[completingLeaf(place)]?.[place.level] ?? new Uint8Array(0);
  const root = (size: number) => fromHex(naiveRoot(entries.slice(0, size)));
  const note = (size: number, secret = seed, key = log) => {
    const text = checkpointText({ origin: 'example.com/log', size, root: root(size) });
    return formatNote({ text, signatures: [signNote(key, secret, text)] });
  };
  return {
    note,
    seen: (size: number): Seen => ({ size, root: root(size) }),
    ask: (old: number, size: number) =>
      formatAddCheckpoint({ old, path: consistencyPath(old, size, read), note: note(size) }),
  };
}

const one = history(0);
// The same first four entries, then another history of the same log under the same key.
const other = history(1);
const judged = (body: string, seen: Seen | null) => {
  const { status, ...rest } = judgeAddCheckpoint(body, [log], () => seen);
  return [status, 'size' in rest ? rest.size : null, 'conflict' in rest];
};

describe('a witness', () => {
  it('cosigns what it sees first, and what continues what it saw', () => {
    expect(judged(one.ask(0, 7), null)).toEqual([200, null, false]);
    for (let old = 1; old <= 20; old++)
      for (let size = old; size <= 20; size++)
        expect(judged(one.ask(old, size), one.seen(old))).toEqual([200, null, false]);
  });

  it('answers 404 for a log that it does not watch', () => {
    expect(judgeAddCheckpoint(one.ask(0, 7), [], () => null)).toEqual({ status: 404 });
  });

  it('answers 403 where no key that it knows has signed', () => {
    const forged = formatAddCheckpoint({ old: 0, path: [], note: one.note(7, new Uint8Array(32).fill(4)) });
    expect(judged(forged, null)).toEqual([403, null, false]);
    const renamed = verifierKey('example.com/log', 'ed25519', publicKeyOfSeed(new Uint8Array(32).fill(4)));
    const bySomebody = formatAddCheckpoint({
      old: 0,
      path: [],
      note: one.note(7, new Uint8Array(32).fill(4), renamed),
    });
    expect(judged(bySomebody, null)).toEqual([403, null, false]);
  });

  it('answers 400 where the old size is above the new one', () => {
    const body = formatAddCheckpoint({ old: 8, path: [], note: one.note(7) });
    expect(judged(body, one.seen(8))).toEqual([400, null, false]);
  });

  it('answers 409 with its size where the old size is not what it saw last', () => {
    expect(judged(one.ask(3, 9), one.seen(5))).toEqual([409, 5, false]);
    expect(judged(one.ask(3, 9), null)).toEqual([409, 0, false]);
    expect(judged(one.ask(0, 9), one.seen(5))).toEqual([409, 5, false]);
  });

  it('answers 409 without one where the root at that size is another, and 422 where the path does not lead there', () => {
    expect(judged(other.ask(7, 7), one.seen(7))).toEqual([409, null, true]);
    expect(judged(other.ask(7, 9), one.seen(7))).toEqual([422, null, true]);
    // Up to the fourth entry both histories are one.
    expect(judged(other.ask(4, 9), one.seen(4))).toEqual([200, null, false]);
    const withPath = one.ask(5, 9).replace('old 5', 'old 0');
    expect(judged(withPath, null)).toEqual([422, null, true]);
  });

  it.each([
    ['', 'no empty line'],
    ['old 1\n', 'no empty line'],
    [`old 01\n\n${one.note(7)}`, 'a leading zero'],
    [`old -1\n\n${one.note(7)}`, 'a sign'],
    [`Old 0\n\n${one.note(7)}`, 'another word'],
    [`old 0\nAAAA\n\n${one.note(7)}`, 'a short hash'],
    [`old 1\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}\n${one.note(7)}`, '64 hashes'],
    ['old 0\n\nexample.com/log\n7\n', 'no note'],
    [one.ask(0, 7).replace('\n7\n', '\nseven\n'), 'no size'],
    ['x'.repeat(700_000), 'too long'],
  ])('answers 400 to what is not of the form: %#', (body) => {
    expect(judged(body, null)).toEqual([400, null, false]);
  });

  it('never falls over a body, however it was changed', () => {
    const body = one.ask(5, 9);
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.string({ unit: 'binary', maxLength: 3 }), (at, put) => {
        const changed = body.slice(0, at) + put + body.slice(at + 1);
        const { status } = judgeAddCheckpoint(changed, [log], () => one.seen(5));
        expect([200, 400, 403, 404, 409, 422]).toContain(status);
        expect(['none', 'log.malformed']).toContain(failureCodeOf(() => parseAddCheckpoint(changed)));
        // What it cosigns is the very history that it saw.
        if (status === 200) expect(changed).toContain(one.note(9).split('\n\n')[0]);
      }),
    );
  });
});
