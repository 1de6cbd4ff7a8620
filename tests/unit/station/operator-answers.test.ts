import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openHouse } from '../../../main/house/open-house.ts';
import { asFailure } from '../../../main/result/failure.ts';
import { answerCall } from '../../../main/station/call-gate.ts';
import type { Confirmation } from '../../../main/station/confirmation.ts';
import { createDesk } from '../../../main/station/desk.ts';
import { appOrigin } from '../../../main/station/page-origin.ts';
import type { MethodName } from '../../../preload/contract.ts';
import { deskWithoutWindows } from '../../support/desk-without-windows.ts';
import { trainingFolder } from '../../support/training-folder.ts';

/*
 * Operators at the desk (docs/decisions/0015-operators.md): the first administrator of a folder that no passphrase opens, and every
 * change after, confirmed outside the page; secrets are chosen there and never come to the page. On a real data folder.
 */

const root = resolve(import.meta.dirname, '../../..');
// As weak as can be: how long a secret takes to compute is not what is tried here.
const signIn = { costs: { cost: 2, blockSize: 8, parallelization: 1 }, millis: () => performance.now() };
const secretOf = (sign: string): string => `a long secret for ${[...sign].reverse().join('-')}`;

async function branch() {
  const house = await openHouse({
    directory: await trainingFolder(),
    kind: 'training',
    version: '0.0.0-test',
    resourcesDirectory: `${root}/resources`,
    workerUrl: pathToFileURL(`${root}/main/inspection/worker.ts`),
    key: { kind: 'key-file', path: null },
    readers: 'training',
    signIn,
  });
  let people: (window: Confirmation) => unknown = (window) => window.cancel();
  const desk = createDesk({
    house,
    ...deskWithoutWindows,
    showConfirmation: (window) => void people(window),
  });
  onTestFinished(async () => {
    await desk.leave();
    await house.close();
  });
  const seen: unknown[] = [];
  /** One call of the page, while these people sign in at the window and, where it asks for one, choose this secret. */
  const call = (method: MethodName, args: readonly unknown[], signs: readonly string[] = [], chosen?: string) => {
    people = async (window) => {
      try {
        for (const sign of signs) await window.answer({ kind: 'sign-in', sign, secret: secretOf(sign) });
        if (window.view()?.step === 'secret' && chosen !== undefined)
          await window.answer({ kind: 'secret', secret: chosen });
        if (window.view()?.step === 'names' && signs.length === 0 && chosen !== undefined)
          await window.answer({ kind: 'names', first: 'A. Berg', second: 'C. Dahl' });
      } catch (thrown) {
        seen.push(asFailure(thrown).code);
      }
      window.cancel();
    };
    const around = { answers: desk.answers, pageOrigin: appOrigin, log: () => undefined };
    return answerCall(around, method, { url: `${appOrigin}/index.html`, mainFrame: true }, args);
  };
  const add = (sign: string, role: string, signs: readonly string[] = [], chosen = secretOf(sign)) =>
    call('operators.add', [{ sign, name: `Name of ${sign}`, role, competentUntil: null }], signs, chosen);
  const enter = (sign: string) => call('session.signIn', [sign, secretOf(sign)]);
  return { house, desk, call, add, enter, seen };
}

