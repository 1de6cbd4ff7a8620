import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveWitness, witnessIn } from '../../../main/keeping/log/serve-witness.ts';
import { fromHex } from '../../../main/result/bytes.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';
import { readProof } from '../../support/tlog-reader.ts';
import { caseFacts } from '../records/case-facts.ts';
import { unlockedIn } from '../store/support.ts';

/*
 * Receipts (decision 0017): given out by the station, checked offline by the product and by a second hand that knows the
 * texts of the formats alone.
 */

async function keepCases(folder: string, from: number, to: number): Promise<void> {
  const { records, store } = await unlockedIn(folder);
  for (let number = from; number <= to; number++) records.append(caseFacts(`case-${number}`), '0.1.0');
  store.close();
}

async function trainingFolder(count: number) {
  const folder = join(temporaryFolder(), 'data');
  await runHere(['station', 'show', '--training', '--data', folder]);
  await keepCases(folder, 1, count);
  const run = (...argv: readonly string[]) => runHere([...argv, '--training', '--data', folder, '--json']);
  const out = join(temporaryFolder(), 'a.tlog-proof');
  const key: string = (await run('station', 'show')).json().logKey;
  return { folder, run, out, key };
}

const nowhere = () => join(temporaryFolder(), 'none');

describe('a receipt', () => {
  it('is proved by the station itself, by anybody with its key, and by a second implementation (Show 3)', async () => {
    const { run, out, key } = await trainingFolder(11);
    const given = (await run('records', 'receipt', 'case-6', '--out', out)).json();
    expect(given).toMatchObject({ number: 6, size: 11 });
    const text = readFileSync(out, 'utf8');
    expect(text).toBe(given.receipt);

    const proved = { result: 'successful', code: null, number: 6, hash: given.hash, size: 11, cosigned: [] };
    expect((await run('records', 'prove', out)).json()).toMatchObject(proved);
    const offline = await runHere(['records', 'prove', out, '--log-key', key, '--data', nowhere(), '--json']);
    expect([offline.status, offline.json()]).toMatchObject([0, { ...proved, origin: key.split('+')[0] }]);
    expect(key).toMatch(/^styrk\.invalid\/training\/station-/);

    expect(readProof(text, fromHex(given.hash), key)).toEqual({ index: 5, origin: key.split('+')[0], size: 11 });
    expect(() => readProof(text, fromHex('00'.repeat(32)), key)).toThrow('root');
  });

  it('of each record of each of many sizes is proved by the second implementation', async () => {
    const { folder, key } = await trainingFolder(0);
    const { records, log } = await unlockedIn(folder);
    for (let size = 1; size <= 17; size++) {
      records.append(caseFacts(`case-${size}`), '0.1.0');
      for (let number = 1; number <= size; number++) {
        const { text, hash } = log.receipt(number);
        expect(readProof(text, fromHex(hash), key)).toMatchObject({ index: number - 1, size });
      }
    }
  });

  it('is asked for by the number as well, and there is none of a record that is not there', async () => {
    const { run } = await trainingFolder(2);
    expect((await run('records', 'receipt', '2')).json()).toMatchObject({ number: 2, size: 2 });
    for (const wanted of ['3', '0', 'case-9'])
      expect((await run('records', 'receipt', wanted)).json().error.code).toBe('record.not-found');
  });

  it('and record alike are meant by id or number', async () => {
    const { run } = await trainingFolder(2);
    const byNumber = (await run('records', 'show', '2')).json();
    expect(byNumber).toMatchObject({ id: 'case-2', number: 2, content: { id: 'case-2' } });
    expect((await run('records', 'show', 'case-2')).json()).toEqual(byNumber);
    for (const wanted of ['3', '0', 'case-9'])
      expect((await run('records', 'show', wanted)).json().error.code).toBe('record.not-found');
  });

  it('that was changed, is of another log or of another record is not proved, and says why', async () => {
    const { run, out, key } = await trainingFolder(5);
    const other = await trainingFolder(5);
    const { receipt, hash } = (await run('records', 'receipt', '3')).json();
    const code = async (text: string, ...argv: readonly string[]) => {
      writeFileSync(out, text);
      const end = await run('records', 'prove', out, ...argv);
      const answer = end.json();
      return [end.status, 'error' in answer ? answer.error.code : answer.code];
    };
    expect(await code(receipt)).toEqual([0, null]);
    expect(await code(receipt, '--hash', hash)).toEqual([0, null]);
    expect(await code(receipt, '--hash', '11'.repeat(32))).toEqual([1, 'log.proof-wrong']);
    expect(await code(receipt.replace('index 2', 'index 1'))).toEqual([1, 'log.proof-wrong']);
    expect(await code(receipt.replace('index 2', 'index 5'))).toEqual([1, 'log.proof-wrong']);
    expect(await code(receipt.replace('\n5\n', '\n6\n'))).toEqual([1, 'log.not-signed']);
    expect(await code(receipt, '--log-key', other.key)).toEqual([1, 'log.foreign']);
    expect(await code(receipt.replace(/^extra .*\n/m, ''), '--hash', hash)).toEqual([0, null]);
    expect(await code(receipt.replace(/^extra .*\n/m, ''))).toEqual([1, 'log.proof-wrong']);
    // A witness that is asked for and has not cosigned.
    expect(await code(receipt, '--witness', other.key)).toEqual([1, 'log.not-cosigned']);
    expect(await code(receipt, '--witness', other.key, '--least', '0')).toEqual([0, null]);
    expect(await code('c2sp.org/tlog-proof@v2\n')).toEqual([2, 'log.malformed']);
    expect(await code(receipt, '--log-key', key.slice(0, -1))).toEqual([2, 'log.malformed']);
    expect(await code(receipt, '--least', '2')).toEqual([2, 'arguments.unusable']);
  });

  it('needs a key where there is no station to ask', async () => {
    const { run, out } = await trainingFolder(1);
    await run('records', 'receipt', '1', '--out', out);
    const end = await runHere(['records', 'prove', out, '--data', nowhere(), '--json']);
    expect([end.status, end.json().error]).toMatchObject([
      2,
      { code: 'arguments.unusable', fields: { option: '--log-key' } },
    ]);
  });
});

