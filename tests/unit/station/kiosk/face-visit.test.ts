import fc from 'fast-check';
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { machineChoice } from '../../../../main/machine/random.ts';
import { unsuccessful } from '../../../../main/result/check.ts';
import { movements } from '../../../../main/result/film-challenges.ts';
import { kioskHealthSetting } from '../../../../main/result/kiosk-health.ts';
import {
  closingMillis,
  framingMillis,
  leastMillis,
  lightMillis,
  movementMillis,
} from '../../../../main/station/kiosk/face-visit.ts';
import { KioskHealth } from '../../../../main/station/kiosk/health.ts';
import { quietMillis, warningSeconds } from '../../../../main/station/kiosk/quiet.ts';
import { kioskMethods, kioskStateSchema } from '../../../../preload/kiosk-contract.ts';
import { settled, wholeInspection } from '../../../support/fake-house.ts';
import { KioskWithoutWindow } from '../../../support/kiosk-without-window.ts';

/* The face before the kiosk's camera, without window and camera: what the main process asks, what it takes of a page, and how it ends. */

let at: KioskWithoutWindow;
const state = () => at.kiosk.state();
const acts = () => at.kiosk.answers;
const number = () => state().face?.asked?.number ?? Number.NaN;

async function toFace(inspection = wholeInspection()): Promise<void> {
  at = new KioskWithoutWindow();
  at.fake.verdict = 'refer';
  at.fake.stationKind = 'unattended';
  at.fake.alone = false;
  await at.start();
  await acts().go('language');
  await acts().chooseLanguage('en');
  await acts().choosePurpose('renew-bankid');
  await acts().typeCan('123456');
  at.fake.lay();
  await settled();
  await at.fake.current.finish(inspection);
  await settled();
}

/** Goes by the movements that are asked for, each answered with what `score` says of it; the answer is what was asked. */
async function challenged(score: (ask: string, round: number) => number | null | 'nothing'): Promise<string[]> {
  await acts().beginFace();
  await acts().faceFramed(true);
  const asks: string[] = [];
  while (state().face?.phase === 'challenge') {
    const ask = state().face?.asked?.ask ?? '';
    const told = score(ask, asks.length);
    asks.push(ask);
    at.timers.advance(leastMillis);
    if (told !== 'nothing') await acts().answerChallenge(number(), told);
    at.timers.advance(movementMillis.read - leastMillis);
  }
  at.timers.advance(closingMillis);
  await settled();
  return asks;
}

const presentation = () => at.fake.records.at(-1)?.checks.find(({ id }) => id === 'face.presentation-attack');
const referred = () => at.fake.waiting.at(-1)?.film;

beforeEach(() => toFace());

