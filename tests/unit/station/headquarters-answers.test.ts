import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { newRecipientKey } from '../../../main/crypto/recipient.ts';
import { newSigningKey } from '../../../main/crypto/sealing.ts';
import { openHouse } from '../../../main/house/open-house.ts';
import { toHex } from '../../../main/result/bytes.ts';
import { Failure } from '../../../main/result/failure.ts';
import { answerCall } from '../../../main/station/call-gate.ts';
import { createDesk } from '../../../main/station/desk.ts';
import { appOrigin } from '../../../main/station/page-origin.ts';
import type { DeskState, MethodName } from '../../../preload/contract.ts';
import { deskWithoutWindows } from '../../support/desk-without-windows.ts';
import { FakeHouse, FakeTimers } from '../../support/fake-house.ts';
import { webAuthority, webCertificate } from '../../support/https-server.ts';
import { rejection } from '../../support/rejection.ts';
import { trainingFolder } from '../../support/training-folder.ts';
import { caseFacts } from '../records/case-facts.ts';
import { random } from '../store/support.ts';

/*
 * The way to headquarters as the office sees and tends it: on a real folder, whose headquarters is a port at which nobody answers; and
 * on a made-up house where time, progress and ends are the test's.
 */

const root = resolve(import.meta.dirname, '../../..');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const sealing = newRecipientKey(random);
const issuing = newSigningKey(random);
const receiving = newRecipientKey(random);
const authority = webAuthority(91);
const identity = webCertificate(authority, 92);
const given = {
  address: 'postgresql://localhost:1/styrk',
  files: {
    authority: utf8(authority.pem),
    certificate: utf8(identity.certificate),
    key: utf8(identity.key),
    passphrase: null,
    password: null,
  },
  sealingKey: sealing.publicKey,
  issuingKey: issuing.publicKey,
  receivingKey: receiving.secretKey,
};

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
  const desk = createDesk({ house, ...deskWithoutWindows, showConfirmation: (window) => window.cancel() });
  onTestFinished(async () => {
    await desk.leave();
    await house.close();
  });
  return { house, desk, answers: desk.answers };
}

describe('in a real folder', () => {
  it('who the station is is told before anything is set', async () => {
    const { house, answers } = await office();
    const { id, publicKey, role } = house.fleet.station();
    expect(await answers['headquarters.state']()).toMatchObject({
      station: { id, publicKey, role },
      set: null,
      delivery: null,
    });
    for (const method of ['headquarters.deliver', 'headquarters.fetch'] as const)
      expect(await rejection(Promise.resolve().then(() => answers[method]()))).toMatchObject({ code: 'fleet.not-set' });
  });

  it('what is set is told without its secrets, with the days that are left; a delivery that fails by its code', async () => {
    const { house, answers } = await office();
    await house.keepRecord(caseFacts('case-1'));
    house.fleet.set(given, ['A. Berg', 'C. Dahl']);
    expect(await rejection(Promise.resolve(answers['headquarters.deliver']()))).toMatchObject({
      code: 'service.unreachable',
    });
    const view = await answers['headquarters.state']();
    expect(view.set).toMatchObject({
      ...{ host: 'localhost', port: 1, database: 'styrk', user: house.fleet.station().role },
      ...{ identified: true, password: false, receives: true, setBy: ['A. Berg', 'C. Dahl'] },
      sealingKey: toHex(sealing.publicKey),
      issuingKey: toHex(issuing.publicKey),
    });
    for (const told of [view.set?.certificate, view.set?.authority]) {
      const left = (Date.parse(told?.notAfter ?? '') - Date.parse(house.today())) / (24 * 60 * 60_000);
      expect(told?.daysLeft).toBe(left);
    }
    expect(view.delivery).toMatchObject({ waiting: 1, last: { code: 'service.unreachable' }, wentBack: null });
    expect(view.delivery?.waitingSince).not.toBeNull();
    // Nothing of a key that is secret, in any of its forms.
    const text = JSON.stringify(view);
    expect(text).not.toContain('PRIVATE KEY');
    expect(text).not.toContain(toHex(receiving.secretKey));
    expect(text).not.toContain(Buffer.from(receiving.secretKey).toString('base64'));
  });
});

