import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askWitness } from '../../../../main/keeping/log/ask-witness.ts';
import { logKeeping } from '../../../../main/keeping/log/log-keeping.ts';
import { serveWitness } from '../../../../main/keeping/log/serve-witness.ts';
import { writeCheckpointTo } from '../../../../main/keeping/log/written-checkpoint.ts';
import { machineAfter, machineClock } from '../../../../main/machine/clock.ts';
import { parseVerifierKey } from '../../../../main/records/log/note-keys.ts';
import { prove } from '../../../../main/records/log/prove.ts';
import { fromHex } from '../../../../main/result/bytes.ts';
import { asFailure, Failure } from '../../../../main/result/failure.ts';
import { openWitness } from '../../../../main/store/witness/witness-store.ts';
import { failureCodeOf } from '../../../support/failure-code.ts';
import { webAuthority, webCertificate } from '../../../support/https-server.ts';
import { readProof } from '../../../support/tlog-reader.ts';
import { caseFacts } from '../../records/case-facts.ts';
import { random, temporaryFolder, unlockedIn } from '../../store/support.ts';

/*
 * Stations and witnesses over HTTP on this machine (C2SP tlog-witness): what each finds when a folder is put back, or a station
 * tells two histories. The clock of the witness is given.
 */

const around = { after: machineAfter };
const at = '2026-11-29T08:00:00Z';

async function station(folder = temporaryFolder()) {
  const { records, log, store, ...rest } = await unlockedIn(folder);
  return {
    folder,
    log,
    store,
    unlocked: { ...rest, records, log },
    add: (from: number, to: number) => {
      for (let number = from; number <= to; number++) records.append(caseFacts(`case-${number}`), '0.1.0');
    },
  };
}

function witnessIn(directory: string, name: string | null, ...logs: readonly string[]) {
  const witness = openWitness({ directory, name, random });
  onTestFinished(() => witness.close());
  for (const key of logs) witness.watch(key);
  return witness;
}

async function served(name: string, ...logs: readonly string[]) {
  const witness = witnessIn(temporaryFolder(), name, ...logs);
  const { address, close } = await serveWitness(witness, { host: '127.0.0.1', port: 0 }, () => at);
  onTestFinished(close);
  return { witness, anchor: { address, keys: witness.keys, authority: null } };
}

const codeOf = async (act: Promise<unknown>) => act.then(() => null).catch((thrown) => asFailure(thrown).code);

function send(address: string, method: string, path: string, body: string | null = null) {
  const { promise, resolve, reject } = Promise.withResolvers<readonly [number | undefined, string, string]>();
  const asking = request(new URL(path, address), { method }, (response) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (part: string) => {
      text += part;
    });
    response.on('end', () => resolve([response.statusCode, text, response.headers['content-type'] ?? '']));
  });
  asking.on('error', reject);
  asking.end(body ?? undefined);
  return promise;
}

