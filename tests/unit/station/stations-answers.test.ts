import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { openHouse } from '../../../main/house/open-house.ts';
import type { Referral } from '../../../main/house/referral.ts';
import { mostTravelling } from '../../../main/house/travel/travelling-case.ts';
import { answerCall } from '../../../main/station/call-gate.ts';
import type { Confirmation } from '../../../main/station/confirmation.ts';
import { createDesk } from '../../../main/station/desk.ts';
import { appOrigin } from '../../../main/station/page-origin.ts';
import { noAnswers } from '../../../main/verification/errand-checks.ts';
import type { ConfirmView } from '../../../preload/confirm-contract.ts';
import { type MethodName, type StationsView, stationsBounds } from '../../../preload/contract.ts';
import { deskWithoutWindows } from '../../support/desk-without-windows.ts';
import { temporaryFolder } from '../../support/side-door.ts';
import { caseFacts } from '../records/case-facts.ts';

/*
 * Two desks whose folders have nothing in common hand each other cases as files (docs/referrals.md): cards and files are named in
 * dialogs of the system, people confirm outside the page, and of a file the page is told numbers and stations, never its bytes or place.
 */

const root = resolve(import.meta.dirname, '../../..');

async function desk() {
  const house = await openHouse({
    directory: temporaryFolder(),
    kind: 'training',
    version: '0.0.0-test',
    resourcesDirectory: join(root, 'resources'),
    workerUrl: pathToFileURL(join(root, 'main/inspection/worker.ts')),
    key: { kind: 'key-file', path: null },
    readers: 'training',
  });
  const folder = temporaryFolder();
  const asked: ConfirmView[] = [];
  const state = {
    chosen: [] as readonly string[],
    named: null as string | null,
    offered: '',
    says: 'yes' as 'yes' | 'cancel',
    meanwhile: async (): Promise<void> => undefined,
  };
  const people = async (window: Confirmation): Promise<void> => {
    const view = window.view();
    if (view !== null) asked.push(view);
    await state.meanwhile();
    if (state.says === 'cancel') window.cancel();
    else if (view?.step === 'names') await window.answer({ kind: 'names', first: 'A. Berg', second: 'C. Dahl' });
    else await window.answer({ kind: 'yes' });
  };
  const own = createDesk({
    house,
    ...deskWithoutWindows,
    chooseFiles: async () => state.chosen,
    chooseNewFile: async (name) => {
      state.offered = name;
      return state.named === null ? null : join(folder, state.named);
    },
    showConfirmation: (window) => void people(window),
  });
  onTestFinished(async () => {
    await own.leave();
    await house.close();
  });
  const around = { answers: own.answers, pageOrigin: appOrigin, log: () => undefined };
  const call = (method: MethodName, ...args: readonly unknown[]) =>
    answerCall(around, method, { url: `${appOrigin}/index.html`, mainFrame: true }, args);
  const value = async <Value = unknown>(method: MethodName, ...args: readonly unknown[]): Promise<Value> => {
    const answer = await call(method, ...args);
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    return (answer as unknown as { value: Value }).value;
  };
  /** The file that this call writes. */
  const written = async (name: string, method: MethodName, ...args: readonly unknown[]): Promise<string> => {
    state.named = name;
    expect(await value(method, ...args)).toMatchObject({ file: name });
    return join(folder, name);
  };
  const takes = (path: string, method: MethodName = 'stations.takeFile') => {
    state.chosen = [path];
    return call(method);
  };
  const seen = () => value<StationsView>('stations.state');
  const { station } = (await seen()).own;
  return { house, own, call, value, written, takes, seen, state, asked, folder, station };
}

type Desk = Awaited<ReturnType<typeof desk>>;

/** A case that a colleague there refers: nothing was read, and so it can only be declined. */
async function refer({ house }: Desk, id: string, besides: Partial<Referral> = {}): Promise<void> {
  const by = { sign: 'ZZ', source: 'typed' } as const;
  const facts = caseFacts(id, { decision: { outcome: 'refer', reason: 'asks a colleague', by } });
  const at = house.now();
  const verdict: Referral['verdict'] = {
    ...{ verdict: 'refer', reasons: ['document.not-read'], decidedBy: null, passedOver: [], conditions: [] },
  };
  await house.keepRecord(
    { ...facts, endedAt: at, verdict },
    {
      put: {
        ...{ id, at, by, handledBy: [by], reason: 'The customer hesitates', verdict, purpose: 'renew-bankid' },
        ...{ holder: null, holderNotOnFile: true, keyKind: null, face: null, confirmed: null, answers: noAnswers },
        ...{ order: null, readAt: null, taps: 0, inspection: null },
        ...besides,
      },
    },
  );
}

