import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openHouse } from '../../../main/house/open-house.ts';
import { openKeeping } from '../../../main/house/open-keeping.ts';
import { tryReader } from '../../../main/house/try-reader.ts';
import { machineClock } from '../../../main/machine/clock.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { FailureCode } from '../../../main/result/failure-codes.ts';
import { answerCall } from '../../../main/station/call-gate.ts';
import type { Confirmation } from '../../../main/station/confirmation.ts';
import { createDesk } from '../../../main/station/desk.ts';
import { appOrigin } from '../../../main/station/page-origin.ts';
import type { KeyProvider } from '../../../main/store/types.ts';
import type { MethodName } from '../../../preload/contract.ts';
import { deskWithoutWindows } from '../../support/desk-without-windows.ts';
import { anna, FakeHouse, FakeTimers, settled } from '../../support/fake-house.ts';
import { rejection } from '../../support/rejection.ts';
import { trainingFolder } from '../../support/training-folder.ts';

/*
 * The first set-up of a station (docs/operators.md): it begins in a folder that nobody set up, stands where it was left after a
 * restart, says what is done by what is there, and ends with a training case or by somebody's word. On real data folders.
 */

const root = resolve(import.meta.dirname, '../../..');
const resourcesDirectory = join(root, 'resources');
const signIn = { costs: { cost: 2, blockSize: 8, parallelization: 1 }, millis: () => performance.now() };
const vault: KeyProvider = {
  kind: 'safe-storage',
  safeStorage: {
    backend: 'gnome_libsecret',
    encrypt: async (text) => new TextEncoder().encode(text),
    decrypt: async (bytes) => new TextDecoder().decode(bytes),
  },
};

interface Start {
  readonly directory: string;
  readonly kind?: 'training' | 'ordinary';
  readonly key?: KeyProvider | null;
}

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'styrk-set-up-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'data');
}

/** The desk of a folder, as its page asks it, until `end`. */
async function opened({ directory, kind = 'training', key = { kind: 'key-file', path: null } }: Start) {
  const house = await openHouse({
    directory,
    kind,
    version: '0.0.0-test',
    resourcesDirectory,
    workerUrl: pathToFileURL(`${root}/main/inspection/worker.ts`),
    key,
    readers: kind === 'training' ? 'training' : 'pcsc-mini',
    signIn,
  });
  let people: (window: Confirmation) => unknown = (window) => window.cancel();
  const desk = createDesk({
    house,
    ...deskWithoutWindows,
    showConfirmation: (window) => void people(window),
  });
  let over = false;
  const end = async () => {
    if (over) return;
    over = true;
    await desk.leave();
    await house.close();
  };
  onTestFinished(end);
  await desk.start();
  const around = { answers: desk.answers, pageOrigin: appOrigin, log: () => undefined };
  const call = (method: MethodName, ...args: readonly unknown[]) =>
    answerCall(around, method, { url: `${appOrigin}/index.html`, mainFrame: true }, args);
  const state = async () => {
    const answer = await call('setUp.state');
    if (!answer.ok) throw new Failure(answer.code);
    return answer.value as unknown as { steps: { step: string; state: string }[]; [name: string]: unknown };
  };
  const stateOf = async (step: string) => (await state()).steps.find((each) => each.step === step)?.state;
  const confirmedBy = (act: (window: Confirmation) => unknown) => {
    people = act;
  };
  return { house, desk, call, state, stateOf, confirmedBy, end };
}

const yes = (window: Confirmation) => window.answer({ kind: 'yes' });

