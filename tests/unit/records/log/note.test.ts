import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkpointText, parseCheckpoint } from '../../../../main/records/log/checkpoint.ts';
import { logOrigin } from '../../../../main/records/log/log-key.ts';
import { formatNote, parseNote } from '../../../../main/records/log/note.ts';
import { formatVerifierKey, signersOf, signNote, verifierKey } from '../../../../main/records/log/note-keys.ts';
import { fromBase64 } from '../../../../main/result/base64.ts';
import { toHex } from '../../../../main/result/bytes.ts';
import { failureCodeOf } from '../../../support/failure-code.ts';

// golang.org/x/mod/sumdb/note, note_test.go: a key, what it signed, and the secret that it signed it with.
const peter = 'PeterNeumann';
const peterText =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const peterLine =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const bytesOf = (base64: string): Uint8Array => (fromBase64(base64) ?? new Uint8Array(0)).subarray(1);
const peterPublic = bytesOf('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
const peterSecret = bytesOf('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz');
const peterKey = verifierKey(peter, 'ed25519', peterPublic);

describe('a signed note (C2SP signed-note)', () => {
  it('of the reference implementation is read, and its signer known', () => {
    expect(formatVerifierKey(peterKey)).toBe('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    const note = parseNote(`${peterText}\n${peterLine}`);
    expect(note.text).toBe(peterText);
    expect(signersOf(note, [peterKey])).toEqual([{ key: peterKey, time: null }]);
  });

  it('is written byte for byte as the reference implementation writes it', () => {
    const signature = signNote(peterKey, peterSecret, peterText);
    expect(formatNote({ text: peterText, signatures: [signature] })).toBe(`${peterText}\n${peterLine}`);
  });

  it('has no signer where its text, its signature or the name was changed, or no key is known', () => {
    const changed = parseNote(`${peterText.replace('cryptography', 'cryptographY')}\n${peterLine}`);
    expect(signersOf(changed, [peterKey])).toEqual([]);
    const note = parseNote(`${peterText}\n${peterLine}`);
    expect(signersOf(note, [])).toEqual([]);
    expect(signersOf(note, [verifierKey('Enoch', 'ed25519', peterPublic)])).toEqual([]);
    const renamed = parseNote(`${peterText}\n${peterLine.replace(peter, 'Enoch')}`);
    expect(signersOf(renamed, [peterKey])).toEqual([]);
  });

  it('keeps lines of unknown keys and they say nothing (Signatures: verifiers must ignore them)', () => {
    const note = parseNote(`${peterText}\n— Unknown AAAAAAAA\n${peterLine}— Unknown AAAAAAAA\n`);
    expect(note.signatures).toHaveLength(3);
    expect(signersOf(note, [peterKey])).toEqual([{ key: peterKey, time: null }]);
  });

  it('is divided at its last empty line', () => {
    expect(parseNote(`a\n\nb\n\n${peterLine}`).text).toBe('a\n\nb\n');
  });

  // The malformed messages of note_test.go, and the format's own rules.
  it.each([
    ['', 'no-empty-line'],
    ['a\n', 'no-empty-line'],
    ['a\n\n', 'no-signature'],
    [`a\n${peterLine}`, 'no-empty-line'],
    ['a\n\n—\n', 'signature-line'],
    ['a\n\n— \n', 'signature-line'],
    ['a\n\n— name\n', 'signature-line'],
    ['a\n\n— name \n', 'signature-line'],
    ['a\n\n— name AAAA\n', 'signature-line'],
    ['a\n\n— name AAAAAA==\n', 'signature-line'],
    ['a\n\n— name AAAAAAA\n', 'signature-line'],
    ['a\n\n— na+me AAAAAAAA\n', 'signature-line'],
    ['a\n\n— na\u00a0me AAAAAAAA\n', 'signature-line'],
    ['a\n\n- name AAAAAAAA\n', 'signature-line'],
    ['a\n\n— name AAAAAAAA more\n', 'signature-line'],
    ['a\n\n— name AAAAAAAA', 'no-newline-at-end'],
    ['a\r\n\n— name AAAAAAAA\n', 'control-character'],
    ['a\u0001\n\n— name AAAAAAAA\n', 'control-character'],
    ['a\ud800\n\n— name AAAAAAAA\n', 'not-utf-8'],
    [`a\n\n${'— name AAAAAAAA\n'.repeat(65)}`, 'too-many-signatures'],
    [`${'a'.repeat(600_000)}\n\n— name AAAAAAAA\n`, 'too-long'],
  ])('that is none is refused: %j', (text, reason) => {
    expect(() => parseNote(text)).toThrow(
      expect.objectContaining({ code: 'log.malformed', fields: { part: 'note', reason } }),
    );
  });

  it('takes the sixteen signatures that a verifier must take, of a post-quantum length', () => {
    const line = `— name ${Buffer.alloc(4 + 8 + 2420).toString('base64')}\n`;
    expect(parseNote(`a\n\n${line.repeat(16)}`).signatures).toHaveLength(16);
  });

  it('is read or refused with its code, never otherwise', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, line) => {
        expect(['none', 'log.malformed']).toContain(failureCodeOf(() => parseNote(`${text}\n\n— ${line}\n`)));
      }),
    );
  });
});

describe('a checkpoint (C2SP tlog-checkpoint)', () => {
  const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';

  it('of the text is read and written again', () => {
    const checkpoint = parseCheckpoint(text);
    expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20852163 });
    expect(toHex(checkpoint.root)).toMatch(/^0ac5186a/);
    expect(checkpointText(checkpoint)).toBe(text);
    expect(parseCheckpoint(`${text}an extension\n`)).toEqual(checkpoint);
  });

  it.each([
    ['', 'no-newline-at-end'],
    ['a\n1\n', 'lines'],
    ['\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n', 'lines'],
    [`${text}\n`, 'lines'],
    [text.replace('20852163', '020852163'), 'size'],
    [text.replace('20852163', '-1'), 'size'],
    [text.replace('20852163', '1e3'), 'size'],
    [text.replace('20852163', '9007199254740992'), 'size'],
    [text.replace('20852163', '2٠'), 'size'],
    [text.replace('q2I=', 'q2I'), 'root'],
    [text.replace('q2I=', 'q2J='), 'root'],
    [text.replace('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=', 'CsUYag=='), 'root'],
    [text.replace('example.com', 'é'.repeat(128)), 'origin'],
  ])('that is none is refused: %j', (given, reason) => {
    expect(() => parseCheckpoint(given)).toThrow(
      expect.objectContaining({ code: 'log.malformed', fields: { part: 'checkpoint', reason } }),
    );
  });

  it('says in its first line whether it is of training', () => {
    expect(logOrigin('ordinary', 'station-1')).toBe('styrk.invalid/station-1');
    expect(logOrigin('training', 'station-1')).toBe('styrk.invalid/training/station-1');
  });
});
