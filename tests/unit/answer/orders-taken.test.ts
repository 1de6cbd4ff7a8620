import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import canonicalize from 'canonicalize';
import { describe, expect, it } from 'vitest';
import { type BankAnswers, bankAnswers } from '../../../main/answer/bank-answers.ts';
import type { StationClock } from '../../../main/machine/clock.ts';
import { limitClock } from '../../../main/machine/limit-clock.ts';
import { asFailure } from '../../../main/result/failure.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { alone, bankFile, bankSigner, orderClaims, orderToken } from '../../support/bank-side.ts';
import { fromOutside } from '../../support/from-outside.ts';
import { runHere } from '../../support/side-door.ts';
import { openIn, ownKeyFileProvider, random, temporaryFolder } from '../store/support.ts';

/*
 * Orders of the bank's systems as a station keeps them: each once, sealed, for systems alone for which two administrators stand.
 */

const two = ['A. Berg', 'C. Dahl'];
const signer = bankSigner();
const clock = { instant: '2026-11-23T09:00:00Z' };
const stationClock: StationClock = {
  now: () => clock.instant,
  today: () => clock.instant.slice(0, 10) as PlainDate,
};
const seconds = (): number => Date.parse('2026-11-23T09:00:00Z') / 1000;
const folder = { way: 'folder', origins: [] } as const;

async function station(directory = temporaryFolder()): Promise<{ answers: BankAnswers; directory: string }> {
  clock.instant = '2026-11-23T09:00:00Z';
  const store = openIn(directory);
  const unlocked = await store.unlock(ownKeyFileProvider);
  return {
    answers: bankAnswers(store, () => unlocked, {
      clock: limitClock(stationClock, store.recordedTime),
      after: () => () => undefined,
      random,
    }),
    directory,
  };
}

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (thrown: unknown) => asFailure(thrown).code,
  );

