import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { logKeeping } from '../../../../main/keeping/log/log-keeping.ts';
import { machineClock } from '../../../../main/machine/clock.ts';
import { parseNote } from '../../../../main/records/log/note.ts';
import { parseVerifierKey } from '../../../../main/records/log/note-keys.ts';
import { prove } from '../../../../main/records/log/prove.ts';
import { fromHex } from '../../../../main/result/bytes.ts';
import { openWitness } from '../../../../main/store/witness/witness-store.ts';
import { failureCodeOf } from '../../../support/failure-code.ts';
import { readProof } from '../../../support/tlog-reader.ts';
import { caseFacts } from '../../records/case-facts.ts';
import { random, temporaryFolder, unlockedIn } from '../support.ts';

/*
 * A log whose checkpoints ML-DSA-44 signs beside the station's own key (C2SP tlog-checkpoint, Signatures: "Logs SHOULD use ML-DSA-44
 * cosignatures"; tlog-cosignature: type 0x06, the log as cosigner under its own name, time 0).
 */

const names = ['A. Berg', 'C. Dahl'];

async function station(folder = temporaryFolder()) {
  const opened = await unlockedIn(folder);
  const keeping = logKeeping(opened.store, () => opened, machineClock);
  let number = opened.records.count();
  const add = (): void => void opened.records.append(caseFacts(`case-${++number}`), '1.0.0');
  return { ...opened, folder, keeping, add };
}

const provedBy = (text: string, key: string | undefined) =>
  prove(text, { log: [parseVerifierKey(key ?? '')], witnesses: [], least: 0, entry: null }).code;

describe('a log that ML-DSA-44 signs beside the own key', () => {
  it('is proved by either key, for the product, a witness and a second hand; earlier keys stay known', async () => {
    const { log, keeping, records, add, acts } = await station();
    add();
    const before = log.receipt(1).text;
    expect([log.verifierKeys(), log.signedBy()]).toEqual([[log.verifierKey], ['ed25519']]);
    keeping.signBy('ml-dsa-44', names);
    expect(acts.list().at(-1)).toMatchObject({
      kind: 'log.sign',
      signs: names,
      detail: { signing: 'ml-dsa-44', size: 1 },
    });
    expect(log.signedBy()).toEqual(['ed25519', 'ml-dsa-44']);
    add();
    const first = log.receipt(2);
    keeping.signBy('ml-dsa-44', names);
    add();
    const second = log.receipt(3);
    const [own, newer, older] = log.verifierKeys();
    expect(own).toBe(log.verifierKey);
    for (const [text, expected] of [
      [before, [null, 'log.not-signed', 'log.not-signed']],
      [first.text, [null, 'log.not-signed', null]],
      [second.text, [null, null, 'log.not-signed']],
    ] as const)
      expect([own, newer, older].map((key) => provedBy(text, key))).toEqual(expected);
    for (const key of [own, newer])
      expect(readProof(second.text, fromHex(second.hash), key ?? '')).toMatchObject({ index: 2, size: 3 });

    // A witness that is told the new key alone watches the log by it.
    const witness = openWitness({ directory: temporaryFolder(), name: 'witness.example/w1', random });
    witness.watch(newer ?? '');
    expect(witness.answer(`old 0\n\n${log.newest().note}`, 1).status).toBe(200);
    witness.close();

    keeping.signBy('ed25519', names);
    add();
    expect(log.signedBy()).toEqual(['ed25519']);
    // A key that ended is not taken up again: a new one is made.
    keeping.signBy('ml-dsa-44', names);
    expect(log.verifierKeys()).toHaveLength(4);
    expect(new Set(log.verifierKeys()).size).toBe(4);
    add();
    expect([records.check().intact, log.check()]).toMatchObject([true, { intact: true, size: 5 }]);
    expect([before, first.text, second.text].map((text) => log.against(text).code)).toEqual([null, null, null]);
  });

  it('goes on after a restart, and in a copy that opens by the same master key', async () => {
    const one = await station();
    one.keeping.signBy('ml-dsa-44', names);
    one.add();
    const keys = one.log.verifierKeys();
    one.store.close();
    const copy = temporaryFolder();
    cpSync(one.folder, copy, { recursive: true });
    for (const folder of [one.folder, copy]) {
      const again = await station(folder);
      again.add();
      expect([again.log.verifierKeys(), again.log.signedBy()]).toEqual([keys, ['ed25519', 'ml-dsa-44']]);
      expect(again.log.check().intact).toBe(true);
    }
  });

  it.each([
    ['a line by ML-DSA-44 that does not fit', (note: string) => changed(note, 1)],
    ['an own line that does not fit', (note: string) => changed(note, 0)],
    ['no own line', (note: string) => lines(note, [1])],
  ])('is not believed with %s, and nothing is built on it', async (_, change) => {
    const { log, keeping, add, folder, store } = await station();
    keeping.signBy('ml-dsa-44', names);
    add();
    const { note } = log.newest();
    store.close();
    const database = new Database(join(folder, 'styrk.db'));
    database.prepare('UPDATE log_checkpoint SET note = ?').run(change(note));
    database.close();
    const again = await station(folder);
    expect(again.log.check().broken).toContainEqual({ number: null, code: 'log.signature-wrong' });
    expect(again.log.against(change(note)).code).toBe('log.foreign');
    expect(failureCodeOf(again.add)).toBe('log.signature-wrong');
  });

  it('is changed by two people alone', async () => {
    const { keeping, log } = await station();
    expect(failureCodeOf(() => keeping.signBy('ml-dsa-44', ['A', 'A']))).not.toBe('none');
    expect(log.signedBy()).toEqual(['ed25519']);
  });
});

function changed(note: string, at: number): string {
  const [text = '', ...signed] = note.split('\n\n');
  const all = signed.join('').trimEnd().split('\n');
  const line = all[at] ?? '';
  const end = line.length - 12;
  all[at] = `${line.slice(0, end)}${line[end] === 'A' ? 'B' : 'A'}${line.slice(end + 1)}`;
  const made = `${text}\n\n${all.join('\n')}\n`;
  expect(parseNote(made).signatures).toHaveLength(2);
  return made;
}

function lines(note: string, kept: readonly number[]): string {
  const [text = '', ...signed] = note.split('\n\n');
  const all = signed.join('').trimEnd().split('\n');
  return `${text}\n\n${kept.map((at) => `${all[at]}\n`).join('')}`;
}
