import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { newHeadquartersKeys } from '../../../main/fleet/headquarters-keys.ts';
import { openHouse } from '../../../main/house/open-house.ts';
import { answerCall } from '../../../main/station/call-gate.ts';
import type { Confirmation } from '../../../main/station/confirmation.ts';
import { createDesk } from '../../../main/station/desk.ts';
import { appOrigin } from '../../../main/station/page-origin.ts';
import type { ConfirmView } from '../../../preload/confirm-contract.ts';
import type { MethodName } from '../../../preload/contract.ts';
import { deskWithoutWindows } from '../../support/desk-without-windows.ts';
import { webAuthority, webCertificate } from '../../support/https-server.ts';
import { trainingFolder } from '../../support/training-folder.ts';
import { random } from '../store/support.ts';

/*
 * Headquarters is set and taken back at the desk: files are chosen in a dialog of the system, two people confirm what was read of them
 * in the window outside the page, and that is what is set. On a real folder that nobody signs in to.
 */

const root = resolve(import.meta.dirname, '../../..');
const authority = webAuthority(51);
const identity = webCertificate(authority, 52);
const address = 'postgresql://localhost:1/styrk';

function stick(): string {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-stick-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const { name, bytes } of newHeadquartersKeys(random)) writeFileSync(join(folder, name), bytes);
  const files = {
    'ca.pem': authority.pem,
    'me.pem': identity.certificate,
    'me.key': identity.key,
    'word.txt': 'word\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const all = ['ca.pem', 'me.pem', 'me.key', 'sealing.pub', 'issuing.pub', 'receiving.key'];

async function office() {
  const house = await openHouse({
    directory: await trainingFolder(),
    kind: 'training',
    version: '0.0.0-test',
    resourcesDirectory: `${root}/resources`,
    workerUrl: pathToFileURL(`${root}/main/inspection/worker.ts`),
    key: { kind: 'key-file', path: null },
    readers: 'training',
  });
  const asked: ConfirmView[] = [];
  const folder = stick();
  const state = { chosen: [] as readonly string[], meanwhile: async (): Promise<void> => undefined, says: 'names' };
  const people = async (window: Confirmation): Promise<void> => {
    const view = window.view();
    if (view !== null) asked.push(view);
    await state.meanwhile();
    if (state.says === 'names') await window.answer({ kind: 'names', first: 'A. Berg', second: 'C. Dahl' });
    else window.cancel();
  };
  const desk = createDesk({
    house,
    ...deskWithoutWindows,
    chooseFiles: async () => state.chosen.map((name) => join(folder, name)),
    showConfirmation: (window) => void people(window),
  });
  onTestFinished(async () => {
    await desk.leave();
    await house.close();
  });
  const around = { answers: desk.answers, pageOrigin: appOrigin, log: () => undefined };
  const call = (method: MethodName, ...args: readonly unknown[]) =>
    answerCall(around, method, { url: `${appOrigin}/index.html`, mainFrame: true }, args);
  const choose = async (...names: readonly string[]) => {
    state.chosen = names;
    return call('headquarters.choose', 'files');
  };
  return { house, call, choose, asked, state, folder };
}

it('chosen files are shown by what they are, confirmed by two, and set as they were read', async () => {
  const { house, call, choose, asked } = await office();
  await call('app.setLanguage', 'sv');
  const chosen = await choose(...all);
  expect(chosen).toMatchObject({ ok: true, value: { ready: true, hindrance: null } });
  const text = JSON.stringify(chosen);
  expect(text).not.toContain('PRIVATE KEY');
  expect(text).not.toContain('styrk-stick-');
  expect(await call('headquarters.set', ` ${address} `)).toEqual({ ok: true, value: null });
  const set = house.fleet.show();
  expect(set).toMatchObject({
    host: 'localhost',
    port: 1,
    identified: true,
    receives: true,
    setBy: ['A. Berg', 'C. Dahl'],
  });
  const rows = asked[0]?.rows.map(({ value }) => value.replaceAll(' ', '')) ?? [];
  for (const told of [set?.sealingKey, set?.issuingKey, set?.certificate?.fingerprint, set?.authority?.fingerprint])
    expect(rows).toContain(told);
  expect(rows).toContain('localhost:1,styrk');
  expect(house.keeping.acts.done().all.map(({ kind, signs }) => [kind, signs])).toEqual([
    ['fleet.set', ['A. Berg', 'C. Dahl']],
  ]);
  // Nothing of it waits any more, and delivery has begun.
  expect(await call('headquarters.state')).toMatchObject({
    ok: true,
    value: { chosen: null, set: { host: 'localhost' } },
  });

  expect(await call('headquarters.unset')).toEqual({ ok: true, value: null });
  expect(house.fleet.show()).toBeNull();
  expect(house.keeping.acts.done().all.map(({ kind }) => kind)).toEqual(['fleet.set', 'fleet.unset']);
  expect(asked[1]?.rows[0]?.value).toBe('localhost:1, styrk');
  expect(await call('headquarters.unset')).toMatchObject({ ok: false, code: 'fleet.not-set' });
});

it('files come one by one too, a later one in the place of the one before', async () => {
  const { call, choose, state } = await office();
  expect(await choose('me.pem')).toMatchObject({ value: { ready: false, hindrance: 'service.unusable' } });
  expect(await choose('me.key')).toMatchObject({ value: { ready: false, hindrance: null } });
  expect(await choose('sealing.pub')).toMatchObject({ value: { ready: true } });
  state.chosen = ['word.txt'];
  expect(await call('headquarters.choose', 'password')).toMatchObject({
    value: {
      files: [{ part: 'certificate' }, { part: 'key' }, { part: 'sealing' }, { part: 'password', name: 'word.txt' }],
    },
  });
  expect(JSON.stringify(await call('headquarters.state'))).not.toContain('word\\n');
  state.chosen = [];
  expect(await call('headquarters.choose', 'files')).toEqual({ ok: true, value: null });
  expect(await call('headquarters.leave')).toEqual({ ok: true, value: null });
  expect(await call('headquarters.state')).toMatchObject({ value: { chosen: null } });
});

it('what is no file of these, or stays at headquarters, is refused by its name, and nothing of that choice is taken', async () => {
  const { call, choose, folder } = await office();
  writeFileSync(join(folder, 'large.pem'), Buffer.alloc(65 * 1024, 0x2d));
  for (const [name, code] of [
    ['sealing.key', 'fleet.malformed'],
    ['word.txt', 'fleet.malformed'],
    ['large.pem', 'input.too-large'],
    ['gone.pem', 'input.unreadable'],
  ])
    expect(await choose('sealing.pub', name ?? '')).toMatchObject({ ok: false, code, fields: { file: name } });
  expect(await choose('ca.pem', 'ca.pem')).toMatchObject({ ok: false, code: 'fleet.malformed' });
  expect(await call('headquarters.state')).toMatchObject({ value: { chosen: null } });
});

it('a page sets nothing by itself: no files, no key, no people, a path in the address, or another choice while people read', async () => {
  const { house, call, choose, asked, state } = await office();
  expect(await call('headquarters.set', address)).toMatchObject({ ok: false, code: 'fleet.not-set' });
  await choose('me.pem', 'me.key', 'ca.pem');
  expect(await call('headquarters.set', address)).toMatchObject({ ok: false, code: 'fleet.not-set' });
  await choose('sealing.pub');
  for (const wrong of [
    '',
    'https://hq/styrk',
    'postgresql://a:secret@hq/styrk',
    'postgresql:///styrk?host=/run/postgresql',
  ])
    expect(await call('headquarters.set', wrong)).toMatchObject({ ok: false, code: 'service.unusable' });
  expect(asked).toEqual([]);
  state.says = 'cancel';
  expect(await call('headquarters.set', address)).toMatchObject({ ok: false, code: 'trust.not-confirmed' });
  state.says = 'names';
  state.meanwhile = async () => void (await choose('receiving.key'));
  expect(await call('headquarters.set', address)).toMatchObject({ ok: false, code: 'confirm.changed' });
  expect(house.fleet.show()).toBeNull();
  for (const args of [[], [null], ['x'.repeat(601)], [address, 'A. Berg', 'C. Dahl']])
    expect(await call('headquarters.set', ...args)).toMatchObject({ ok: false, code: 'call.malformed' });
  for (const args of [[], ['/etc/passwd'], ['files', '/etc/passwd']])
    expect(await call('headquarters.choose', ...args)).toMatchObject({ ok: false, code: 'call.malformed' });
  expect(house.keeping.acts.done().all).toEqual([]);
});