describe('an order of the bank', () => {
  it('is foreign until two administrators let its system in, and again when it is taken back', async () => {
    const { answers } = await station();
    const token = orderToken(signer, orderClaims(seconds()));
    expect(await code(answers.take(token, folder))).toBe('order.foreign');
    expect(() => answers.addBank(bankFile(signer), ['A. Berg', 'a.berg '])).toThrow('trust.pin-same-person');
    expect(() => answers.addBank(bankFile(signer), ['A. Berg'])).toThrow('operator.name-missing');
    expect(answers.banks()).toEqual([]);
    answers.addBank(bankFile(signer), two, alone);
    expect(answers.banks()).toMatchObject([{ system: { id: 'https://bank.example/branch' }, addedBy: two }]);
    expect(await code(answers.take(token, folder))).toBe('taken');
    expect(() => answers.removeBank('https://other.example', two)).toThrow('bank.unknown');
    answers.removeBank('https://bank.example/branch', ['A. Berg']);
    expect(await code(answers.take(token, folder))).toBe('order.foreign');
  });

  // An order is confirmed once for each issuer as people read it: one of two that are alike would block the other's.
  it('is no second one whose id differs in case or form alone', async () => {
    const { answers } = await station();
    const add = (id: string, changes = {}) => answers.addBank(bankFile(signer, { id, audiences: [], ...changes }), two);
    const [first, ...alike] = [
      'https://bank.example/Branch',
      'https://BANK.example/branch',
      'https://bank.example/branch',
    ];
    add(first ?? '');
    for (const id of alike) expect(() => add(id)).toThrow('bank.id-alike');
    // Itself anew, and one that is another to everybody.
    add(first ?? '', { name: 'Exempelbanken, nytt namn' });
    add('https://bank.example/branch-2');
    expect(answers.banks().map(({ system }) => system.id)).toEqual([first, 'https://bank.example/branch-2']);
    answers.removeBank(first ?? '', ['A. Berg']);
    add(alike[0] ?? '');
  });

  // Looked into under two names a folder would have each system's orders refused as those of the other's.
  it('has its drop folder under one name, however it is written', async () => {
    const { answers } = await station();
    const folderOf = (written: string) =>
      answers.addBank(bankFile(signer, { audiences: [], folder: written }), two).folder;
    const one = resolve('/srv/drop');
    for (const written of ['/srv/drop', '/srv/drop/', '/srv//drop', '/srv/./drop', '/srv/other/../drop'])
      expect(folderOf(written)).toBe(one);
    for (const written of ['drop', './drop', '', '/srv/drop\0'])
      expect(() => folderOf(written)).toThrow('bank.malformed');
  });

  // A station knows of its own orders alone: where two bear one name both would take the order, and the customer confirm it twice.
  it('is for the station by its own id, and by another name only where two people said that it alone bears it', async () => {
    const { answers } = await station();
    // Before anybody is asked to answer for it, too.
    expect(() => answers.readBank(bankFile(signer), { audiences: [] })).toThrow('bank.shared-audience');
    expect(answers.readBank(bankFile(signer), { audiences: ['exempelbanken'] }).id).toBe('https://bank.example/branch');
    expect(() => answers.addBank(bankFile(signer), two)).toThrow('bank.shared-audience');
    expect(() => answers.addBank(bankFile(signer), two, { audiences: ['exempel'] })).toThrow('bank.shared-audience');
    answers.addBank(bankFile(signer, { audiences: undefined }), two);
    const named = orderToken(signer, orderClaims(seconds()));
    expect(await code(answers.take(named, folder))).toBe('order.foreign');
    const meant = orderToken(signer, orderClaims(seconds(), { aud: answers.stationId() }));
    expect(await code(answers.take(meant, folder))).toBe('taken');
    const other = (await station()).answers;
    other.addBank(bankFile(signer, { audiences: undefined }), two);
    expect(await code(other.take(meant, folder))).toBe('order.foreign');
  });

  it('is taken once: asked again it is the same order, also when it has expired, and never a second one', async () => {
    const { answers } = await station();
    answers.addBank(bankFile(signer), two, alone);
    const token = orderToken(signer, orderClaims(seconds()));
    const heard: number[] = [];
    answers.onChange(({ number }) => heard.push(number));
    const first = await answers.take(token, folder);
    expect(first).toMatchObject({ state: 'waiting', answer: null, order: { id: 'order-4711' } });
    const { kid: _, ...key } = signer.jwk;
    expect(first.keyPrint).toBe(
      createHash('sha256')
        .update(canonicalize(key) ?? '')
        .digest('base64url'),
    );
    clock.instant = '2026-11-25T09:00:00Z';
    expect(await answers.take(token, folder)).toEqual(first);
    // In time it waited; nobody can confirm it now.
    expect(answers.waiting().orders).toEqual([]);
    expect(heard).toEqual([first.number, first.number]);
  });

  it('is replayed where its name comes with other content, or by another way', async () => {
    const { answers } = await station();
    answers.addBank(bankFile(signer), two, alone);
    const claims = orderClaims(seconds());
    await answers.take(orderToken(signer, claims), folder);
    const more = orderToken(signer, {
      ...claims,
      order: { text: 'Överföring till Åsa Öberg', purpose: 'large-transfer' },
    });
    expect(await code(answers.take(more, folder))).toBe('order.replayed');
    expect(await code(answers.take(orderToken(signer, claims), { way: 'link', origins: [] }))).toBe('order.replayed');
    expect(answers.waiting().orders).toHaveLength(1);
  });

  it('is one order for two instances that are given it at once', async () => {
    const { answers, directory } = await station();
    const other = (await station(directory)).answers;
    answers.addBank(bankFile(signer), two, alone);
    const token = orderToken(signer, orderClaims(seconds()));
    const [one, two_] = await Promise.all([answers.take(token, folder), other.take(token, folder)]);
    expect(one).toEqual(two_);
    expect(other.waiting().orders).toHaveLength(1);
  });

  it('is not believed of a system that somebody wrote into the database', async () => {
    const { answers, directory } = await station();
    const thief = bankSigner('thief');
    const content = new TextDecoder().decode(bankFile(thief, { id: 'https://thief.example' })).replaceAll("'", "''");
    fromOutside(
      join(directory, 'styrk.db'),
      `INSERT INTO bank_systems VALUES ('https://thief.example', '${content}', '', '[]')`,
    );
    const token = orderToken(thief, orderClaims(seconds(), { iss: 'https://thief.example' }));
    expect(await code(answers.take(token, folder))).toBe('trust.tampered');
  });

  it('leaves neither its text nor its reference in the bytes of the folder', async () => {
    const { answers, directory } = await station();
    answers.addBank(bankFile(signer), two, alone);
    await answers.take(orderToken(signer, orderClaims(seconds())), folder);
    const { readdirSync, readFileSync } = await import('node:fs');
    const bytes = readdirSync(directory).map((name) => readFileSync(join(directory, name)).toString('latin1'));
    for (const secret of ['1234567897', 'order-4711', Buffer.from('Åsa Öberg').toString('latin1'), '125000'])
      expect(bytes.some((text) => text.includes(secret))).toBe(false);
  });
});

