import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTree, type FoundLeaf } from '../../../../main/records/log/check-tree.ts';
import {
  completingLeaf,
  grow,
  type Peaks,
  placesOfPeaks,
  rootOfPeaks,
} from '../../../../main/records/log/growing-tree.ts';
import { emptyRoot, leafHash } from '../../../../main/records/log/merkle.ts';
import { concat, fromHex, toHex } from '../../../../main/result/bytes.ts';
import { naiveRoot } from './naive-tree.ts';

// The leaves and roots that Certificate Transparency's implementations test with (transparency-dev/merkle, testonly).
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

interface Grown {
  readonly roots: readonly string[];
  readonly rows: FoundLeaf[];
  readonly peaks: Peaks;
}

function grown(entries: readonly Uint8Array[]): Grown {
  let peaks: Peaks = [];
  const made: string[] = [];
  const rows: FoundLeaf[] = [];
  for (const [leaf, entry] of entries.entries()) {
    const next = grow(peaks, leaf, leafHash(entry));
    peaks = next.peaks;
    made.push(toHex(rootOfPeaks(peaks)));
    rows.push({ leaf, hashes: concat(...next.completed), entry });
  }
  return { roots: made, rows, peaks };
}

const entries = (count: number) => Array.from({ length: count }, (_, index) => Uint8Array.of(index, index >> 8));

describe('the tree over the records (RFC 6962 §2.1)', () => {
  it('has the published roots as it grows, and the published root without leaves', () => {
    expect(grown(leaves.map(fromHex)).roots).toEqual(roots);
    expect(toHex(emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('grows to what the recursive definition says, at every size', () => {
    const all = entries(300);
    for (const [index, root] of grown(all).roots.entries()) expect(root).toBe(naiveRoot(all.slice(0, index + 1)));
  });

  it('is made of subtrees that stand where the leaf lies that made them complete', () => {
    const { rows, peaks } = grown(entries(77));
    const found = placesOfPeaks(77).map((place) => {
      const hashes = rows[completingLeaf(place)]?.hashes as Uint8Array;
      return toHex(hashes.subarray(place.level * 32, place.level * 32 + 32));
    });
    expect(found).toEqual(peaks.map(toHex));
  });

  it('takes sizes past what bit operators take', () => {
    const size = 2 ** 40 + 5;
    expect(placesOfPeaks(size)).toEqual([
      { level: 40, index: 0 },
      { level: 2, index: 2 ** 38 },
      { level: 0, index: 2 ** 40 + 4 },
    ]);
    expect(completingLeaf({ level: 2, index: 2 ** 38 })).toBe(2 ** 40 + 3);
  });
});

describe('a walk over the tree', () => {
  const checkpointOf = (all: readonly Uint8Array[]) => {
    return { origin: 'example.com/log', size: all.length, root: fromHex(naiveRoot(all)) };
  };

  it('finds nothing in a whole tree', () => {
    for (const size of [0, 1, 2, 7, 8, 100]) {
      const all = entries(size);
      expect(checkTree(grown(all).rows, checkpointOf(all))).toEqual([]);
    }
  });

  it('names the leaf that is not its record, the one that is gone, and what the root or the size says', () => {
    const all = entries(20);
    const walk = (change: (rows: FoundLeaf[]) => void, checkpoint = checkpointOf(all)) => {
      const { rows } = grown(all);
      change(rows);
      return checkTree(rows, checkpoint).map(({ number, code }) => [number, code]);
    };
    const row = (rows: FoundLeaf[], leaf: number) => rows[leaf] as FoundLeaf;
    expect(walk((rows) => rows.splice(4, 1, { ...row(rows, 4), entry: Uint8Array.of(9) }))).toEqual([
      [5, 'log.leaf-wrong'],
    ]);
    expect(walk((rows) => rows.splice(4, 1))).toEqual([[5, 'log.leaf-wrong']]);
    expect(walk((rows) => rows.splice(19, 1))).toEqual([[null, 'log.size-wrong']]);
    expect(walk((rows) => rows.splice(7, 1, { ...row(rows, 7), hashes: row(rows, 6).hashes }))).toEqual([
      [8, 'log.leaf-wrong'],
      [null, 'log.root-wrong'],
    ]);
    const above = concat((row(grown(all).rows, 7).hashes as Uint8Array).subarray(0, 96), new Uint8Array(32));
    expect(walk((rows) => rows.splice(7, 1, { ...row(rows, 7), hashes: above }))).toEqual([[null, 'log.root-wrong']]);
    expect(walk(() => undefined, { ...checkpointOf(all), root: new Uint8Array(32) })).toEqual([
      [null, 'log.root-wrong'],
    ]);
    expect(walk((rows) => rows.splice(3, 1, { leaf: 'three', hashes: null, entry: null }))).toEqual([
      [4, 'log.leaf-wrong'],
      [4, 'log.leaf-wrong'],
    ]);
  });

  it('finds each changed byte of what is kept, wherever it lies', () => {
    const all = entries(33);
    fc.assert(
      fc.property(fc.nat(32), fc.nat(), fc.integer({ min: 1, max: 255 }), (leaf, at, flip) => {
        const { rows } = grown(all);
        const row = rows[leaf] as FoundLeaf;
        const hashes = (row.hashes as Uint8Array).slice();
        hashes[at % hashes.length] = (hashes[at % hashes.length] ?? 0) ^ flip;
        rows[leaf] = { ...row, hashes };
        expect(checkTree(rows, checkpointOf(all)).length).toBeGreaterThan(0);
      }),
    );
  });

  it('does not run away with a leaf of a huge number', () => {
    const { rows } = grown(entries(3));
    const found = checkTree([...rows, { leaf: 2 ** 60, hashes: null, entry: null }], checkpointOf(entries(3)));
    expect(found.map(({ code }) => code)).toContain('log.leaf-wrong');
    expect(createHash('sha256').update('').digest('hex')).toBe(toHex(emptyRoot()));
  });
});