describe('a witnessed log', () => {
  it('gives receipts that both kinds of cosignatures stand in, for the product and for a second hand', async () => {
    const { log, add } = await station();
    const { anchor } = await served('witness.example/w1', log.verifierKey);
    add(1, 5);
    await askWitness(log, anchor, around);
    // A record more: the receipt of an earlier one keeps the checkpoint that was cosigned.
    add(6, 6);
    const { text, hash, size } = log.receipt(3);
    expect(size).toBe(5);
    expect(readProof(text, fromHex(hash), log.verifierKey, anchor.keys)).toMatchObject({ index: 2, size: 5 });
    const policy = { log: [parseVerifierKey(log.verifierKey)], least: 1, entry: null };
    const proven = prove(text, { ...policy, witnesses: anchor.keys.map(parseVerifierKey) });
    expect(proven.code).toBeNull();
    expect(proven.cosigned.map(({ time }) => time)).toEqual([Date.parse(at) / 1000, Date.parse(at) / 1000]);
    // Two keys of one witness are one witness.
    expect(prove(text, { ...policy, witnesses: anchor.keys.map(parseVerifierKey), least: 2 }).code).toBe(
      'log.not-cosigned',
    );
    // The newest record is not cosigned yet, and says so.
    const witnesses = anchor.keys.map(parseVerifierKey);
    expect(prove(log.receipt(6).text, { ...policy, witnesses }).code).toBe('log.not-cosigned');
    await askWitness(log, anchor, around);
    expect(prove(log.receipt(6).text, { ...policy, witnesses }).code).toBeNull();
  });

  it('proves itself over TLS to stations of other machines, and to nobody without it', async () => {
    const { log, add } = await station();
    const witness = witnessIn(temporaryFolder(), 'witness.example/w1', log.verifierKey);
    const [authority, other] = [webAuthority(81), webAuthority(82, 'Another authority')];
    const identity = { kind: 'pem', ...webCertificate(authority, 83), passphrase: null } as const;
    const { address, close } = await serveWitness(witness, { host: 'localhost', port: 0 }, () => at, identity);
    onTestFinished(close);
    expect(address).toMatch(/^https:\/\/localhost:\d+\/$/);
    add(1, 2);
    const asked = (authorityPem: string | null) =>
      codeOf(askWitness(log, { address, keys: witness.keys, authority: authorityPem }, around));
    expect(await asked(other.pem)).toBe('service.not-trusted');
    expect(await asked(null)).toBe('service.not-trusted');
    await expect(send(address.replace('https', 'http'), 'POST', '/add-checkpoint', 'x')).rejects.toThrow();
    expect(witness.cosigned(parseVerifierKey(log.verifierKey).name)).toBeNull();
    expect(await asked(authority.pem)).toBeNull();
    expect(log.cosignedBy('witness.example/w1')?.size).toBe(2);
  });

  it('goes on from what the witness saw, whatever the station believes of it', async () => {
    const one = await station();
    const { anchor, witness } = await served('witness.example/w1', one.log.verifierKey);
    one.add(1, 3);
    await askWitness(one.log, anchor, around);
    const copy = temporaryFolder();
    cpSync(one.folder, copy, { recursive: true });
    one.add(4, 6);
    await askWitness(one.log, anchor, around);
    // A folder that knows less of the witness than is true is told, and goes on.
    const database = new Database(join(one.folder, 'styrk.db'));
    database.exec('DELETE FROM log_cosigned');
    database.close();
    one.add(7, 7);
    await askWitness(one.log, anchor, around);
    expect(one.log.cosignedBy('witness.example/w1')?.size).toBe(7);
    // The folder that was put back is older than what the witness saw, and with other records another history.
    const old = await station(copy);
    expect(await codeOf(askWitness(old.log, anchor, around))).toBe('witness.ahead');
    old.add(14, 17);
    expect(await codeOf(askWitness(old.log, anchor, around))).toBe('witness.disagrees');
    old.add(18, 19);
    expect(await codeOf(askWitness(old.log, anchor, around))).toBe('witness.disagrees');
    // The witness keeps the evidence: two states of one size that one key has signed.
    expect(witness.conflicts().length).toBe(2);
    expect(one.log.against(witness.conflicts()[0]?.note ?? '')).toEqual({ size: 7, code: 'log.forked' });
  });

  it('shows two histories that were told to two witnesses, by what one of them cosigned', async () => {
    const one = await station();
    const first = await served('witness.example/w1', one.log.verifierKey);
    const second = await served('witness.example/w2', one.log.verifierKey);
    one.add(1, 3);
    const copy = temporaryFolder();
    cpSync(one.folder, copy, { recursive: true });
    const two = await station(copy);
    one.add(4, 5);
    two.add(14, 15);
    // Each witness alone sees nothing wrong.
    await askWitness(one.log, first.anchor, around);
    await askWitness(two.log, second.anchor, around);
    // Each asked by the other history does, and so does whoever holds one's word against the other's folder.
    expect(await codeOf(askWitness(one.log, second.anchor, around))).toBe('witness.disagrees');
    expect(await codeOf(askWitness(two.log, first.anchor, around))).toBe('witness.disagrees');
    expect(one.log.against(second.witness.cosigned(one.log.origin) ?? '').code).toBe('log.forked');
    expect(one.log.against(first.witness.cosigned(one.log.origin) ?? '').code).toBeNull();
  });

  it('is refused where the witness does not know it, and a false witness is no witness', async () => {
    const { log, add } = await station();
    add(1, 2);
    const strange = await served('witness.example/w1');
    expect(await codeOf(askWitness(log, strange.anchor, around))).toBe('witness.unknown-log');
    const known = await served('witness.example/w2', log.verifierKey);
    const false_ = { ...known.anchor, keys: strange.anchor.keys };
    expect(await codeOf(askWitness(log, false_, around))).toBe('witness.answer-wrong');
    expect(log.cosignedBy('witness.example/w1')).toBeNull();
    // One that says that it saw something else, and not what.
    for (const [type, content] of [
      ['text/x.tlog.size', 'many\n'],
      ['text/x.tlog.size', ''],
      ['text/x.tlog.size', '007\n'],
      ['text/plain', ''],
    ] as const) {
      const odd = createServer((_, response) => response.writeHead(409, { 'Content-Type': type }).end(content));
      odd.listen(0, '127.0.0.1');
      onTestFinished(() => void odd.close());
      await once(odd, 'listening');
      const { port } = odd.address() as AddressInfo;
      const asked = askWitness(log, { ...known.anchor, address: `http://127.0.0.1:${port}/` }, around);
      expect([content, await codeOf(asked)]).toEqual([
        content,
        type === 'text/plain' ? 'witness.disagrees' : 'witness.answer-wrong',
      ]);
    }
    const nobody = { ...known.anchor, address: 'http://127.0.0.1:9/' };
    expect(await codeOf(askWitness(log, nobody, around))).toBe('service.unreachable');
  });
});