async function trusts(here: Desk, there: Desk): Promise<void> {
  const file = await there.written('own.card', 'stations.saveCard');
  const { own } = await there.seen();
  expect(await here.takes(file, 'stations.chooseCard')).toEqual({
    ok: true,
    value: { file: 'own.card', card: own, known: 'new' },
  });
  await here.value('stations.trust', own.fingerprint);
  renameSync(file, `${file}.seen`);
}

async function pair(): Promise<readonly [Desk, Desk]> {
  const [kiosk, counter] = [await desk(), await desk()];
  await trusts(kiosk, counter);
  await trusts(counter, kiosk);
  return [kiosk, counter];
}

const actsOf = ({ house }: Desk) => house.keeping.acts.done().all.map(({ kind, signs }) => [kind, signs]);

it('a station is trusted by its card, by two people who compare what was read, and by one no longer', {
  timeout: 120_000,
}, async () => {
  const [here, there] = [await desk(), await desk()];
  expect(await here.seen()).toMatchObject({ stations: [], looked: null, waiting: 0, away: [], guests: [] });
  expect(await here.value('stations.saveCard')).toBeNull();
  expect(here.state.offered).toBe(`${here.station}.card`);
  await here.value('app.setLanguage', 'sv');

  // Nothing is trusted that was not looked at, and nobody who says no has trusted it.
  const { own } = await there.seen();
  expect(await here.call('stations.trust', own.fingerprint)).toMatchObject({ ok: false, code: 'confirm.changed' });
  const card = await there.written('there.card', 'stations.saveCard');
  expect(await here.takes(card, 'stations.chooseCard')).toMatchObject({ value: { card: own, known: 'new' } });
  here.state.says = 'cancel';
  expect(await here.call('stations.trust', own.fingerprint)).toMatchObject({ code: 'trust.not-confirmed' });
  expect((await here.seen()).stations).toEqual([]);
  here.state.says = 'yes';
  // Somebody chooses another card while people read.
  here.state.meanwhile = async () => void (await here.value('stations.leaveCard'));
  expect(await here.call('stations.trust', own.fingerprint)).toMatchObject({ code: 'confirm.changed' });
  here.state.meanwhile = async () => undefined;
  await here.takes(card, 'stations.chooseCard');
  await here.value('stations.trust', own.fingerprint);
  expect(here.asked.at(-1)?.rows.map(({ value }) => value.replaceAll(' ', ''))).toEqual([
    'Denharingetnamn',
    there.station,
    own.fingerprint,
  ]);
  const trusted = { ...own, names: ['A. Berg', 'C. Dahl'] };
  expect(await here.seen()).toMatchObject({ stations: [trusted], looked: null });
  expect(await here.takes(card, 'stations.chooseCard')).toMatchObject({ value: { known: 'same' } });

  await here.value('stations.distrust', there.station);
  expect(here.asked.at(-1)).toMatchObject({ step: 'yes' });
  expect(await here.seen()).toMatchObject({ stations: [], route: null });
  expect(await here.call('stations.distrust', there.station)).toMatchObject({ code: 'referral.station-unknown' });
  expect(actsOf(here)).toEqual([
    ['referral.trust', ['A. Berg', 'C. Dahl']],
    ['referral.distrust', [here.house.operatingSystemUser]],
  ]);
});

