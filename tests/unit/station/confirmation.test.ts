import { beforeEach, describe, expect, it } from 'vitest';
import type { OperatorKeeping } from '../../../main/keeping/operators/operator-keeping.ts';
import { Failure } from '../../../main/result/failure.ts';
import { roles } from '../../../main/result/roles.ts';
import {
  type AskedAct,
  type Confirmation,
  Confirmations,
  type Confirmers,
  confirmMillis,
} from '../../../main/station/confirmation.ts';
import { confirmersOf, type DangerousAct, dangerousActs } from '../../../main/station/dangerous-acts.ts';
import type { Operator } from '../../../main/store/operators/operator.ts';
import type { ConfirmInput } from '../../../preload/confirm-contract.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { FakeTimers } from '../../support/fake-house.ts';
import { fakeOperators, operatorOf } from '../../support/fake-operators.ts';

/*
 * Dangerous acts are confirmed by two people outside the page's reach (docs/decisions/0015-operators.md): by their own sign-ins,
 * in steps that cannot be left out, repeated or answered by one person twice.
 */

const two: Confirmers = { kind: 'operators', roles: ['administrator'], persons: 2 };
let staff: Operator[];
let timers: FakeTimers;
let confirmations: Confirmations;
let shown: Confirmation[];

beforeEach(() => {
  staff = [
    operatorOf('AB', 'administrator'),
    operatorOf('CD', 'administrator'),
    operatorOf('TE', 'teller'),
    operatorOf('SU', 'supervisor'),
  ];
  timers = new FakeTimers();
  shown = [];
  const operators = fakeOperators(staff);
  confirmations = new Confirmations({ operators, timers, show: (confirmation) => shown.push(confirmation) });
});

const asked = (by: Confirmers, secret: AskedAct['secret'] = null): AskedAct => ({
  language: 'en',
  words: { what: 'Take it back', why: 'All is as before', rows: [{ label: 'List', value: 'DE \u202e100' }] },
  by,
  secret,
});
const signIn = (sign: string, secret = sign.toLowerCase()): ConfirmInput => ({ kind: 'sign-in', sign, secret });
const codeOf = (promise: Promise<unknown>): Promise<string | null> =>
  promise.then(
    () => null,
    (thrown) => (thrown instanceof Failure ? thrown.code : 'other'),
  );

function begin(act: AskedAct): { readonly window: Confirmation; readonly done: Promise<unknown> } {
  const done = confirmations.ask(act);
  done.catch(() => undefined);
  const window = shown.at(-1);
  if (window === undefined) throw new Error('no window');
  return { window, done };
}

describe('two administrators', () => {
  it('sign in one after the other, and both are named', async () => {
    const { window, done } = begin(asked(two));
    // What others wrote is shown without what changes how it is read.
    expect(window.view()).toMatchObject({ step: 'sign-in', persons: 2, signed: [], rows: [{ value: 'DE 100' }] });
    expect(await window.answer(signIn('AB'))).toMatchObject({ signed: [{ sign: 'AB' }] });
    expect(await window.answer(signIn('CD'))).toBeNull();
    expect(await done).toEqual({ by: { operators: [staff[0], staff[1]] }, secret: null });
    expect(window.view()).toBeNull();
  });

  it('are two people: one twice, a teller and a supervisor, a wrong secret do not do', async () => {
    const { window } = begin(asked(two));
    expect(await codeOf(window.answer(signIn('AB', 'wrong')))).toBe('operator.refused');
    expect(await codeOf(window.answer(signIn('TE')))).toBe('operator.role');
    expect(await codeOf(window.answer(signIn('SU')))).toBe('operator.role');
    await window.answer(signIn('AB'));
    expect(await codeOf(window.answer(signIn('AB')))).toBe('operator.second-needed');
    expect(window.view()?.signed).toHaveLength(1);
  });

  it('are asked for what is next, and for nothing else', async () => {
    const { window } = begin(asked(two));
    for (const input of [
      { kind: 'yes' },
      { kind: 'secret', secret: 'a long enough secret' },
      { kind: 'names', first: 'A. Berg', second: 'C. Dahl' },
    ] as const)
      expect(await codeOf(window.answer(input))).toBe('call.malformed');
    // While one step is taken no other is.
    const first = window.answer(signIn('AB'));
    expect(await codeOf(window.answer(signIn('CD')))).toBe('call.malformed');
    await first;
  });

  it('do it as they are at the end: who was removed, or is another role now, has confirmed nothing', async () => {
    const { window, done } = begin(asked(two));
    await window.answer(signIn('AB'));
    staff[0] = operatorOf('AB', 'auditor');
    await window.answer(signIn('CD'));
    expect(await codeOf(done)).toBe('operator.role');
    const removed = begin(asked(two));
    staff[0] = operatorOf('AB', 'administrator');
    await removed.window.answer(signIn('AB'));
    staff.shift();
    await removed.window.answer(signIn('CD'));
    expect(await codeOf(removed.done)).toBe('operator.role');
  });
});

