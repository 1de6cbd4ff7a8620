import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { openHouse } from '../../../main/house/open-house.ts';
import type { Confirmation } from '../../../main/station/confirmation.ts';
import { createDesk } from '../../../main/station/desk.ts';
import type { CaseFacts } from '../../../main/verification/types.ts';
import { deskWithoutWindows } from '../../support/desk-without-windows.ts';
import { rejection } from '../../support/rejection.ts';
import { trainingFolder } from '../../support/training-folder.ts';
import { caseFacts } from '../records/case-facts.ts';

/*
 * How long records are kept, as the office says it (AMLR 2024/1624 art. 77(3) and (4)): each change is confirmed outside the page, and
 * done to the records that were read there. On a real data folder that nobody signs in to: the folder with operators is in
 * `operator-answers.test.ts` and `session.test.ts`.
 */

const root = resolve(import.meta.dirname, '../../..');

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
  const shown: unknown[] = [];
  let meanwhile = async (): Promise<void> => undefined;
  let says: 'yes' | 'cancel' = 'yes';
  const people = async (window: Confirmation): Promise<void> => {
    const view = window.view();
    shown.push({ step: view?.step, values: view?.rows.map(({ value }) => value) });
    await meanwhile();
    if (view?.step === 'names') await window.answer({ kind: 'names', first: 'A. Berg', second: 'C. Dahl' });
    else await window.answer({ kind: says });
  };
  const desk = createDesk({
    house,
    ...deskWithoutWindows,
    showConfirmation: (window) => void people(window),
  });
  onTestFinished(async () => {
    await desk.leave();
    await house.close();
  });
  return {
    house,
    answers: desk.answers,
    shown,
    keep: (id: string, changes: Partial<CaseFacts> = {}) => house.keepRecord(caseFacts(id, changes)),
    setMeanwhile: (act: () => Promise<void>) => {
      meanwhile = act;
    },
    setSays: (word: 'yes' | 'cancel') => {
      says = word;
    },
  };
}

it('events, holds and releases are shown in the window outside the page and stand in the acts', async () => {
  const { house, answers, shown, keep } = await office();
  await answers['app.setLanguage']('sv');
  await keep('case-1');
  await keep('case-2');
  const on = house.today();
  expect(await answers['retention.event']({ record: '1' }, { kind: 'transaction-done', on })).toEqual({
    numbers: '1',
    count: 1,
  });
  const customer = caseFacts('x').holder?.id ?? '';
  const until = `${Number(on.slice(0, 4)) + 6}-01-31`;
  expect(await answers['retention.hold']({ customer }, { authority: 'Court of X', reason: 'inquiry', until })).toEqual({
    numbers: '1-2',
    count: 2,
  });
  const state = await answers['retention.state']();
  expect(state).toMatchObject({
    due: { count: 0 },
    holds: [{ until, numbers: '1-2', authority: 'Court of X', reason: 'inquiry' }],
    erased: 0,
    erasures: [],
  });
  const [hold] = state.holds;
  expect(await answers['retention.release'](hold?.hold ?? 0)).toBeNull();
  expect(await answers['retention.state']()).toMatchObject({ holds: [] });
  expect(shown).toMatchObject([
    { step: 'yes', values: ['1', 'Transaktionen klar', on] },
    { step: 'yes', values: ['1-2', until, 'Court of X', 'inquiry'] },
    { step: 'names', values: ['1-2', until, 'Court of X'] },
  ]);
  const acts = house.keeping.acts.done().all;
  expect(acts.map(({ kind, signs }) => [kind, signs])).toEqual([
    ['record.event', [house.operatingSystemUser]],
    ['record.hold', [house.operatingSystemUser]],
    ['record.release', ['A. Berg', 'C. Dahl']],
  ]);
});

it('nothing is done that nobody confirmed, and nothing to records that came while people read', async () => {
  const { house, answers, keep, setMeanwhile, setSays } = await office();
  await keep('case-1');
  const customer = caseFacts('x').holder?.id ?? '';
  const event = { kind: 'relationship-ended', on: house.today() } as const;
  const say = async () => answers['retention.event']({ customer }, event);
  setSays('cancel');
  expect(await rejection(say())).toMatchObject({ code: 'trust.not-confirmed' });
  setSays('yes');
  setMeanwhile(async () => void (await keep('case-2')));
  expect(await rejection(say())).toMatchObject({ code: 'confirm.changed' });
  expect(house.keeping.acts.done().all).toEqual([]);
});

it('what is refused is refused before anybody is asked', async () => {
  const { answers, shown, keep } = await office();
  await keep('case-1');
  const hold = { authority: ' ', reason: 'why', until: '2031-01-31' };
  const refused = async (act: () => unknown) => (await rejection((async () => act())())) ?? { code: null };
  expect((await refused(() => answers['retention.hold']({ record: '1' }, hold))).code).toBe('decision.reason-missing');
  expect(
    (await refused(() => answers['retention.event']({ record: '1' }, { kind: 'transaction-done', on: '2026-02-30' })))
      .code,
  ).toBe('call.malformed');
  expect((await refused(() => answers['retention.event']({ record: '99' }, null))).code).toBe('record.not-found');
  expect((await refused(() => answers['retention.release'](7))).code).toBe('retention.hold-unknown');
  expect(shown).toEqual([]);
});