it('two people let cases go to a trusted station by themselves, and one no longer; it ends with the trust', {
  timeout: 120_000,
}, async () => {
  const [here, there] = [await desk(), await desk()];
  await here.value('app.setLanguage', 'sv');
  expect(await here.call('stations.setRoute', there.station)).toMatchObject({ code: 'referral.station-unknown' });
  await trusts(here, there);
  const route = async () => (await here.seen()).route;
  expect(await here.seen()).toMatchObject({ route: null, headquartersSet: false });
  const asked = here.asked.length;
  expect(await here.call('stations.endRoute', there.station)).toMatchObject({ ok: false, code: 'confirm.changed' });
  expect(here.asked).toHaveLength(asked);

  // Nobody who says no has set it, and neither have those who read of a station that is trusted no more by then.
  here.state.says = 'cancel';
  expect(await here.call('stations.setRoute', there.station)).toMatchObject({ code: 'trust.not-confirmed' });
  here.state.says = 'yes';
  here.state.meanwhile = async () => here.house.travel.distrust(there.station, ['E. Falk']);
  expect(await here.call('stations.setRoute', there.station)).toMatchObject({ code: 'referral.station-unknown' });
  here.state.meanwhile = async () => undefined;
  expect(await route()).toBeNull();
  await trusts(here, there);
  await here.value('stations.setRoute', there.station);
  expect(here.asked.at(-1)).toMatchObject({ step: 'names' });
  expect(here.asked.at(-1)?.rows.map(({ value }) => value.replaceAll(' ', ''))).toEqual([
    ...['Denharingetnamn', there.station, (await there.seen()).own.fingerprint],
  ]);
  expect(await route()).toBe(there.station);

  // To another one: people read where they went until then, and what changes while they read is not passed over.
  const third = await desk();
  await trusts(here, third);
  here.state.meanwhile = async () => void here.house.travel.endRoute(['E. Falk']);
  expect(await here.call('stations.setRoute', third.station)).toMatchObject({ code: 'confirm.changed' });
  here.state.meanwhile = async () => undefined;
  expect(await route()).toBeNull();
  await here.value('stations.setRoute', there.station);
  await here.value('stations.setRoute', third.station);
  expect(here.asked.at(-1)?.rows.at(-1)).toEqual({ label: 'Hittills går de till', value: there.station });
  expect(await route()).toBe(third.station);

  // Ended is the one that the page showed, by one.
  expect(await here.call('stations.endRoute', there.station)).toMatchObject({ code: 'confirm.changed' });
  here.state.says = 'cancel';
  expect(await here.call('stations.endRoute', third.station)).toMatchObject({ code: 'trust.not-confirmed' });
  here.state.says = 'yes';
  here.state.meanwhile = async () => void here.house.travel.setRoute(there.station, ['E. Falk', 'G. Holm']);
  expect(await here.call('stations.endRoute', third.station)).toMatchObject({ code: 'confirm.changed' });
  here.state.meanwhile = async () => undefined;
  expect(await route()).toBe(there.station);
  await here.value('stations.endRoute', there.station);
  expect(here.asked.at(-1)).toMatchObject({ step: 'yes' });
  expect(await route()).toBeNull();
  await here.value('stations.setRoute', there.station);
  await here.value('stations.distrust', there.station);
  expect(await route()).toBeNull();
  const [two, one] = [['A. Berg', 'C. Dahl'], [here.house.operatingSystemUser]];
  const falk = ['E. Falk'];
  expect(actsOf(here)).toEqual([
    ['referral.trust', two],
    ['referral.distrust', falk],
    ['referral.trust', two],
    ['referral.route', two],
    ['referral.trust', two],
    ['referral.unroute', falk],
    ['referral.route', two],
    ['referral.route', two],
    ['referral.route', ['E. Falk', 'G. Holm']],
    ['referral.unroute', one],
    ['referral.route', two],
    ['referral.distrust', one],
  ]);
});

it('a card of another form, torn, or this station’s own is refused by its name, and where it lies is not told', {
  timeout: 120_000,
}, async () => {
  const [here, there] = [await desk(), await desk()];
  const card = await there.written('there.card', 'stations.saveCard');
  const own = await here.written('own.card', 'stations.saveCard');
  const torn = join(here.folder, 'torn.card');
  writeFileSync(torn, readFileSync(card).subarray(0, 90));
  const forged = join(here.folder, 'forged.card');
  writeFileSync(forged, readFileSync(card, 'latin1').replace(there.station, here.station), 'latin1');
  for (const [path, code] of [
    [own, 'referral.file-malformed'],
    [torn, 'referral.file-malformed'],
    [forged, 'fleet.signature-wrong'],
    [join(here.folder, 'gone.card'), 'input.unreadable'],
  ] as const) {
    const refused = await here.takes(path, 'stations.chooseCard');
    expect(refused).toMatchObject({ ok: false, code, fields: { file: expect.stringMatching(/^\w+\.card$/) } });
    expect(JSON.stringify(refused)).not.toContain(here.folder);
  }
  here.state.chosen = [card, own];
  expect(await here.call('stations.chooseCard')).toMatchObject({ code: 'referral.file-malformed' });
  here.state.chosen = [];
  expect(await here.call('stations.chooseCard')).toEqual({ ok: true, value: null });
  expect((await here.seen()).looked).toBeNull();
  // No file is written over.
  here.state.named = 'own.card';
  expect(await here.call('stations.saveCard')).toMatchObject({
    code: 'output.unwritable',
    fields: { file: 'own.card' },
  });
});

