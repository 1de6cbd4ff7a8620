import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completingLeaf, grow, type Peaks, type SubtreePlace } from '../../../../main/records/log/growing-tree.ts';
import { leafHash } from '../../../../main/records/log/merkle.ts';
import { consistencyPath, inclusionPath } from '../../../../main/records/log/proofs.ts';
import { formatProof, parseProof } from '../../../../main/records/log/tlog-proof.ts';
import { isContinued, isIncluded } from '../../../../main/records/log/verify-proofs.ts';
import { fromHex, toHex } from '../../../../main/result/bytes.ts';
import { failureCodeOf } from '../../../support/failure-code.ts';
import { naiveRoot } from './naive-tree.ts';

/** A tree with every hash that the store would keep, and the root at each size by the recursive definition. */
function treeOf(entries: readonly Uint8Array[]) {
  let peaks: Peaks = [];
  const completed: (readonly Uint8Array[])[] = [];
  for (const [leaf, entry] of entries.entries()) {
    const next = grow(peaks, leaf, leafHash(entry));
    completed.push(next.completed);
    peaks = next.peaks;
  }
  const read = (place: SubtreePlace): Uint8Array => {
    const hash = completed[completingLeaf(place)]?.[place.level];
    if (hash === undefined) throw new Error('not kept');
    return hash;
  };
  const at = (size: number) => ({ size, root: fromHex(naiveRoot(entries.slice(0, size))) });
  return { read, at, leaf: (index: number) => leafHash(entries[index] ?? new Uint8Array(0)) };
}

const entries = Array.from({ length: 70 }, (_, index) => Uint8Array.of(index));
const { read, at, leaf } = treeOf(entries);

// transparency-dev/merkle, proof tests over the eight leaves of Certificate Transparency.
const published = treeOf(
  ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(fromHex),
);

describe('inclusion (RFC 6962 §2.1.1, RFC 9162 §2.1.3)', () => {
  it('has the published paths', () => {
    expect(inclusionPath(2, 3, published.read).map(toHex)).toEqual([
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    ]);
    expect(inclusionPath(0, 8, published.read).map(toHex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
  });

  it('is proved for each leaf of each size, and for no other leaf, place, size or root', () => {
    for (let size = 1; size <= 40; size++)
      for (let index = 0; index < size; index++) {
        const path = inclusionPath(index, size, read);
        const tree = at(size);
        expect(isIncluded(leaf(index), index, tree, path)).toBe(true);
        expect(isIncluded(leaf(index + 1), index, tree, path)).toBe(false);
        expect(isIncluded(leaf(index), index, { ...tree, root: leaf(0) }, path)).toBe(size === 1 && index === 0);
        expect(isIncluded(leaf(index), size, tree, path)).toBe(false);
        for (let other = 0; other < size; other++)
          if (other !== index) expect(isIncluded(leaf(index), other, tree, path)).toBe(false);
      }
  });

  it('is not proved by a path with a hash changed, one more, one less', () => {
    fc.assert(
      fc.property(fc.nat(69), fc.nat(), fc.integer({ min: 1, max: 255 }), (index, where, flip) => {
        const path = [...inclusionPath(index, 70, read)];
        expect(isIncluded(leaf(index), index, at(70), path.slice(1))).toBe(false);
        expect(isIncluded(leaf(index), index, at(70), [...path, leaf(0)])).toBe(false);
        const changed = (path[where % path.length] ?? leaf(0)).slice();
        changed[where % 32] = (changed[where % 32] ?? 0) ^ flip;
        path[where % path.length] = changed;
        expect(isIncluded(leaf(index), index, at(70), path)).toBe(false);
      }),
    );
  });
});

describe('continuation (RFC 6962 §2.1.2, RFC 9162 §2.1.4)', () => {
  it('has the published paths', () => {
    expect(consistencyPath(6, 8, published.read).map(toHex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(consistencyPath(2, 5, published.read).map(toHex)).toEqual([
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ]);
  });

  it('is proved between each two sizes, and not from another root, size or path', () => {
    for (let size = 1; size <= 24; size++)
      for (let old = 0; old <= size; old++) {
        const path = consistencyPath(old, size, read);
        expect(isContinued(at(old), at(size), path)).toBe(true);
        expect(isContinued({ ...at(old), root: leaf(69) }, at(size), path)).toBe(false);
        expect(isContinued(at(old), at(size), [...path, leaf(0)])).toBe(false);
        if (old > 0) expect(isContinued(at(old), { ...at(size), root: leaf(69) }, path)).toBe(false);
        if (path.length > 0) {
          expect(isContinued(at(old), at(size), path.slice(1))).toBe(false);
          expect(isContinued(at(old), at(size), [])).toBe(false);
        }
        if (old < size) expect(isContinued(at(size), at(old), path)).toBe(false);
      }
  });
});

describe('a .tlog-proof (C2SP tlog-proof)', () => {
  const note =
    'example.com/fancylog\n1\nsFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=\n\n— example.com/fancylog AAAAAAAA\n';
  const proof = { index: 73894, path: [leaf(0), leaf(1)], note, extra: null };
  const text = formatProof(proof);

  it('is written and read again, with extra data and without a path', () => {
    expect(text).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex 73894\n[^\n]{44}\n[^\n]{44}\n\nexample\.com\/fancylog\n/);
    for (const each of [proof, { ...proof, extra: Uint8Array.of(1, 2) }, { ...proof, path: [], index: 0 }])
      expect(parseProof(formatProof(each))).toEqual(each);
  });

  // The malformed proofs of transparency-dev/merkle, proof/tlog_proof_test.go, and the format's own bounds.
  it.each([
    ['wrong-header\nindex 0\n\ncheckpoint\n', 'first-line'],
    ['c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\ncheckpoint\n', 'extra'],
    ['c2sp.org/tlog-proof@v1\n\n\ncheckpoint\n', 'index'],
    ['c2sp.org/tlog-proof@v1\nindex notanumber\n\ncheckpoint\n', 'index'],
    ['c2sp.org/tlog-proof@v1\nindex -5\n\ncheckpoint\n', 'index'],
    ['c2sp.org/tlog-proof@v1\nindex 05\n\ncheckpoint\n', 'index'],
    ['c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\ncheckpoint\n', 'path'],
    [`c2sp.org/tlog-proof@v1\nindex 0\n${Buffer.alloc(64).toString('base64')}\n\ncheckpoint\n`, 'path'],
    [`c2sp.org/tlog-proof@v1\nindex 0\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}\ncheckpoint\n`, 'path'],
    ['c2sp.org/tlog-proof@v1\nindex 0\n', 'no-empty-line'],
    ['x'.repeat(600_000), 'too-long'],
  ])('that is none is refused: %#', (given, reason) => {
    expect(() => parseProof(given)).toThrow(
      expect.objectContaining({ code: 'log.malformed', fields: { part: 'proof', reason } }),
    );
  });

  it('is read or refused with its code, never otherwise', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ unit: 'binary', maxLength: 4 }), (where, put) => {
        const changed = text.slice(0, where) + put + text.slice(where + 1);
        expect(['none', 'log.malformed']).toContain(failureCodeOf(() => parseProof(changed)));
      }),
    );
  });
});