describe('at a desk', () => {
  let fake: FakeHouse;
  let call: (method: MethodName, ...args: readonly unknown[]) => Promise<unknown>;
  let states: DeskState['headquartersWork'][];
  const report = {
    parts: [
      { part: 'records', newest: 12, delivered: 2, deliveredAt: null },
      { part: 'checkpoints', newest: 12, delivered: 2, deliveredAt: null },
      { part: 'answers', newest: 3, delivered: 3, deliveredAt: null },
      { part: 'erasures', newest: 0, delivered: 0, deliveredAt: null },
    ],
    waitingSince: '2026-11-22T09:00:00Z',
    last: null,
    pulled: [],
    lastPull: null,
    parcels: { waiting: 0, onTheWay: 0, since: null, refused: [], last: null },
  } as const;
  const nothing = { records: 0, checkpoints: 0, answers: 0, erasures: 0 };

  const at = (fleet: Partial<FakeHouse['house']['fleet']>) => {
    fake = new FakeHouse();
    const timers = new FakeTimers();
    const house = { ...fake.house, fleet: { ...fake.house.fleet, report: () => report, ...fleet } };
    const desk = createDesk({ ...fake.beside, house, standIn: false, newCaseId: () => 'case-1', timers });
    states = [];
    desk.onState(({ headquartersWork }) => states.push(headquartersWork));
    const around = { answers: desk.answers, pageOrigin: appOrigin, log: () => undefined };
    call = (method, ...args) => answerCall(around, method, { url: `${appOrigin}/index.html`, mainFrame: true }, args);
    return { desk, timers };
  };
  beforeEach(() => void at({}));

  it('a delivery is told as it goes on, in what somebody counts', async () => {
    const going = Promise.withResolvers<void>();
    const { timers } = at({
      deliver: async ({ arrived }) => {
        arrived?.({ ...nothing, records: 4, checkpoints: 1 });
        await going.promise;
        return { ...nothing, records: 10, checkpoints: 1 };
      },
    });
    const asked = call('headquarters.deliver');
    await new Promise((done) => setImmediate(done));
    timers.advance(100);
    expect(states.at(-1)).toEqual({ kind: 'deliver', done: 4, all: 10 });
    going.resolve();
    expect(await asked).toEqual({ ok: true, value: { ...nothing, records: 10, checkpoints: 1 } });
    expect(states.at(-1)).toBeNull();
  });

  it('is stopped by whoever began it, and by the end of the desk', async () => {
    const never = ({ signal }: { readonly signal: AbortSignal }) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(new Failure('service.cancelled')));
      });
    const { desk } = at({ deliver: never });
    const asked = call('headquarters.deliver');
    await new Promise((done) => setImmediate(done));
    expect(await call('headquarters.cancel')).toEqual({ ok: true, value: null });
    expect(await asked).toMatchObject({ ok: false, code: 'service.cancelled' });
    const again = call('headquarters.deliver');
    await new Promise((done) => setImmediate(done));
    const after = call('headquarters.deliver');
    await desk.leave();
    for (const each of [again, after]) expect(await each).toMatchObject({ ok: false, code: 'service.cancelled' });
  });

  it('one work is done at a time, each after the one before', async () => {
    const order: string[] = [];
    at({
      deliver: async () => {
        order.push('deliver');
        await new Promise((done) => setImmediate(done));
        order.push('delivered');
        return nothing;
      },
      pull: async () => {
        order.push('pull');
        return { taken: [{ kind: 'trust', number: 3, outcome: 'taken' }], refused: [] };
      },
    });
    const both = await Promise.all([call('headquarters.deliver'), call('headquarters.fetch')]);
    expect(order).toEqual(['deliver', 'delivered', 'pull']);
    expect(both[1]).toEqual({
      ok: true,
      value: { issues: [{ kind: 'trust', number: 3, outcome: 'taken' }], refused: [] },
    });
  });

  it('all that could not be taken is heard by whoever fetched, and what could be beside it', async () => {
    const failure = new Failure('bundle.signer-not-pinned', { kind: 'trust', number: 3 });
    const other = new Failure('fleet.issue-unusable', { kind: 'operators', number: 8 });
    at({
      pull: async () => ({
        taken: [{ kind: 'blocked', number: 5, outcome: 'taken' }],
        refused: [
          { kind: 'trust', number: 3, failure },
          { kind: 'operators', number: 8, failure: other },
        ],
      }),
    });
    expect(await call('headquarters.fetch')).toEqual({
      ok: true,
      value: {
        issues: [{ kind: 'blocked', number: 5, outcome: 'taken' }],
        refused: [
          { kind: 'trust', number: 3, code: 'bundle.signer-not-pinned' },
          { kind: 'operators', number: 8, code: 'fleet.issue-unusable' },
        ],
      },
    });
  });

  it('nothing is fetched while somebody is served', async () => {
    at({ pull: async () => Promise.reject(new Error('fetched')) });
    await call('case.begin');
    expect(await call('headquarters.fetch')).toMatchObject({ ok: false, code: 'case.busy' });
  });

  it('nothing is told or done in a folder that is locked', async () => {
    fake.key = 'locked';
    for (const method of ['headquarters.state', 'headquarters.deliver', 'headquarters.fetch'] as const)
      expect(await call(method)).toMatchObject({ ok: false, code: 'storage.locked' });
  });
});