it('a case goes there, is decided there alone, and its end is a record here', { timeout: 120_000 }, async () => {
  const [kiosk, counter] = await pair();
  await refer(kiosk, 'case-1');
  await refer(kiosk, 'case-2', { reused: { recordId: 'case-0', readAt: kiosk.house.now(), documentNumber: 'AA1' } });
  expect(await kiosk.seen()).toMatchObject({ waiting: 1, staying: 1, damaged: 0, guests: [] });

  // Whose place is taken leaves the queue no more than one whose dialog was closed.
  writeFileSync(join(kiosk.folder, 'full'), 'another file');
  kiosk.state.named = 'full';
  expect(await kiosk.call('stations.handOver', counter.station, null)).toMatchObject({
    ...{ ok: false, code: 'output.unwritable', fields: { file: 'full' } },
  });
  kiosk.state.named = null;
  expect(await kiosk.value('stations.handOver', counter.station, 'case-1')).toBeNull();
  expect(kiosk.state.offered).toMatch(new RegExp(`^to-${counter.station}-\\d{8}T\\d{6}\\.referrals$`));
  expect(await kiosk.seen()).toMatchObject({ waiting: 1, away: [] });
  kiosk.state.named = 'none';
  expect(await kiosk.call('stations.handOver', counter.station, 'case-2')).toMatchObject({ code: 'referral.gone' });
  expect(existsSync(join(kiosk.folder, 'none'))).toBe(false);

  const out = await kiosk.written('out.referrals', 'stations.handOver', counter.station, null);
  expect(await kiosk.seen()).toMatchObject({
    ...{ waiting: 0, staying: 1, away: [{ id: 'case-1', to: counter.station }], awayCount: 1 },
  });
  expect(kiosk.own.state().referrals).toBe(1);
  expect(await counter.takes(out)).toEqual({
    ok: true,
    value: { kind: 'referrals', from: kiosk.station, taken: ['case-1'], already: [] },
  });
  expect(counter.own.state().referrals).toBe(1);
  expect(await counter.seen()).toMatchObject({ waiting: 0, guests: [{ id: 'case-1', from: kiosk.station }] });
  const again = await counter.takes(out);
  expect(again).toMatchObject({ ok: false, code: 'referral.taken', fields: { file: 'out.referrals' } });
  expect(JSON.stringify(again)).not.toContain(kiosk.folder);
  expect(await kiosk.takes(out)).toMatchObject({ code: 'referral.other-station' });
  expect(await counter.value('referrals.list')).toMatchObject({
    rows: [{ id: 'case-1', from: kiosk.station, travels: false }],
  });
  counter.state.named = 'none';
  expect(await counter.value('stations.writeEnds', kiosk.station)).toEqual({ file: null, cases: 0 });
  expect(existsSync(join(counter.folder, 'none'))).toBe(false);

  // While a colleague has it open it goes nowhere.
  await counter.value('referrals.open', 'case-1');
  const back = await counter.call('stations.giveBack', kiosk.station, 'case-1', 'she waits there');
  expect(back).toMatchObject({ code: 'case.busy' });
  expect(await counter.call('stations.handOver', kiosk.station, null)).toMatchObject({ code: 'case.busy' });
  const seen = counter.own.state().case?.verdict?.verdict;
  await counter.value('case.decide', { outcome: 'stop', reason: 'nothing was read', sign: 'EF', seen });
  const ends = await counter.written('back.outcomes', 'stations.writeEnds', kiosk.station);
  expect(await kiosk.takes(ends)).toEqual({
    ok: true,
    value: {
      kind: 'outcomes',
      from: counter.station,
      decided: [{ id: 'case-1', outcome: 'stop', record: 'case-1-2', answered: false }],
      ...{ returned: [], already: [], refused: [] },
    },
  });
  expect(await kiosk.takes(ends)).toMatchObject({ value: { decided: [], already: ['case-1'] } });
  expect((await kiosk.seen()).awayCount).toBe(0);
  await expect(kiosk.house.record('case-1-2', null)).resolves.toMatchObject({
    content: { elsewhere: { station: counter.station } },
  });
});

it('a case is given back for a reason, also one whose file was lost, and waits where it came from', {
  timeout: 120_000,
}, async () => {
  const [kiosk, counter] = await pair();
  for (const id of ['case-1', 'case-2']) await refer(kiosk, id);
  const first = await kiosk.written('one.referrals', 'stations.handOver', counter.station, 'case-1');
  const lost = await kiosk.written('lost.referrals', 'stations.handOver', counter.station, 'case-2');
  await counter.takes(first);
  const giveBack = (id: string, reason: string) => counter.call('stations.giveBack', kiosk.station, id, reason);
  expect(await giveBack('case-1', ' ')).toMatchObject({ ok: false, code: 'decision.reason-missing' });
  for (const id of ['case-1', 'case-2']) expect(await giveBack(id, 'she waits there')).toMatchObject({ ok: true });
  expect(counter.own.state().referrals).toBe(0);
  expect(await giveBack('case-1', 'again')).toMatchObject({ ok: false, code: 'referral.gone' });
  expect(await counter.takes(lost)).toMatchObject({ ok: false, code: 'referral.taken' });
  const ends = await counter.written('back.outcomes', 'stations.writeEnds', kiosk.station);
  expect(await kiosk.takes(ends)).toMatchObject({ value: { decided: [], returned: ['case-1', 'case-2'] } });
  expect(kiosk.own.state().referrals).toBe(2);
  expect(await kiosk.call('stations.handOver', counter.station, 'case-1')).toMatchObject({ code: 'referral.taken' });
});

it('holds as many cases as a file may', () => {
  expect(stationsBounds.parcel).toBe(mostTravelling);
});