describe('the first set-up', () => {
  it('begins in a folder that nobody set up, and stands after a restart where it was left, with what was typed', async () => {
    const directory = await trainingFolder();
    const first = await opened({ directory });
    expect(first.desk.state().setUp).toBe('station');
    expect(await first.state()).toMatchObject({ over: false, step: 'station', name: null, kind: null, draft: null });
    const draft = { name: 'Uppsala, kas', kind: 'attended' };
    expect(await first.call('setUp.stand', 'reader', draft)).toMatchObject({ ok: true });
    expect(await first.call('setUp.note', 'lists', 'skipped')).toMatchObject({ ok: true });
    await first.end();

    const again = await opened({ directory });
    expect(again.desk.state().setUp).toBe('reader');
    expect(await again.state()).toMatchObject({ step: 'reader', draft });
    // Training brings its issuers along: what is there is done, whatever somebody left out.
    expect(await again.stateOf('lists')).toBe('done');
    expect(await again.call('setUp.finish')).toMatchObject({ ok: true });
    expect(again.desk.state().setUp).toBeNull();
    await again.end();

    const third = await opened({ directory });
    expect(third.desk.state().setUp).toBeNull();
    expect(await third.state()).toMatchObject({ over: true, step: 'overview' });
  });

  it('does not come where somebody set the station up by the other door', async () => {
    const directory = await trainingFolder();
    const keeping = await openKeeping({ directory, kind: 'training', clock: machineClock, resourcesDirectory });
    await keeping.unlock({ kind: 'key-file', path: null });
    keeping.acts.setStation({ kind: 'attended', name: null });
    keeping.close();
    const { desk, stateOf } = await opened({ directory });
    expect(desk.state().setUp).toBeNull();
    // Half of it: nobody has named the station.
    expect(await stateOf('station')).toBe('open');
  });

  it('names the station once somebody has confirmed it outside the page, and not before', async () => {
    const { call, state, stateOf, confirmedBy, house, desk } = await opened({ directory: await trainingFolder() });
    const given = { name: ' Uppsala,\u202e kassa 2', kind: 'attended' };
    expect(await call('station.set', given)).toMatchObject({ ok: false, code: 'trust.not-confirmed' });
    expect([house.stationKind(), house.keeping.station.name()]).toEqual([null, null]);
    let seen: unknown = null;
    confirmedBy((window) => {
      seen = window.view()?.rows.map(({ value }) => value);
      return yes(window);
    });
    expect(await call('station.set', given)).toEqual({ ok: true, value: null });
    expect(seen).toEqual(['Uppsala, kassa 2', expect.stringMatching(/./)]);
    expect(await state()).toMatchObject({ name: 'Uppsala, kassa 2', kind: 'attended', draft: null });
    expect(await stateOf('station')).toBe('done');
    expect(desk.state().station).toBe('attended');
    for (const name of ['', ' \u200b', '\u2800'])
      expect(await call('station.set', { name, kind: null })).toMatchObject({ code: 'station.name-missing' });
    for (const wrong of [
      [{ name: 'x'.repeat(81), kind: null }],
      [{ name: 'a', kind: 'supervised' }],
      [{ name: 'a', kind: null, more: 1 }],
      ['a', null],
    ])
      expect(await call('station.set', ...wrong)).toMatchObject({ ok: false, code: 'call.malformed' });
  });

  it('leaves a step out and takes that back; what can be looked up is never said to be done', async () => {
    const { call, stateOf } = await opened({ directory: await trainingFolder() });
    expect(await stateOf('administrator')).toBe('open');
    await call('setUp.note', 'administrator', 'skipped');
    await call('setUp.note', 'administrator', 'skipped');
    expect(await stateOf('administrator')).toBe('skipped');
    await call('setUp.note', 'administrator', 'open');
    expect(await stateOf('administrator')).toBe('open');
    for (const step of ['station', 'key', 'lists', 'administrator', 'reader', 'case', 'overview', 'x'])
      expect(await call('setUp.note', step, 'said')).toMatchObject({ ok: false, code: 'call.malformed' });
  });

  it('in an ordinary folder the training case is what staff say, and nothing counts as done but what is there', async () => {
    const directory = folder();
    const { call, state, stateOf, desk } = await opened({ directory, kind: 'ordinary', key: vault });
    expect(desk.state().setUp).toBe('station');
    expect((await state()).steps).toEqual([
      { step: 'station', state: 'open' },
      { step: 'key', state: 'done' },
      { step: 'lists', state: 'open' },
      { step: 'administrator', state: 'open' },
      { step: 'reader', state: 'open' },
      { step: 'case', state: 'open' },
    ]);
    await call('setUp.note', 'case', 'said');
    expect(await stateOf('case')).toBe('said');
    await call('setUp.note', 'case', 'open');
    expect(await stateOf('case')).toBe('open');
  });

  it('comes in a folder without any key while it is locked, and the key that is chosen then opens it', async () => {
    const directory = folder();
    const { call, desk, stateOf, end } = await opened({ directory, kind: 'ordinary', key: null });
    expect(await call('app.info')).toMatchObject({ value: { key: 'locked', hasKey: false } });
    expect(desk.state().setUp).toBe('station');
    expect(await stateOf('key')).toBe('open');
    expect(await call('app.unlock', 'short')).toMatchObject({ ok: false, code: 'storage.passphrase-weak' });
    expect(await call('app.unlock', 'one long passphrase of ours')).toMatchObject({ ok: true });
    expect(await call('app.info')).toMatchObject({ value: { key: 'passphrase', hasKey: true } });
    expect(await stateOf('key')).toBe('done');
    await end();
    // A passphrase that was chosen already is asked for, and what stood is there before it is given.
    const again = await opened({ directory, kind: 'ordinary', key: null });
    expect(await again.call('app.info')).toMatchObject({ value: { key: 'locked', hasKey: true } });
    expect(again.desk.state().setUp).toBe('station');
  });

  it('tests the reader with what lies there, and keeps it; a case that is open has the reader', async () => {
    const { call, state, stateOf, end } = await opened({ directory: await trainingFolder() });
    expect(await call('setUp.testReader')).toMatchObject({ ok: false, code: 'card.absent' });
    expect(await stateOf('reader')).toBe('open');
    await call('training.lay', 'se-passport');
    expect(await call('setUp.testReader')).toMatchObject({ ok: true, value: { found: 'document' } });
    expect(await state()).toMatchObject({ reader: { found: 'document' } });
    expect(await stateOf('reader')).toBe('done');
    await call('case.begin');
    expect(await call('setUp.testReader')).toMatchObject({ ok: false, code: 'case.busy' });
    await end();
  });

  it('is an administrator’s once there are operators, and two of them name the station as soon as there are two', async () => {
    const { call, confirmedBy, state, desk } = await opened({ directory: await trainingFolder() });
    const secretOf = (sign: string) => `a long secret for ${[...sign].reverse().join('-')}`;
    const people = (signs: readonly string[], chooses: string | null) =>
      confirmedBy(async (window) => {
        for (const sign of signs) await window.answer({ kind: 'sign-in', sign, secret: secretOf(sign) });
        if (chooses !== null) await window.answer({ kind: 'secret', secret: secretOf(chooses) });
        window.cancel();
      });
    const add = (sign: string, role: string, signs: readonly string[]) => {
      people(signs, sign);
      return call('operators.add', { sign, name: `Name of ${sign}`, role, competentUntil: null });
    };
    expect(await add('AB', 'administrator', [])).toMatchObject({ ok: true });
    expect(await call('setUp.state')).toMatchObject({ ok: false, code: 'operator.needed' });
    await call('session.signIn', 'AB', secretOf('AB'));
    expect(await state()).toMatchObject({ administrators: 1 });
    expect(await add('CD', 'administrator', ['AB'])).toMatchObject({ ok: true });
    expect(await add('TE', 'teller', ['AB', 'CD'])).toMatchObject({ ok: true });
    expect(await state()).toMatchObject({ administrators: 2 });
    // They take no cases, and test the reader with what they lay on it.
    expect(await call('training.lay', 'se-passport')).toMatchObject({ ok: true });
    expect(await call('setUp.testReader')).toMatchObject({ ok: true, value: { found: 'document' } });
    expect(await call('training.lift')).toMatchObject({ ok: true });
    const set = ['station.set', { name: 'Uppsala', kind: 'attended' }] as const;
    people(['AB'], null);
    expect(await call(...set)).toMatchObject({ ok: false, code: 'trust.not-confirmed' });
    people(['AB', 'CD'], null);
    expect(await call(...set)).toEqual({ ok: true, value: null });
    await call('session.signOut');
    await call('session.signIn', 'TE', secretOf('TE'));
    for (const asked of [
      ['setUp.state'],
      ['setUp.stand', 'key', null],
      ['setUp.note', 'key', 'skipped'],
      ['setUp.testReader'],
      ['setUp.finish'],
      set,
    ] as const)
      expect(await call(...(asked as [MethodName]))).toMatchObject({ ok: false, code: 'operator.role' });
    expect(desk.state().setUp).not.toBeNull();
  });
});

