import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type BankAnswers, bankAnswers } from '../../../main/answer/bank-answers.ts';
import type { ServerState } from '../../../main/answer/ways/bank-service.ts';
import { openDeskChannel } from '../../../main/answer/ways/desk-channel.ts';
import { Exchange } from '../../../main/answer/ways/exchange.ts';
import type { FolderState } from '../../../main/answer/ways/folder-fault.ts';
import { type OpenWays, openWays, type WaysNow } from '../../../main/answer/ways/open-ways.ts';
import type { StationClock } from '../../../main/machine/clock.ts';
import { limitClock } from '../../../main/machine/limit-clock.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { bankFile, bankSigner, orderClaims, orderToken } from '../../support/bank-side.ts';
import { webAuthority, webCertificate } from '../../support/https-server.ts';
import { extensions } from '../../support/test-pki.ts';
import { openIn, ownKeyFileProvider, random, temporaryFolder } from '../store/support.ts';

/*
 * The ways follow what is known of the bank's systems while they are open (docs/integration.md §4): two administrators let a
 * system in by another process, and nobody starts the desk anew for it.
 */

const instant = '2026-11-23T09:00:00Z';
const clock: StationClock = { now: () => instant, today: () => '2026-11-23' as PlainDate };
const signer = bankSigner();
const id = 'https://bank.example/branch';
const both = ['A. Berg', 'C. Dahl'] as const;
const extension = `chrome-extension://${'abcdefghijklmnop'.repeat(2)}/`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A folder that is open, and another process on it: what this one does is seen by the first one's looking alone. */
async function station() {
  const directory = temporaryFolder();
  const waiting = new Set<() => void>();
  const after = (_: number, act: () => void) => {
    waiting.add(act);
    return () => void waiting.delete(act);
  };
  const answersOf = async (): Promise<BankAnswers> => {
    const store = openIn(directory);
    const unlocked = await store.unlock(ownKeyFileProvider);
    return bankAnswers(store, () => unlocked, { clock: limitClock(clock, store.recordedTime), after, random });
  };
  const desk = await answersOf();
  const elsewhere = await answersOf();
  const heard: WaysNow[] = [];
  let wake = (): void => undefined;
  const changed = (now: WaysNow): void => {
    heard.push(now);
    wake();
  };
  /** Every timer goes off once; the next state of the ways that is heard. */
  const nextChange = async (): Promise<WaysNow> => {
    const before = heard.length;
    const { promise, resolve } = Promise.withResolvers<void>();
    wake = resolve;
    for (const act of [...waiting]) {
      waiting.delete(act);
      act();
    }
    if (heard.length === before) await promise;
    const now = heard.at(-1);
    if (now === undefined) throw new Error('nothing was heard');
    return now;
  };
  return { directory, desk, elsewhere, changed, nextChange, after, waiting };
}

function closedAtEnd(ways: OpenWays): OpenWays {
  onTestFinished(() => ways.close());
  return ways;
}

it('hears a system that is let in while they are open, by its folder, and no more once it was taken back', async () => {
  const { directory, desk, elsewhere, changed, nextChange, waiting } = await station();
  const ways = closedAtEnd(await desk.openWays({ changed }));
  expect(ways.now()).toEqual({ channel: false, folders: [], services: [], failure: null });

  const drop = join(directory, 'drop');
  mkdirSync(join(drop, 'orders'), { recursive: true });
  const aud = desk.stationId();
  const order = (jti: string) => orderToken(signer, orderClaims(Date.parse(instant) / 1000, { aud, jti }));
  writeFileSync(join(drop, 'orders/one.jws'), order('order-1'));
  elsewhere.addBank(bankFile(signer, { audiences: [], folder: drop }), both);
  const { promise: taken, resolve } = Promise.withResolvers<string>();
  desk.onChange(({ order: one }) => resolve(one.id));
  expect(await nextChange()).toMatchObject({ folders: [drop], failure: null });
  expect(await taken).toBe('order-1');

  // Its folder is another one from now on: the one before is looked into no more.
  const other = join(directory, 'other');
  mkdirSync(join(other, 'orders'), { recursive: true });
  elsewhere.addBank(bankFile(signer, { audiences: [], folder: other }), both);
  expect(await nextChange()).toMatchObject({ folders: [other] });
  elsewhere.removeBank(id, ['A. Berg']);
  expect(await nextChange()).toMatchObject({ folders: [] });
  writeFileSync(join(drop, 'orders/two.jws'), order('order-2'));
  writeFileSync(join(other, 'orders/two.jws'), order('order-2'));
  for (const act of [...waiting]) act();
  expect(desk.taken(id, 'order-2')).toBeNull();
  expect([drop, other].map((each) => existsSync(join(each, 'answers/two.refused.json')))).toEqual([false, false]);
});