describe('a checkpoint that was kept elsewhere', () => {
  it('is held against the folder: continued, older, another history, another log', async () => {
    const { folder, run, out } = await trainingFolder(3);
    const older = join(temporaryFolder(), 'older');
    cpSync(folder, older, { recursive: true });
    const against = async (data: string, file: string) => {
      const end = await runHere(['records', 'check', '--against', file, '--training', '--data', data, '--json']);
      return [end.status, end.json().against[0].code, end.json().intact];
    };
    await keepCases(folder, 4, 5);
    await run('records', 'receipt', '5', '--out', out);
    expect(await against(folder, out)).toEqual([0, null, true]);
    // The folder put back: whole in itself, and older than what was given out.
    expect(await against(older, out)).toEqual([1, 'log.older', true]);
    // The last line says what was found.
    const last = async (data: string) =>
      (await runHere(['records', 'check', '--against', out, '--training', '--data', data])).stdout
        .trimEnd()
        .split('\n')
        .at(-1);
    expect(await last(older)).toBe(
      'The chain is whole in itself: 3 records, none changed. What was kept elsewhere says otherwise (log.older). Tell your security officer.',
    );
    expect(await last(folder)).toMatch(/^The chain is whole: 5 records, none changed\. The log .* says the same\.$/);
    // It goes on from there, with the station's own key: another history.
    await keepCases(older, 7, 9);
    expect(await against(older, out)).toEqual([1, 'log.forked', true]);
    const other = await trainingFolder(6);
    expect(await against(other.folder, out)).toEqual([1, 'log.foreign', true]);
    // What is kept may be the checkpoint alone.
    writeFileSync(`${out}.checkpoint`, readFileSync(out, 'utf8').split('\n\n').slice(1).join('\n\n'));
    expect(await against(folder, `${out}.checkpoint`)).toEqual([0, null, true]);
  });
});