describe('a case in training', () => {
  const begun = async () => {
    const fake = new FakeHouse();
    const kept = { over: false, step: 'case', skipped: ['lists'], saidCase: false, draft: null, reader: null };
    fake.settings.set('set-up', kept);
    const timers = new FakeTimers();
    const desk = createDesk({ ...fake.beside, house: fake.house, standIn: false, newCaseId: () => 'case-1', timers });
    await desk.start();
    expect(desk.state().setUp).toBe('case');
    let told: unknown = 'case';
    desk.onState((state) => {
      told = state.setUp;
    });
    await desk.answers['case.begin']();
    await desk.answers['case.choosePurpose']('large-transfer');
    await desk.answers['case.chooseHolder'](anna.id);
    await desk.answers['case.goTo']('decide');
    return { fake, desk, told: () => told };
  };

  it('ends the set-up once it is decided, and the page is told so; what was left out stays', async () => {
    const { fake, desk, told } = await begun();
    const decision = { outcome: 'refer', reason: null, sign: null, seen: fake.verdict } as const;
    await desk.answers['case.decide'](decision);
    await settled();
    expect([desk.state().setUp, told()]).toEqual([null, null]);
    expect(fake.settings.get('set-up')).toMatchObject({ over: true, skipped: ['lists'] });
  });

  it('does not where it is closed without a decision', async () => {
    const { desk, told } = await begun();
    await desk.answers['case.abandon'](null, null);
    await settled();
    expect([desk.state().setUp, told()]).toEqual(['case', 'case']);
  });
});

