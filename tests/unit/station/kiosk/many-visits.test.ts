import { expect, it } from 'vitest';
import { unsuccessful } from '../../../../main/result/check.ts';
import { quietMillis, warningSeconds } from '../../../../main/station/kiosk/quiet.ts';
import { endedInspection, settled, wholeInspection } from '../../../support/fake-house.ts';
import { KioskWithoutWindow } from '../../../support/kiosk-without-window.ts';

/*
 * Three hundred people in a row, each with their own trouble: the kiosk is always back at its attract screen, as it was before the
 * first of them, and no case is left without its record. The same through windows: tests/e2e/kiosk-soak.test.ts.
 */

const people = 300;

/** The same troubles each time (Numerical Recipes' linear congruence). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

it(`${people} people with random troubles leave nothing of themselves`, async () => {
  const at = new KioskWithoutWindow();
  at.fake.verdict = 'refer';
  at.fake.alone = false;
  await at.start();
  const { fake, kiosk } = at;
  const acts = kiosk.answers;
  const state = () => kiosk.state();
  const fresh = (): object => {
    const { revision: _, visit: __, ...rest } = state();
    return rest;
  };
  const pristine = fresh();
  const next = seeded(14);
  const met = new Map<string, number>();

  const troubles: Readonly<Record<string, () => unknown>> = {
    none: () => undefined,
    torn: async () => {
      await fake.current.finish(endedInspection('card.removed'));
      fake.lift();
      fake.lay();
      await settled();
    },
    'worker gone': () => fake.current.fail('inspection.worker-lost'),
    'another card': () => fake.current.finish(endedInspection('document.no-application', 'failed')),
    'wrong key': () => fake.current.finish(endedInspection('access.wrong-key', 'failed')),
    forged: () =>
      fake.current.finish({
        ...wholeInspection(),
        checks: [unsuccessful('passive-authentication.hashes', 'failed', 'data-group.hash-differs')],
      }),
    expired: () =>
      fake.current.finish({
        ...wholeInspection(),
        checks: [unsuccessful('document.expiry', 'failed', 'document.expired')],
      }),
    'page gone': () => kiosk.pageGone(true),
    'reader gone': async () => {
      fake.unplug('Reader A');
      await fake.current.fail('reader.lost');
      at.pass(6);
      await settled();
      fake.setReader('Reader A', 'empty');
    },
    'service gone': async () => {
      fake.event({ type: 'service', available: false, code: 'reader.service-stopped' });
      await fake.current.fail('reader.service-stopped');
      at.pass(6);
      await settled();
      fake.event({ type: 'service', available: true, code: null });
      fake.setReader('Reader A', 'empty');
    },
    'walks away': () => acts.leave(),
    'calls somebody': () => acts.callStaff(true),
  };
  const names = Object.keys(troubles);

  for (let person = 0; person < people; person++) {
    await acts.go('language');
    await acts.chooseLanguage('sv');
    if (next(10) === 0) await acts.prefer({ speech: true, lower: next(2) === 0, contrast: next(2) === 0 });
    await acts.choosePurpose(next(2) === 0 ? 'renew-bankid' : 'replace-device');
    await acts.typeCan(String(100_000 + next(900_000)));
    fake.lay();
    await settled();
    const name = names[next(names.length)] ?? 'none';
    met.set(name, (met.get(name) ?? 0) + 1);
    const readings = fake.inspections.length;
    await troubles[name]?.();
    await settled();
    // Whoever is still being read is read to the end, where there is one.
    if (fake.inspections.length >= readings && state().screen === 'reading')
      await fake.current.finish(wholeInspection());
    await settled();
    fake.lift();
    // Some say that they are done, the rest go away.
    if (next(2) === 0) await acts.leave();
    else {
      at.timers.advance(quietMillis);
      at.pass(warningSeconds);
      at.timers.advance(5 * 60_000);
      at.pass(warningSeconds + 5);
    }
    await settled();
    expect([person, name, fresh()]).toEqual([person, name, pristine]);
    expect(at.desk.unattended.view()).toBeNull();
  }
  expect([...met.keys()].toSorted()).toEqual(names.toSorted());
  expect(fake.records).toHaveLength(people);
  expect(fake.records.every(({ decision }) => decision.outcome !== 'go-on')).toBe(true);
}, 120_000);