describe('operators at the desk', () => {
  it('begin with an administrator whose secret the page never sees, and then take two for each change', async () => {
    const { house, desk, call, add, enter, seen } = await branch();
    expect(await call('operators.list', [])).toMatchObject({ ok: true, value: { state: 'none', operators: [] } });
    // A page alone adds nobody: somebody has to choose a secret in the window.
    expect(
      await call('operators.add', [{ sign: 'XX', name: 'X', role: 'administrator', competentUntil: null }]),
    ).toEqual({ ok: false, code: 'trust.not-confirmed', fields: {} });
    expect(await add('TE', 'teller')).toMatchObject({ ok: false, code: 'operator.first-administrator' });
    expect(await add('AB', 'administrator')).toEqual({ ok: true, value: null });
    // From now on somebody has to sign in, also for what the page asks.
    expect(desk.state().session).toMatchObject({ needed: true, operator: null });
    expect(await add('CD', 'administrator', ['AB'])).toMatchObject({ ok: false, code: 'operator.needed' });
    await enter('AB');
    // One administrator alone adds the second.
    expect(await add('CD', 'administrator', ['AB'])).toEqual({ ok: true, value: null });

    // From two on, both: one alone, one twice, somebody of another role do not do.
    expect(await add('TE', 'teller', ['AB'])).toMatchObject({ ok: false, code: 'trust.not-confirmed' });
    expect(await add('TE', 'teller', ['AB', 'AB'])).toMatchObject({ ok: false, code: 'trust.not-confirmed' });
    expect(await add('TE', 'teller', ['AB', 'CD'])).toEqual({ ok: true, value: null });
    expect(await call('operators.setRole', ['AB', 'auditor'], ['AB', 'TE'])).toMatchObject({ ok: false });
    expect(seen).toEqual(['operator.second-needed', 'operator.role']);
    expect(await call('operators.setRole', ['TE', 'supervisor'], ['AB', 'CD'])).toEqual({ ok: true, value: null });
    expect(await call('operators.train', ['TE', '2099-12-31'], ['CD'])).toEqual({ ok: true, value: null });
    expect(await call('operators.list', [])).toMatchObject({
      value: {
        state: 'present',
        operators: [
          { sign: 'AB', role: 'administrator', lapsed: true },
          { sign: 'CD' },
          { sign: 'TE', role: 'supervisor', competentUntil: '2099-12-31', lapsed: false, locked: false },
        ],
      },
    });
    const [, second, third] = house.keeping.acts.done().all;
    expect(second?.signs).toEqual(['AB']);
    expect(third).toMatchObject({ kind: 'operators.add', signs: ['AB', 'CD'] });
    expect(house.keeping.acts.done().broken).toEqual([]);
  });

  it('are reset, given a new secret and taken out, and whoever is taken out is out at once', async () => {
    const { desk, call, add, enter } = await branch();
    await add('AB', 'administrator');
    await enter('AB');
    await add('CD', 'administrator', ['AB']);
    await add('TE', 'teller', ['AB', 'CD']);
    // Nobody lets themselves in again; a colleague does.
    expect(await call('operators.reset', ['CD'], ['CD'])).toMatchObject({ ok: false, code: 'operator.own' });
    expect(await call('operators.reset', ['TE'], ['CD'])).toEqual({ ok: true, value: null });
    expect(await call('operators.newSecret', ['TE'], ['AB', 'CD'], 'short')).toMatchObject({ ok: false });
    expect(await call('operators.newSecret', ['TE'], ['AB', 'CD'], 'another long secret')).toEqual({
      ok: true,
      value: null,
    });
    expect(await call('session.signIn', ['TE', secretOf('TE')])).toMatchObject({ code: 'operator.refused' });
    expect(await call('operators.remove', ['NN'], ['AB', 'CD'])).toMatchObject({ code: 'operator.unknown' });
    expect(await call('operators.remove', ['AB'], ['AB', 'CD'])).toEqual({ ok: true, value: null });
    expect(desk.state().session.operator).toBeNull();
    expect(await call('operators.remove', ['CD'], ['CD'])).toMatchObject({ code: 'operator.needed' });
    await enter('CD');
    expect(await call('operators.remove', ['CD'], ['CD'])).toMatchObject({ code: 'operator.last-administrator' });
  });

  it('are taken from a page in plain words alone', async () => {
    const { call } = await branch();
    for (const given of [{ sign: 'AB', name: 'A', role: 'owner', competentUntil: null }, { sign: 'AB' }, null])
      expect(await call('operators.add', [given])).toMatchObject({ ok: false, code: 'call.malformed' });
    const odd = { sign: '\u202e ', name: 'A', role: 'administrator', competentUntil: null };
    expect(await call('operators.add', [odd])).toMatchObject({ code: 'operator.name-missing' });
    expect(await call('operators.add', [{ ...odd, sign: 'AB', competentUntil: '2026-02-30' }])).toMatchObject({
      code: 'call.malformed',
    });
  });
});