describe('a witness at the side door', () => {
  it('cosigns what is carried to it as files, and what it answers stands in the receipt', async () => {
    const { folder, run, out, key } = await trainingFolder(3);
    const [place, files] = [join(temporaryFolder(), 'witness'), temporaryFolder()];
    const witness = (...argv: readonly string[]) => runHere(['records', 'witness', place, ...argv, '--json']);
    const shown = (await witness('--name', 'bank.example/w1', '--log', key, '--show')).json();
    expect(shown).toMatchObject({ name: 'bank.example/w1', logs: [key], conflicts: 0, address: null });
    // What it is to listen with is tried before anything is opened.
    const elsewhere = join(temporaryFolder(), 'elsewhere');
    const listening = async (...argv: readonly string[]) =>
      (await runHere(['records', 'witness', elsewhere, '--name', 'bank.example/w2', ...argv, '--json'])).json().error
        .code;
    writeFileSync(join(files, 'no.pem'), 'no certificate');
    expect(await listening('--certificate', join(files, 'no.pem'))).toBe('service.unusable');
    expect(await listening('--key', join(files, 'no.pem'))).toBe('arguments.unusable');
    expect(existsSync(elsewhere)).toBe(false);
    const [ofEd25519, ofMlDsa] = shown.keys;
    const by = ['--by', 'A. Berg', '--by', 'C. Dahl'];
    const anchor = `https://witness.bank.example/ ${ofEd25519} ${ofMlDsa}`;
    const set = (await run('records', 'anchor', '--witness', anchor, '--file', join(files, 'newest'), ...by)).json();
    expect(set).toEqual({
      files: [join(files, 'newest')],
      witnesses: [{ address: 'https://witness.bank.example/', keys: [ofEd25519, ofMlDsa] }],
    });
    expect((await run('records', 'anchor')).json()).toEqual(set);

    const [ask, answer] = [join(files, 'ask'), join(files, 'answer')];
    expect((await run('records', 'cosign', '--request', ask)).json()).toEqual({ size: 3, old: 0 });
    expect((await witness('--request', ask, '--out', answer)).json()).toEqual({ status: 200, size: null });
    const taken = await run('records', 'cosign', '--asked', ask, '--answer', answer);
    expect(taken.json()).toEqual({ witness: 'bank.example/w1', size: 3 });
    await run('records', 'receipt', '2', '--out', out);
    const proved = await run('records', 'prove', out, '--witness', ofEd25519, '--witness', ofMlDsa);
    expect([proved.status, proved.json().cosigned.length]).toEqual([0, 2]);

    // The next question says where the witness stands; another size is told with the size that it saw.
    await keepCases(folder, 4, 5);
    // By itself the station asks from what this witness cosigned last.
    expect((await run('records', 'cosign', '--request', `${ask}-0`)).json()).toEqual({ size: 5, old: 3 });
    await run('records', 'cosign', '--request', `${ask}-1`, '--old', '0');
    expect((await witness('--request', `${ask}-1`, '--out', `${answer}-1`)).json()).toEqual({ status: 409, size: 3 });
    await run('records', 'cosign', '--request', `${ask}-2`, '--old', '3');
    expect((await witness('--request', `${ask}-2`, '--out', `${answer}-2`)).status).toBe(0);
    // An answer to another question is none to this one.
    const crossed = await run('records', 'cosign', '--asked', ask, '--answer', `${answer}-2`);
    expect([crossed.status, crossed.json().error.code]).toEqual([2, 'witness.answer-wrong']);
  });

  it('and files are told by doctor, where a record is not there yet', async () => {
    const { run, folder } = await trainingFolder(1);
    const file = join(temporaryFolder(), 'newest');
    await run('records', 'anchor', '--file', file, '--by', 'A. Berg', '--by', 'C. Dahl');
    const told = async () => {
      const items: readonly { readonly id: string; readonly state: string; readonly code: string | null }[] = (
        await run('doctor')
      ).json().items;
      return items.filter(({ id }) => id === 'log').map(({ state, code }) => [state, code]);
    };
    expect(await told()).toEqual([['warning', 'log.not-written']]);
    expect((await run('records', 'cosign')).json().anchors).toEqual([
      { kind: 'file', place: file, size: 1, code: null },
    ]);
    expect(await told()).toEqual([['ok', null]]);
    await keepCases(folder, 2, 2);
    expect(await told()).toEqual([['warning', 'log.not-written']]);
    // The command that keeps a case brings its checkpoint there before it ends.
    const verify = [
      'verify',
      '--specimen',
      'se-passport',
      '--holder',
      'asa',
      '--purpose',
      'renew-bankid',
      '--face',
      'same',
    ];
    expect((await run(...verify)).json().record.id).toEqual(expect.any(String));
    expect(await told()).toEqual([['ok', null]]);
    expect((await run('records', 'anchor', '--none', '--by', 'A. Berg', '--by', 'C. Dahl')).json().files).toEqual([]);
    expect(await told()).toEqual([]);
  });
});