describe('styrk banks', () => {
  it('lets a system in by two people who say yes, lists it with the station’s keys, and takes it back', async () => {
    const data = temporaryFolder();
    const file = join(data, 'bank.json');
    writeFileSync(file, bankFile(signer));
    const run = (...argv: string[]) => runHere(['banks', ...argv, '--training', '--json', '--data', join(data, 'd')]);
    expect((await run('add', file, '--by', 'A. Berg')).status).toBe(2);
    const unsaid = await run('add', file, '--by', 'A. Berg', '--by', 'C. Dahl');
    expect(unsaid.json()).toMatchObject({
      error: { code: 'bank.shared-audience', fields: { audience: 'exempelbanken' } },
    });
    const added = await run('add', file, '--by', 'A. Berg', '--by', 'C. Dahl', '--audience', 'exempelbanken');
    expect(added.json()).toMatchObject({ bank: { id: 'https://bank.example/branch', algorithm: 'EdDSA' } });
    const listed = (await run('list')).json();
    expect(listed).toMatchObject({
      banks: [{ system: { name: 'Exempelbanken, kontorssystemet' }, addedBy: ['A. Berg', 'C. Dahl'] }],
      keys: [
        { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' },
        { kty: 'EC', crv: 'P-256', alg: 'ES256' },
      ],
    });
    expect((await run('list')).json().keys).toEqual(listed.keys);
    expect((await run('remove', 'https://bank.example/branch', '--by', 'A. Berg')).status).toBe(0);
    expect((await run('list')).json().banks).toEqual([]);
    // Whoever adds it hears at once of a path that leads nowhere.
    const drop = join(data, 'drpo');
    const add = async () => {
      writeFileSync(file, bankFile(signer, { folder: drop }));
      return run('add', file, '--by', 'A. Berg', '--by', 'C. Dahl', '--audience', 'exempelbanken');
    };
    const warned = await add();
    expect(warned.json()).toMatchObject({
      bank: { folder: drop },
      folder: { code: 'bank.folder-unusable', detail: 'ENOENT' },
    });
    expect(warned.stderr).toContain(`Folder: ${drop}. The drop folder is not there`);
    expect(existsSync(drop)).toBe(false);
    mkdirSync(join(drop, 'orders'), { recursive: true });
    expect((await add()).json()).toMatchObject({ folder: null });
    writeFileSync(file, '{"id":"a","id":"b"}');
    const refused = await run('add', file, '--by', 'A. Berg', '--by', 'C. Dahl', '--audience', 'exempelbanken');
    expect(refused.json()).toMatchObject({ error: { code: 'bank.malformed', fields: { reason: 'a member twice' } } });
  });

  it.each([
    [{ folder: 'drop' }, 'folder: not a whole path'],
    [{ folder: '' }, 'folder: not a whole path'],
    [{ folder: '/drop\u0000/x' }, 'folder: not a whole path'],
    // A name that staff read: what is not seen in it is another system's name to them.
    [{ name: 'Exempelbanken\u3164' }, 'name'],
    [{ name: 'Exempelbanken\u2800' }, 'name'],
    [{ name: ' Exempelbanken' }, 'name'],
  ])('described as %j is refused', async (changes, reason) => {
    const { answers } = await station();
    const refused = expect.objectContaining({ code: 'bank.malformed', fields: { reason } });
    expect(() => answers.addBank(bankFile(signer, changes), two, alone)).toThrow(refused);
    expect(answers.banks()).toEqual([]);
  });
});