describe('a confirmation', () => {
  it('that is cancelled, or whose time is over, does nothing, and takes no answer any more', async () => {
    const cancelled = begin(asked(two));
    await cancelled.window.answer({ kind: 'cancel' });
    expect(await codeOf(cancelled.done)).toBe('trust.not-confirmed');
    expect(await codeOf(cancelled.window.answer(signIn('AB')))).toBe('confirm.over');
    const late = begin(asked(two));
    await late.window.answer(signIn('AB'));
    timers.advance(confirmMillis);
    expect(await codeOf(late.done)).toBe('confirm.timed-out');
    expect(await codeOf(late.window.answer(signIn('CD')))).toBe('confirm.over');
  });

  it('whose time runs out while the last secret is computed does nothing', async () => {
    const { promise, resolve } = Promise.withResolvers<Operator>();
    const slow = { signIn: () => promise, present: () => staff[0] ?? null };
    const own = new Confirmations({ operators: slow, timers, show: (confirmation) => shown.push(confirmation) });
    const done = own.ask(asked({ ...two, persons: 1 }));
    done.catch(() => undefined);
    const answered = shown[0]?.answer(signIn('AB'));
    timers.advance(confirmMillis);
    resolve(operatorOf('AB', 'administrator'));
    expect(await codeOf(answered ?? Promise.resolve())).toBe('confirm.over');
    expect(await codeOf(done)).toBe('confirm.timed-out');
  });

  it('is one at a time', async () => {
    const { window } = begin(asked(two));
    expect(await codeOf(confirmations.ask(asked(two)))).toBe('confirm.open');
    window.cancel();
    await Promise.resolve();
    confirmations.stop();
    const next = begin(asked(two));
    confirmations.stop();
    expect(await codeOf(next.done)).toBe('trust.not-confirmed');
  });

  it('ends with the window that could not be shown', async () => {
    const own = new Confirmations({
      operators: fakeOperators(staff),
      timers,
      show: () => {
        throw new Failure('internal.unexpected');
      },
    });
    expect(await codeOf(own.ask(asked(two)))).toBe('internal.unexpected');
    expect(await codeOf(own.ask(asked(two)))).toBe('internal.unexpected');
  });

  it('takes the secret of somebody new last, and one that is easily guessed again', async () => {
    const refuse = (secret: string): void => {
      if (secret.length < 12) throw new Failure('operator.secret-weak');
    };
    const { window, done } = begin(asked(two, { of: 'EF', refuse }));
    await window.answer(signIn('AB'));
    expect(await window.answer(signIn('CD'))).toMatchObject({ step: 'secret', secretFor: 'EF' });
    expect(await codeOf(window.answer({ kind: 'secret', secret: 'short' }))).toBe('operator.secret-weak');
    expect(await window.answer({ kind: 'secret', secret: 'a long enough secret' })).toBeNull();
    expect(await done).toMatchObject({ secret: 'a long enough secret' });
  });
});

describe('who confirms', () => {
  const operators = (state: ReturnType<OperatorKeeping['state']>) => ({ ...fakeOperators(staff), state: () => state });
  const acts = Object.keys(dangerousActs) as DangerousAct[];

  it('is this table', () => {
    const told = acts.map((act) => {
      const { roles: allowed, persons, without } = dangerousActs[act];
      return `${act}: ${allowed.join(' ')} ×${persons}, without operators ${without}`;
    });
    expect(told).toEqual([
      'trust.restore: administrator ×2, without operators names',
      'trust.pin: administrator ×2, without operators names',
      'trust.unpin: administrator ×2, without operators names',
      'trust.pinAuthority: administrator ×2, without operators names',
      'trust.unpinAuthority: administrator ×2, without operators names',
      'trust.setLimits: administrator ×two-if-there, without operators anybody',
      'trust.setPlaces: administrator ×two-if-there, without operators anybody',
      'operators.add: administrator ×two-if-there, without operators anybody',
      'operators.setRole: administrator ×two-if-there, without operators nobody',
      'operators.remove: administrator ×two-if-there, without operators nobody',
      'operators.newSecret: administrator ×two-if-there, without operators nobody',
      'operators.reset: supervisor administrator ×1, without operators nobody',
      'operators.train: supervisor administrator ×1, without operators nobody',
      'station.set: administrator ×two-if-there, without operators anybody',
      'retention.event: supervisor administrator ×1, without operators anybody',
      'retention.hold: supervisor administrator ×1, without operators anybody',
      'retention.release: administrator ×two-if-there, without operators names',
      'retention.erase: supervisor administrator ×1, without operators anybody',
      'headquarters.set: administrator ×2, without operators names',
      'headquarters.unset: administrator ×two-if-there, without operators names',
      'stations.trust: administrator ×2, without operators names',
      'stations.distrust: administrator ×1, without operators anybody',
      'stations.setRoute: administrator ×2, without operators names',
      'stations.endRoute: administrator ×1, without operators anybody',
    ]);
    for (const act of acts)
      for (const role of dangerousActs[act].roles) expect(['supervisor', 'administrator']).toContain(role);
    expect(roles).toHaveLength(4);
  });

  it('are two administrators as soon as there are two; an act that needs two waits for the second', () => {
    expect(confirmersOf('operators.add', operators('present'))).toMatchObject({ kind: 'operators', persons: 2 });
    staff.splice(1, 1);
    expect(confirmersOf('operators.add', operators('present'))).toMatchObject({ kind: 'operators', persons: 1 });
    expect(failureCodeOf(() => confirmersOf('trust.restore', operators('present')))).toBe('operator.second-needed');
  });

  it('is nobody by typed names once there were operators, but for naming the first one anew', () => {
    for (const act of acts) {
      const reopened = () => confirmersOf(act, operators('reopened'));
      if (act === 'operators.add') expect(reopened()).toEqual({ kind: 'names' });
      else expect(failureCodeOf(reopened)).toBe('operator.needed');
      expect(failureCodeOf(() => confirmersOf(act, operators('touched')))).toBe('trust.tampered');
    }
  });
});