describe('the step with the camera', () => {
  it('begins with a question, and films nobody who was not asked', async () => {
    expect(state()).toMatchObject({ screen: 'face', face: { phase: 'asked', asked: null } });
    await acts()['case.camera'](true);
    expect(at.kiosk.cameraOpen()).toBe(false);
    await acts().faceFramed(true);
    expect(state().face).toEqual({ phase: 'asked', asked: null });
    await acts().beginFace();
    await acts()['case.camera'](true);
    expect(at.kiosk.cameraOpen()).toBe(true);
  });

  it('ends with a colleague for whoever would rather have one, with nothing of a film', async () => {
    await acts().endFace();
    expect(state()).toMatchObject({ screen: 'result', result: 'colleague' });
    expect(referred()).toBeUndefined();
    expect(presentation()).toMatchObject({ result: 'undetermined', code: 'check.not-made' });
  });

  it('is of every document that a colleague finishes, whatever was found in it', async () => {
    for (const code of ['data-group.hash-differs', 'chip-authentication.failed'] as const) {
      const whole = wholeInspection();
      await toFace({
        ...whole,
        checks: [...whole.checks, unsuccessful('passive-authentication.hashes', 'failed', code)],
      });
      expect(state()).toMatchObject({ screen: 'face', face: { phase: 'asked', asked: null }, said: null });
    }
  });

  it('is of none that has ended the case, nor of one that gave no photo', async () => {
    const whole = wholeInspection();
    await toFace({ ...whole, checks: [unsuccessful('document.expiry', 'failed', 'document.expired')] });
    expect(state()).toMatchObject({ screen: 'result', result: 'document-expired' });
    await toFace(wholeInspection({ portrait: null }));
    expect(state()).toMatchObject({ screen: 'result', result: 'colleague' });
  });

  it('notes a camera that is mounted wrong for whoever looks after it, until a face was seen well', async () => {
    const kept = () => at.fake.settings.get(kioskHealthSetting);
    for (const trouble of ['upside-down', 'on-its-side'] as const) {
      await acts().cameraFailed(trouble);
      expect(kept()).toMatchObject({ camera: trouble });
    }
    // Told outside the step it says nothing of any camera.
    await acts().faceFramed(true);
    expect(kept()).toMatchObject({ camera: 'on-its-side' });
    await acts().beginFace();
    await acts().faceFramed(true);
    expect(kept()).toMatchObject({ camera: 'not known' });
    // One that failed may fail again, whoever was seen by it in between.
    await acts().cameraFailed('failed');
    await acts().faceFramed(true);
    expect(kept()).toMatchObject({ camera: 'failed' });
  });

  // A camera for faces and one above the shelf (docs/kiosk-installation.md).
  it('films with the camera that is set for it, and keeps by what names cameras are there', async () => {
    at.fake.settings.set('camera.lines', 'Shelf');
    expect(await acts()['case.camera'](true)).toEqual({ named: null });
    await acts().beginFace();
    at.fake.settings.set('camera.face', 'Front');
    expect(await acts()['case.camera'](true)).toEqual({ named: 'Front' });
    expect(await acts()['case.camera'](false)).toEqual({ named: null });
    await acts().camerasSeen(['Front', 'Shelf']);
    expect(at.fake.settings.get(kioskHealthSetting)).toMatchObject({ cameras: ['Front', 'Shelf'] });
    // They are kept over the restart of the night.
    const around = { hindrance: () => null, purposes: () => 1, isIdle: () => true, changed: () => undefined };
    const { house } = at.fake;
    const again = new KioskHealth({ ...around, house, timers: at.timers, hour: () => 9, restart: () => undefined });
    again.start();
    again.stop();
    expect(at.fake.settings.get(kioskHealthSetting)).toMatchObject({ cameras: ['Front', 'Shelf'] });
  });

  it('takes a plug that is loose for nobody’s touch', async () => {
    at.timers.advance(quietMillis - 1);
    await acts().camerasSeen(['Front']);
    expect(state().time).toBeNull();
    at.timers.advance(1);
    expect(state().time).not.toBeNull();
  });

  it('leads nowhere back: what comes before it is done no more', async () => {
    const before = state();
    await acts().go('way');
    await acts().scan('ABC<<<<');
    await acts().typeCan('654321');
    await acts().choosePurpose('replace-device');
    await acts().tryAgain();
    expect(state()).toMatchObject({ screen: before.screen, face: before.face, purpose: before.purpose });
  });

  it('waits with whoever stands before the camera, longer for each touch, and then ends without a film', async () => {
    await acts().beginFace();
    for (let touch = 0; touch < 5; touch++) {
      at.timers.advance(framingMillis - 1);
      await acts().touched();
      expect(state()).toMatchObject({ screen: 'face', face: { phase: 'framing' }, time: null });
    }
    at.timers.advance(framingMillis);
    await settled();
    expect(state()).toMatchObject({ screen: 'result', result: 'colleague' });
  });

  it('keeps what was read for a colleague where nobody answers any more', async () => {
    at.timers.advance(quietMillis);
    expect(state().time).toEqual({ total: warningSeconds, left: warningSeconds });
    at.pass(warningSeconds);
    await settled();
    expect(state()).toMatchObject({ screen: 'attract', face: null });
    expect(at.fake.waiting.map(({ id }) => id)).toEqual(['case-1']);
  });

  it('keeps it where the machine breaks down meanwhile', async () => {
    at.fake.event({ type: 'service', available: false, code: 'reader.service-stopped' });
    at.pass(5);
    await settled();
    expect(at.fake.waiting.map(({ id }) => id)).toEqual(['case-1']);
  });

  it('begins again for whoever called somebody in the middle, once', async () => {
    for (const phase of ['framing', 'closing']) {
      await acts().beginFace();
      await acts().faceFramed(true);
      at.timers.advance(leastMillis);
      expect(state().face?.phase).toBe('challenge');
      await acts().callStaff(true);
      expect(state().screen).toBe('staff');
      at.timers.advance(60_000);
      expect(state().screen).toBe('staff');
      await acts().goOn();
      expect([phase, state().face]).toEqual([phase, { phase: 'asked', asked: null }]);
    }
    await acts().beginFace();
    await settled();
    expect(state().result).toBe('colleague');
  });
});