describe('a folder that was put back', () => {
  it('is told by doctor and by the check from the newer checkpoint at its own place, which stays', async () => {
    const { folder, run } = await trainingFolder(2);
    const share = join(temporaryFolder(), 'newest.checkpoint');
    await run('records', 'anchor', '--file', share, '--by', 'A. Berg', '--by', 'C. Dahl');
    const older = join(temporaryFolder(), 'older');
    cpSync(folder, older, { recursive: true });
    await keepCases(folder, 3, 4);
    expect((await run('records', 'cosign')).status).toBe(0);
    const newest = readFileSync(share, 'utf8');
    expect((await run('records', 'check')).status).toBe(0);

    cpSync(older, folder, { recursive: true });
    const cosigned = await run('records', 'cosign');
    expect([cosigned.status, cosigned.json().anchors]).toEqual([
      1,
      [{ kind: 'file', place: share, size: 4, code: 'log.older' }],
    ]);
    const checked = await run('records', 'check');
    expect([checked.status, checked.json()]).toMatchObject([
      1,
      { intact: false, broken: [{ id: '#log', number: null, code: 'log.older' }], log: { intact: true, size: 2 } },
    ]);
    const doctor = await run('doctor');
    const item = doctor.json().items.find(({ id }: { id: string }) => id === 'log');
    expect([doctor.status, item]).toMatchObject([3, { state: 'missing', code: 'log.older' }]);
    expect(item.detail).toContain('4 records');
    expect(readFileSync(share, 'utf8')).toBe(newest);
  });
});

describe('what a witness found', () => {
  it('is told by doctor and by the check as what lies in a file is, and by the witness as it happens', async () => {
    const { folder, run, key } = await trainingFolder(2);
    const place = join(temporaryFolder(), 'witness');
    const witness = witnessIn(place, 'bank.example/w1');
    onTestFinished(() => witness.close());
    witness.watch(key);
    const served = await serveWitness(witness, { host: '127.0.0.1', port: 0 }, () => '2026-11-29T08:00:00Z');
    onTestFinished(served.close);
    const anchor = `${served.address} ${witness.keys.join(' ')}`;
    await run('records', 'anchor', '--witness', anchor, '--by', 'A. Berg', '--by', 'C. Dahl');
    const older = join(temporaryFolder(), 'older');
    cpSync(folder, older, { recursive: true });
    await keepCases(folder, 3, 4);
    const log = async () => {
      const { status, json } = await run('doctor');
      return [status, json().items.find(({ id }: { id: string }) => id === 'log')];
    };
    const plain = await runHere(['doctor', '--training', '--data', folder]);
    expect(plain.stdout).toContain('styrk records cosign');
    expect((await run('records', 'cosign')).status).toBe(0);
    expect(await log()).toMatchObject([0, { state: 'ok', code: null }]);

    cpSync(older, folder, { recursive: true });
    expect((await run('records', 'cosign')).json().anchors).toMatchObject([{ code: 'witness.ahead', size: 4 }]);
    expect(await log()).toMatchObject([3, { state: 'missing', code: 'witness.ahead' }]);
    const checked = await run('records', 'check');
    expect([checked.status, checked.json()]).toMatchObject([
      1,
      { intact: false, broken: [{ id: '#log', number: null, code: 'witness.ahead' }] },
    ]);

    // Another history, carried to the witness as a file.
    await keepCases(folder, 13, 15);
    const [ask, answer] = [join(temporaryFolder(), 'ask'), join(temporaryFolder(), 'answer')];
    await run('records', 'cosign', '--request', ask, '--old', '4');
    const refused = await runHere(['records', 'witness', place, '--request', ask, '--out', answer]);
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/station-.*: it signed 5 records that do not continue the 4 seen here/),
    ]);
    const shown = await runHere(['records', 'witness', place, '--show']);
    expect(shown.stdout).toMatch(/Conflict: .*station-.*, 5 records, 20.*Z/);
  });
});

describe('records sign', () => {
  it('adds ML-DSA-44 by two people; station show prints the key, and a receipt is proved by it alone', async () => {
    const { folder, run, out, key } = await trainingFolder(1);
    expect((await run('records', 'sign')).json()).toEqual({ keys: [key], newest: ['ed25519'] });
    expect((await run('records', 'sign', '--ml-dsa-44', '--by', 'A. Berg')).json().error.code).toBe(
      'arguments.unusable',
    );
    const by = ['--by', 'A. Berg', '--by', 'C. Dahl'];
    const { keys, newest } = (await run('records', 'sign', '--ml-dsa-44', ...by)).json();
    expect([keys.length, keys[0], newest]).toEqual([2, key, ['ed25519', 'ml-dsa-44']]);
    expect((await run('station', 'show')).json()).toMatchObject({ logKey: key, logKeys: keys });
    await keepCases(folder, 2, 2);
    const { hash } = (await run('records', 'receipt', '2', '--out', out)).json();
    const offline = ['records', 'prove', out, '--data', nowhere(), '--json', '--log-key'];
    for (const each of keys) expect((await runHere([...offline, each])).json()).toMatchObject({ code: null, hash });
    expect((await run('records', 'prove', out)).json().code).toBeNull();
    expect((await run('records', 'sign', '--ed25519', ...by)).json()).toEqual({ keys, newest: ['ed25519'] });
  });
});