describe('the witness on the network', () => {
  it('answers monitors, and nothing but what its text says', async () => {
    const { log, add } = await station();
    add(1, 2);
    const { anchor, witness } = await served('witness.example/w1', log.verifierKey);
    const { createHash } = await import('node:crypto');
    const monitored = `${createHash('sha256').update(log.origin).digest('hex')}/checkpoint`;
    expect((await send(anchor.address, 'GET', monitored))[0]).toBe(404);
    await askWitness(log, anchor, around);
    expect(await send(anchor.address, 'GET', monitored)).toEqual([
      200,
      witness.cosigned(log.origin),
      'text/plain; charset=utf-8',
    ]);
    expect((await send(anchor.address, 'GET', 'add-checkpoint'))[0]).toBe(405);
    expect((await send(anchor.address, 'POST', 'other', 'x'))[0]).toBe(404);
    expect((await send(anchor.address, 'POST', 'add-checkpoint', 'x'))[0]).toBe(400);
    expect((await send(anchor.address, 'POST', 'add-checkpoint', 'x'.repeat(700_000)))[0]).toBe(413);
    const { size, note } = log.newest();
    expect(await send(anchor.address, 'POST', 'add-checkpoint', `old 0\n\n${note}`)).toEqual([
      409,
      `${size}\n`,
      'text/x.tlog.size',
    ]);
  });

  it('knows after a restart what it saw, and answers two who ask at once for one of two histories', async () => {
    const one = await station();
    one.add(1, 3);
    const copy = temporaryFolder();
    cpSync(one.folder, copy, { recursive: true });
    const two = await station(copy);
    one.add(4, 4);
    two.add(14, 14);
    const folder = temporaryFolder();
    const witness = witnessIn(folder, 'witness.example/w1', one.log.verifierKey);
    const ask = (log: typeof one.log) => witness.answer(`old 0\n\n${log.newest().note}`, 1).status;
    expect([ask(one.log), ask(two.log)]).toEqual([200, 409]);
    // Another process on the same folder: the same keys, and what the first saw.
    const again = witnessIn(folder, null);
    expect(again.keys).toEqual(witness.keys);
    expect(again.logs()).toEqual([one.log.verifierKey]);
    expect(again.answer(`old 4\n\n${two.log.newest().note}`, 2).status).toBe(409);
    expect(again.answer(`old 4\n\n${one.log.newest().note}`, 2).status).toBe(200);
    expect(failureCodeOf(() => witnessIn(folder, 'witness.example/other'))).toBe('witness.no-name');
    expect(failureCodeOf(() => witnessIn(temporaryFolder(), null))).toBe('witness.no-name');
  });
});