describe('what is asked for', () => {
  it('is three movements, none twice in a row, of all those that there are', async () => {
    const met = new Set<string>();
    const seen = new Set<string>();
    for (let visit = 0; visit < 60; visit++) {
      await toFace();
      at.choose = machineChoice;
      const asks = await challenged(() => 900);
      expect(asks).toHaveLength(3);
      asks.forEach((ask, place) => {
        expect(movements).toContain(ask);
        expect(ask).not.toBe(asks[place - 1]);
        met.add(ask);
      });
      seen.add(asks.join());
    }
    expect([...met].toSorted()).toEqual([...movements].toSorted());
    // Of twelve that there are sixty people meet more than half, but for one time in a billion.
    expect(seen.size).toBeGreaterThan(6);
  });

  it('is drawn when it is asked for: nothing says before what comes next', async () => {
    const drawn: number[] = [];
    at.choose = (below) => {
      drawn.push(below);
      return 0;
    };
    await acts().beginFace();
    expect(drawn).toEqual([]);
    await acts().faceFramed(true);
    expect(drawn).toEqual([3]);
    at.timers.advance(movementMillis.read);
    expect(drawn).toEqual([3, 2]);
  });

  it('takes longer for whoever hears it', async () => {
    await acts().prefer({ speech: true });
    await acts().beginFace();
    await acts().faceFramed(true);
    const first = number();
    at.timers.advance(movementMillis.heard - 1);
    expect(number()).toBe(first);
    at.timers.advance(1);
    expect(number()).toBe(first + 1);
  });

  it.each([
    ['all', () => 1_000, 'answered'],
    ['two of three', (_: string, round: number) => (round === 1 ? 0 : 500), 'answered'],
    ['one of three', (_: string, round: number) => (round === 1 ? 500 : 499), 'not-answered'],
    ['nothing', () => 0, 'not-answered'],
    ['not told at all', () => 'nothing' as const, 'not-answered'],
    ['could not be measured', () => null, 'not-measurable'],
  ] as const)('and done, %s', async (_, score, found) => {
    await challenged(score);
    expect(referred()?.challenge).toEqual({ movement: found });
    // Nothing makes it successful where nobody of the staff stands.
    expect(presentation()).toMatchObject({
      result: 'undetermined',
      code: found === 'not-answered' ? 'film.not-answered' : 'check.not-made',
      detail: { asked: { movement: found } },
    });
    expect(state()).toMatchObject({ screen: 'result', result: 'colleague' });
  });

  it('shows the person the same at the same moments, whatever was found', async () => {
    const told = [];
    for (const score of [1_000, 0, null, 'nothing'] as const) {
      await toFace();
      const states: (readonly [millis: number, shown: string])[] = [];
      at.kiosk.onState(({ revision: _, ...all }) => {
        const shown = JSON.stringify(all);
        if (shown !== states.at(-1)?.[1]) states.push([at.timers.now, shown]);
      });
      if (score !== 1_000) {
        await acts().beginFace();
        const signs = [{ sign: 'frozen' as const, score: 1_000 }];
        await acts()['case.faceFilmed']({ camera: 'OBS Virtual Camera', pictures: 40, measured: ['frozen'], signs });
      }
      await challenged(() => score);
      told.push(states);
    }
    expect(told[0]?.length).toBeGreaterThan(4);
    for (const other of told.slice(1)) expect(other).toEqual(told[0]);
  });
});

