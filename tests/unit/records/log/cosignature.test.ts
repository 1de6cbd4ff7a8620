import { describe, expect, it } from 'vitest';
import { mlDsaPublicKey } from '../../../../main/crypto/ml-dsa.ts';
import { publicKeyOfSeed } from '../../../../main/crypto/sealing.ts';
import { cosign } from '../../../../main/records/log/cosignature.ts';
import { formatNote, parseNote } from '../../../../main/records/log/note.ts';
import { formatVerifierKey, parseVerifierKey, signersOf, verifierKey } from '../../../../main/records/log/note-keys.ts';
import { hasSigned } from '../../../support/tlog-reader.ts';

const seed = new Uint8Array(32).fill(7);
const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
const kinds = [
  ['cosignature-ed25519', publicKeyOfSeed(seed)],
  ['cosignature-ml-dsa-44', mlDsaPublicKey(seed)],
] as const;

function cosigned(type: (typeof kinds)[number][0], publicKey: Uint8Array, time: number) {
  const key = verifierKey('witness.example/w1', type, publicKey);
  const signature = cosign({ name: key.name, type }, seed, text, time);
  return { key, note: formatNote({ text, signatures: [{ name: key.name, keyId: key.keyId, signature }] }) };
}

describe.each(kinds)('a cosignature (C2SP tlog-cosignature), %s', (type, publicKey) => {
  it('says who saw the checkpoint and when, to the product and to a second hand', () => {
    const { key, note } = cosigned(type, publicKey, 1679315147);
    expect(signersOf(parseNote(note), [key])).toEqual([{ key, time: 1679315147 }]);
    expect(hasSigned(note, formatVerifierKey(key))).toBe(true);
  });

  it('is of this text, this time and this key alone', () => {
    const { key, note } = cosigned(type, publicKey, 1679315147);
    expect(signersOf(parseNote(note.replace('20852163', '20852164')), [key])).toEqual([]);
    const [line] = parseNote(note).signatures;
    if (line === undefined) throw new Error('no line');
    const at = (index: number) => {
      const signature = line.signature.slice();
      signature[index] = (signature[index] ?? 0) ^ 1;
      return parseNote(formatNote({ text, signatures: [{ ...line, signature }] }));
    };
    for (const index of [0, 7, 8, line.signature.length - 1]) expect(signersOf(at(index), [key])).toEqual([]);
    const other = verifierKey('witness.example/w2', type, publicKey);
    expect(signersOf(parseNote(note.replaceAll('/w1', '/w2')), [other])).toEqual([]);
    const short = { ...line, signature: line.signature.subarray(0, 6) };
    expect(signersOf(parseNote(formatNote({ text, signatures: [short] })), [key])).toEqual([]);
  });

  it('is none of a note that is no checkpoint', () => {
    const { key, note } = cosigned(type, publicKey, 1679315147);
    expect(signersOf(parseNote(note.replace('20852163\n', '')), [key])).toEqual([]);
  });

  it('whose key is written as text is the same key', () => {
    const { key } = cosigned(type, publicKey, 1);
    expect(parseVerifierKey(formatVerifierKey(key))).toEqual(key);
  });
});

describe('a key as text (C2SP signed-note)', () => {
  const good = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';

  it('is known by its number', () => {
    expect(formatVerifierKey(parseVerifierKey(good))).toBe(good);
  });

  // The manglings of note_test.go: any piece of it, any character changed, too long a key, an unknown type.
  it('is refused mangled in any way', () => {
    for (let from = 0; from <= good.length; from++)
      for (let to = from; to <= good.length; to += 7)
        if (to - from !== good.length) expect(() => parseVerifierKey(good.slice(from, to))).toThrow('log.malformed');
    for (let at = 0; at < good.length; at++) {
      const changed = good.slice(0, at) + String.fromCharCode(good.charCodeAt(at) + 1) + good.slice(at + 1);
      expect(() => parseVerifierKey(changed)).toThrow('log.malformed');
    }
    for (const bad of [
      'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==',
      'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    ])
      expect(() => parseVerifierKey(bad)).toThrow('log.malformed');
  });
});