describe('where checkpoints go', () => {
  const names = ['A. Berg', 'C. Dahl'];

  it('is set by two people, is written at each turn, and what is not there is told', async () => {
    const { log, store, unlocked, add } = await station();
    const keeping = logKeeping(store, () => unlocked, machineClock);
    const { anchor } = await served('witness.example/w1', log.verifierKey);
    const folder = temporaryFolder();
    const share = join(folder, 'share');
    mkdirSync(share);
    const file = join(folder, 'newest.checkpoint');
    const gone = join(folder, 'gone', 'newest.checkpoint');
    keeping.setAnchors({ files: [file, share, gone], witnesses: [anchor] }, names);
    expect(unlocked.acts.list().at(-1)).toMatchObject({ kind: 'log.anchor', signs: names });
    add(1, 2);
    const [inFile, inShare, notThere, byWitness] = await keeping.publish(around);
    expect([inFile, inShare, byWitness].map((state) => [state?.size, state?.code])).toEqual(Array(3).fill([2, null]));
    expect(notThere).toMatchObject({ place: gone, code: 'log.not-written' });
    expect(readFileSync(file, 'utf8')).toBe(log.newest().note);
    // In a folder of several stations the file is named after the log, and no half file stays.
    expect(readdirSync(share)).toEqual([`${log.origin.split('/').at(-1)}.checkpoint`]);
    expect(readdirSync(folder).sort()).toEqual(['newest.checkpoint', 'share']);

    const codes = async () => (await keeping.state()).map(({ code }) => code);
    expect(await codes()).toEqual([null, null, 'log.not-written', null]);
    add(3, 3);
    expect(await codes()).toEqual(['log.not-written', 'log.not-written', 'log.not-written', 'log.not-cosigned']);
    writeFileSync(file, 'x');
    expect((await codes())[0]).toBe('log.malformed');
    await keeping.publish(around);
    expect(await codes()).toEqual([null, null, 'log.not-written', null]);
  });

  it('is never replaced by an older state, nor by another history, until somebody puts it aside', async () => {
    const one = await station();
    const folder = temporaryFolder();
    const share = join(folder, 'share');
    mkdirSync(share);
    const file = join(folder, 'newest.checkpoint');
    const inShare = join(share, `${one.log.origin.split('/').at(-1)}.checkpoint`);
    const keepingOf = ({ store, unlocked }: typeof one) => logKeeping(store, () => unlocked, machineClock);
    keepingOf(one).setAnchors({ files: [file, share], witnesses: [] }, names);
    one.add(1, 3);
    const copy = temporaryFolder();
    cpSync(one.folder, copy, { recursive: true });
    one.add(4, 5);
    await keepingOf(one).publish(around);
    const newest = one.log.newest().note;

    // The older copy is put back: three records, where five were given out.
    const old = await station(copy);
    const told = async () => [await keepingOf(old).publish(around), await keepingOf(old).state()];
    const both = (size: number, code: string) => {
      const states = [file, share].map((place) => ({ kind: 'file', place, size, code }));
      return [states, states];
    };
    expect(await told()).toEqual(both(5, 'log.older'));
    // As many records, and more, that are others: the same size with another root, then a larger one that does not continue it.
    old.add(14, 15);
    expect(await told()).toEqual(both(5, 'log.forked'));
    old.add(16, 19);
    expect(await told()).toEqual(both(5, 'log.forked'));
    expect([file, inShare].map((path) => readFileSync(path, 'utf8'))).toEqual([newest, newest]);
    expect([readdirSync(share), readdirSync(folder)].flat().filter((name) => name.endsWith('.part'))).toEqual([]);

    // Both histories go on beside each other: each finds what the other wrote, and neither replaces it.
    one.add(6, 6);
    await keepingOf(one).publish(around);
    expect(await told()).toEqual(both(6, 'log.forked'));
    renameSync(file, join(folder, 'newest.lost'));
    const [written, kept] = await keepingOf(old).publish(around);
    expect([written, kept]).toMatchObject([
      { size: 9, code: null },
      { size: 6, code: 'log.forked' },
    ]);
    expect((await keepingOf(one).publish(around)).map(({ size, code }) => [size, code])).toEqual([
      [9, 'log.older'],
      [6, null],
    ]);
    expect(readFileSync(file, 'utf8')).toBe(old.log.newest().note);
  });

  it('leaves what another writes at the same moment, what is of another log, and what is no checkpoint’s size', async () => {
    const [one, other] = [await station(), await station()];
    for (const { add } of [one, other]) add(1, 2);
    const folder = temporaryFolder();
    const [file, foreign, long, unsigned] = ['a', 'b', 'c', 'd'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
      string,
    ];
    const theirs = other.log.newest().note;
    const looks: string[] = [];
    writeFileSync(file, 'an older one');
    const writing = writeCheckpointTo(file, one.log.origin, 'mine', (there) => {
      looks.push(there);
      if (there === 'theirs') throw new Failure('log.older', { size: 7 });
      writeFileSync(file, 'theirs');
    });
    expect(await codeOf(writing)).toBe('log.older');
    expect([looks, readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual([
      ['an older one', 'theirs'],
      'theirs',
      ['a'],
    ]);

    writeFileSync(foreign, theirs);
    writeFileSync(long, 'x'.repeat(600_000));
    // Whoever can write there can bear any name: without the signature it shows nothing, and hinders nothing.
    writeFileSync(unsigned, one.log.newest().note.replace('\n2\n', '\n99\n'));
    const keeping = logKeeping(one.store, () => one.unlocked, machineClock);
    keeping.setAnchors({ files: [foreign, long, unsigned], witnesses: [] }, names);
    expect((await keeping.publish(around)).map(({ code }) => code)).toEqual(['log.foreign', 'log.not-written', null]);
    expect([readFileSync(foreign, 'utf8'), readFileSync(long, 'utf8').length]).toEqual([theirs, 600_000]);
    expect(readFileSync(unsigned, 'utf8')).toBe(one.log.newest().note);
  });

  it('what a witness found is kept until it cosigns a later state, and an answer from before takes nothing back', async () => {
    const one = await station();
    const heard: unknown[] = [];
    const witness = witnessIn(temporaryFolder(), 'witness.example/w1', one.log.verifierKey);
    const { address, close } = await serveWitness(
      witness,
      { host: '127.0.0.1', port: 0 },
      () => at,
      null,
      (conflict) => heard.push(conflict),
    );
    onTestFinished(close);
    const times = { now: '2026-11-29T09:00:00Z' };
    const keepingOf = ({ store, unlocked }: typeof one) =>
      logKeeping(store, () => unlocked, { ...machineClock, now: () => times.now });
    keepingOf(one).setAnchors({ files: [], witnesses: [{ address, keys: witness.keys, authority: null }] }, names);
    one.add(1, 3);
    await keepingOf(one).publish(around);
    const before = one.log.cosignedBy('witness.example/w1');
    const copy = temporaryFolder();
    cpSync(one.folder, copy, { recursive: true });
    one.add(4, 5);
    await keepingOf(one).publish(around);

    const old = await station(copy);
    const stateOf = async () => (await keepingOf(old).state()).map(({ code, size, foundAt }) => [code, size, foundAt]);
    expect(await keepingOf(old).publish(around)).toMatchObject([{ code: 'witness.ahead', size: 5 }]);
    expect(await stateOf()).toEqual([['witness.ahead', 5, times.now]]);
    times.now = '2026-11-29T10:00:00Z';
    old.add(14, 16);
    await keepingOf(old).publish(around);
    expect(await stateOf()).toEqual([['witness.disagrees', null, times.now]]);
    expect(heard).toEqual([{ origin: one.log.origin, size: 6, seen: 5 }]);
    times.now = '2026-11-29T11:00:00Z';
    await keepingOf(old).publish(around);
    if (before !== null) old.log.keepCosigned('witness.example/w1', before);
    expect(await stateOf()).toEqual([['witness.disagrees', null, '2026-11-29T10:00:00Z']]);
    // The witness was shown that this history is the right one, and began again.
    old.log.keepCosigned('witness.example/w1', old.log.newest());
    expect(await stateOf()).toEqual([[null, 6, undefined]]);
  });

  it('is neither plain http to another machine, nor a witness without its keys', async () => {
    const { store, unlocked } = await station();
    const keeping = logKeeping(store, () => unlocked, machineClock);
    const keys = witnessIn(temporaryFolder(), 'witness.example/w1').keys;
    for (const [witness, code] of [
      [{ address: 'http://192.0.2.1/', keys, authority: null }, 'service.unusable'],
      [{ address: 'http://127.0.0.1.example/', keys, authority: null }, 'service.unusable'],
      [{ address: 'http://localhost:1@192.0.2.1/', keys, authority: null }, 'service.unusable'],
      [{ address: 'ftp://127.0.0.1/', keys, authority: null }, 'service.unusable'],
      [{ address: 'https://w.example/', keys: ['x'], authority: null }, 'log.malformed'],
      [{ address: 'https://w.example/', keys: [unlocked.log.verifierKey], authority: null }, 'log.malformed'],
    ] as const)
      expect(failureCodeOf(() => keeping.setAnchors({ files: [], witnesses: [witness] }, names))).toBe(code);
    expect(keeping.anchors()).toEqual({ files: [], witnesses: [] });
    expect(failureCodeOf(() => keeping.setAnchors({ files: [], witnesses: [] }, ['A', 'A']))).not.toBe('none');
  });
});