it('whoever could not do it ends as well: a colleague compares them and lets them go on', async () => {
  await challenged(() => 0);
  expect(presentation()).toMatchObject({ code: 'film.not-answered' });
  await acts().leave();
  await acts().callStaff(true);
  await acts().signIn('', '');
  const { answers } = at.desk;
  await answers['referrals.open']('case-1');
  const seen = () => at.desk.state().case?.checks.find(({ id }) => id === 'face.presentation-attack');
  // It travels with the referral, as a sign in words.
  expect(seen()?.detail).toMatchObject({ asked: { movement: 'not-answered' }, remarks: ['film.not-answered'] });
  await answers['case.answerFace']('same', null);
  expect(at.desk.state().case?.goOnHindrance).toBeNull();
  await answers['case.decide']({ outcome: 'go-on', reason: 'compared in person', sign: 'CD', seen: 'refer' });
  expect(at.fake.records.at(-1)).toMatchObject({ face: { answer: 'same' }, decision: { outcome: 'go-on' } });
});

describe('the light of the screen', () => {
  /** As far as the first colour. */
  async function toLight(): Promise<void> {
    await acts().beginFace();
    await acts().faceFramed(false);
    for (let round = 0; round < 3; round++) at.timers.advance(movementMillis.read);
  }
  const ask = () => state().face?.asked?.ask;

  it('shows three colours, each once, in an order that is drawn as it goes, all under one number', async () => {
    const orders = new Set<string>();
    for (let visit = 0; visit < 40; visit++) {
      await toFace();
      at.choose = machineChoice;
      await toLight();
      const first = number();
      const order = [];
      while (state().face?.phase === 'challenge') {
        order.push(ask());
        expect(number()).toBe(first);
        at.timers.advance(lightMillis);
      }
      expect(order.toSorted()).toEqual(['light-amber', 'light-blue', 'light-green']);
      orders.add(order.join());
    }
    // Of six: that forty people miss two of them happens once in a million times.
    expect(orders.size).toBeGreaterThan(4);
  });

  it('changes less than three times a second by far', () => {
    expect(lightMillis).toBeGreaterThan(1_000);
  });

  it('is shown to nobody who asked for less motion', async () => {
    await challenged(() => 1_000);
    expect(referred()?.challenge).toEqual({ movement: 'answered' });
  });

  it.each([
    [900, 'answered', 'check.not-made'],
    [499, 'not-answered', 'film.not-answered'],
    [null, 'not-measurable', 'check.not-made'],
    ['nothing', 'not-answered', 'film.not-answered'],
  ] as const)('%s of a thousand: %s', async (score, light, code) => {
    await acts().beginFace();
    await acts().faceFramed(false);
    for (let round = 0; round < 3; round++) {
      at.timers.advance(leastMillis);
      await acts().answerChallenge(number(), 1_000);
      at.timers.advance(movementMillis.read - leastMillis);
    }
    const posed = number();
    // Before the last colour was seen nothing can be said of it.
    await acts().answerChallenge(posed, 1_000);
    at.timers.advance(lightMillis);
    await acts().answerChallenge(posed, 1_000);
    at.timers.advance(lightMillis);
    await acts().answerChallenge(posed, 1_000);
    at.timers.advance(lightMillis);
    expect(state().face?.phase).toBe('closing');
    if (score !== 'nothing') await acts().answerChallenge(posed, score);
    at.timers.advance(closingMillis);
    await settled();
    expect(referred()?.challenge).toEqual({ movement: 'answered', light });
    expect(presentation()).toMatchObject({ result: 'undetermined', code, detail: { asked: { light } } });
    expect(state().result).toBe('colleague');
  });
});