it('asks the server of a system that is connected later, by its new certificate once that was renewed', async () => {
  const { desk, elsewhere, changed, nextChange } = await station();
  const ways = closedAtEnd(await desk.openWays({ changed }));
  const authority = webAuthority(61);
  const connect = (serial: number): void => {
    const { certificate, key } = webCertificate(authority, serial, { extensions: [extensions.digitalSignature()] });
    elsewhere.connect(id, {
      authority: bytes(authority.pem),
      certificate: bytes(certificate),
      key: bytes(key),
      passphrase: null,
    });
  };
  // Nothing listens there: who is asked is told all the same.
  const file = bankFile(signer, { audiences: [], ways: ['https'], address: 'https://127.0.0.1:9/styrk/' });
  elsewhere.addBank(file, both);
  connect(62);
  expect(await nextChange()).toMatchObject({ services: [id] });
  elsewhere.removeBank(id, ['A. Berg']);
  expect(await nextChange()).toMatchObject({ services: [] });
  elsewhere.addBank(file, both);
  connect(63);
  expect(await nextChange()).toMatchObject({ services: [id] });
  expect(ways.now().services).toEqual([id]);
});

it('opens the channel of browsers for a system that comes by it, and takes it over from an instance that ended', async () => {
  const { directory, desk, elsewhere, changed, nextChange } = await station();
  const exchange = new Exchange(desk, () => () => undefined);
  onTestFinished(() => exchange.close());
  const first = await openDeskChannel(directory, exchange, random);
  const ways = closedAtEnd(await desk.openWays({ changed }));
  const file = bankFile(signer, { audiences: [], ways: ['native-messaging', 'link'], origins: [extension] });
  elsewhere.addBank(file, both);
  await first?.close();
  expect(await nextChange()).toMatchObject({ channel: true });
  elsewhere.addBank(bankFile(signer, { audiences: [], ways: ['link'] }), both);
  expect(await nextChange()).toMatchObject({ channel: false });
  expect(existsSync(join(directory, 'styrk.channel'))).toBe(false);
  expect(ways.now().channel).toBe(false);
});

it('leaves what is open as it is while what is known cannot be looked at, says so once, and looks again', async () => {
  const { directory, desk, elsewhere, nextChange, changed, after } = await station();
  const drop = join(directory, 'drop');
  mkdirSync(join(drop, 'orders'), { recursive: true });
  elsewhere.addBank(bankFile(signer, { audiences: [], folder: drop }), both);
  let failing = false;
  const banks: BankAnswers['banks'] = () => {
    if (failing) throw new Failure('trust.tampered');
    return desk.banks();
  };
  const around = {
    directory,
    after,
    now: () => instant,
    random,
    services: () => [],
    heard: { changed, server: () => undefined, folder: () => undefined, delivered: () => undefined },
  };
  const ways = closedAtEnd(await openWays({ ...desk, banks }, around));
  failing = true;
  expect(await nextChange()).toEqual({ channel: false, folders: [drop], services: [], failure: 'trust.tampered' });
  failing = false;
  expect(await nextChange()).toMatchObject({ folders: [drop], failure: null });
  await ways.close();
  failing = true;
  await expect(openWays({ ...desk, banks }, around)).rejects.toMatchObject({ code: 'trust.tampered' });
});

// A bank's developer followed docs/integration.md: nobody said that their server had been reached, or why it had not.
it('says how the server of a system answers, once, and another process on the folder says it too', async () => {
  const { desk, elsewhere, waiting } = await station();
  const authority = webAuthority(71);
  const { certificate, key } = webCertificate(authority, 72, { extensions: [extensions.digitalSignature()] });
  elsewhere.addBank(bankFile(signer, { audiences: [], ways: ['https'], address: 'https://127.0.0.1:9/styrk/' }), both);
  const files = { authority: bytes(authority.pem), certificate: bytes(certificate), key: bytes(key) };
  elsewhere.connect(id, { ...files, passphrase: null });
  expect(elsewhere.servers()).toEqual([]);
  const { promise: first, resolve } = Promise.withResolvers<void>();
  const said: (readonly [string, ServerState])[] = [];
  const server = (system: string, state: ServerState): void => {
    said.push([system, state]);
    resolve();
  };
  closedAtEnd(await desk.openWays({ server }));
  await first;
  const state = { code: 'service.unreachable', call: 'orders', detail: 'ECONNREFUSED', since: instant };
  expect(said).toEqual([[id, state]]);
  expect(elsewhere.servers()).toEqual([{ system: id, ...state }]);
  for (const act of [...waiting]) act();
  expect(said).toHaveLength(1);
  elsewhere.removeBank(id, ['A. Berg']);
  expect(elsewhere.servers()).toEqual([]);
});

// A bank's developer followed docs/integration.md: the folder of a mistyped path was made, and nothing ever came.
it('says that a drop folder cannot be used, makes none, and says when it can', async () => {
  const { directory, desk, elsewhere, waiting } = await station();
  const drop = join(directory, 'drpo');
  elsewhere.addBank(bankFile(signer, { audiences: [], folder: drop }), both);
  const said: (readonly [string, FolderState])[] = [];
  let wake = (): void => undefined;
  const folder = (path: string, state: FolderState): void => {
    said.push([path, state]);
    wake();
  };
  closedAtEnd(await desk.openWays({ folder }));
  const failing = { code: 'bank.folder-unusable', detail: 'ENOENT', since: instant };
  expect(said).toEqual([[drop, failing]]);
  expect(existsSync(drop)).toBe(false);
  const { promise: usable, resolve } = Promise.withResolvers<void>();
  wake = resolve;
  mkdirSync(join(drop, 'orders'), { recursive: true });
  for (const act of [...waiting]) act();
  await usable;
  expect(said[1]).toEqual([drop, { code: null, detail: null, since: instant }]);
});