describe('what answers on a reader', () => {
  const answering = (...status: readonly number[]) => {
    const closed: string[] = [];
    let asked = 0;
    const connection = {
      reader: 'R',
      atr: '',
      limits: { extendedLength: false, maxCommand: 261, maxResponse: 258 },
      transmit: async () => {
        const word = status[asked++] ?? 0x6f00;
        if (word === 0) throw new Failure('card.removed');
        return Uint8Array.of(word >> 8, word & 0xff);
      },
      close: async (how?: string) => void closed.push(how ?? 'leave'),
    };
    return { readers: { connect: async () => connection }, closed };
  };

  it.each([
    ['document', [0x9000]],
    // Chips that do not know the parameter are asked once more.
    ['document', [0x6a86, 0x9000]],
    ['other-card', [0x6a82]],
    ['unclear', [0x6982]],
    ['unclear', [0x6d00]],
  ] as const)('is a %s by %j, and is left as it was', async (found, status) => {
    const { readers, closed } = answering(...status);
    expect(await tryReader(readers, 'R')).toBe(found);
    expect(closed).toEqual(['reset']);
  });

  it.each<[FailureCode, readonly number[]]>([['card.removed', [0]]])(
    'fails with %s where nothing answers, and lets go',
    async (code, status) => {
      const { readers, closed } = answering(...status);
      expect((await rejection(tryReader(readers, 'R')))?.code).toBe(code);
      expect(closed).toEqual(['reset']);
    },
  );
});