describe('of a page that anybody may have taken over', () => {
  const found = async () => {
    while (state().face?.phase === 'challenge') at.timers.advance(movementMillis.read);
    at.timers.advance(closingMillis);
    await settled();
    return referred()?.challenge;
  };
  const begun = async () => {
    await acts().beginFace();
    await acts().faceFramed(true);
  };

  it('no answer is taken to what was not asked for', async () => {
    for (const never of [0, 1, 2, 7, 999]) await acts().answerChallenge(never, 1_000);
    await begun();
    at.timers.advance(leastMillis);
    for (const never of [0, 2, 3, 4, 999]) await acts().answerChallenge(never, 1_000);
    expect(await found()).toEqual({ movement: 'not-answered' });
  });

  it('none that comes sooner than anybody could have moved', async () => {
    await begun();
    for (let round = 0; round < 3; round++) {
      at.timers.advance(leastMillis - 1);
      await acts().answerChallenge(number(), 1_000);
      at.timers.advance(movementMillis.read);
    }
    expect(await found()).toEqual({ movement: 'not-answered' });
  });

  it('no second one to the same', async () => {
    await begun();
    while (state().face?.phase === 'challenge') {
      at.timers.advance(leastMillis);
      await acts().answerChallenge(number(), 0);
      await acts().answerChallenge(number(), 1_000);
      at.timers.advance(movementMillis.read - leastMillis);
    }
    expect(await found()).toEqual({ movement: 'not-answered' });
  });

  it('none to what has been over for long, nor after the end', async () => {
    await begun();
    at.timers.advance(movementMillis.read);
    at.timers.advance(movementMillis.read);
    await acts().answerChallenge(1, 1_000);
    await acts().answerChallenge(2, 1_000);
    expect(await found()).toEqual({ movement: 'not-answered' });
    const records = at.fake.records.length;
    for (const late of [1, 2, 3]) await acts().answerChallenge(late, 1_000);
    await acts().beginFace();
    await acts().endFace();
    await acts()['case.faceFilmed']({ camera: '', pictures: 1, measured: [], signs: [] });
    expect(at.fake.records).toHaveLength(records);
    expect(state()).toMatchObject({ screen: 'result', result: 'colleague' });
  });

  it('no figure but whole thousandths', () => {
    const { args } = kioskMethods.answerChallenge;
    for (const wrong of [1_001, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e300, '900', [], {}])
      expect(v.safeParse(args, [1, wrong]).success).toBe(false);
    for (const wrong of [-1, 1.5, 1e9, null, '1']) expect(v.safeParse(args, [wrong, 500]).success).toBe(false);
    expect(v.safeParse(args, [1, null]).success).toBe(true);
  });

  it('nothing in any order leads to anything but a colleague', async () => {
    const film = { camera: 'x', pictures: 3, measured: [], signs: [] };
    const calls = fc.array(
      fc.oneof(
        fc.constant(() => acts().beginFace()),
        fc.constant(() => acts().faceFramed(true)),
        fc.constant(() => acts().endFace()),
        fc.constant(() => acts()['case.faceFilmed'](film)),
        fc.constant(() => acts()['case.camera'](true)),
        fc.constant(() => acts().callStaff(true)),
        fc.constant(() => acts().goOn()),
        fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1_000 })).map(
          ([which, score]) =>
            () =>
              acts().answerChallenge(which, score),
        ),
        fc.integer({ min: 0, max: 9_000 }).map((millis) => () => at.timers.advance(millis)),
      ),
      { maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(calls, async (todo) => {
        await toFace();
        for (const call of todo) {
          await call();
          expect(v.safeParse(kioskStateSchema, state()).success).toBe(true);
        }
        await acts().goOn();
        await acts().endFace();
        await settled();
        expect(state()).toMatchObject({ screen: 'result', result: 'colleague', face: null });
        expect(at.kiosk.cameraOpen()).toBe(false);
        expect(at.fake.records.map(({ decision }) => decision.outcome)).toEqual(['refer']);
      }),
      { numRuns: 60 },
    );
  });
});
