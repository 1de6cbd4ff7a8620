import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { referralOf, referralText } from '../../../main/house/referral.ts';
import { filmSigns } from '../../../main/result/film-signs.ts';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import { methods } from '../../../preload/contract.ts';
import { anna, FakeHouse, FakeTimers, settled, wholeInspection } from '../../support/fake-house.ts';
import { rejection } from '../../support/rejection.ts';

/*
 * What the page tells of the film of a face: it stands against the case, in the record as codes and figures, and no page takes it back.
 */

let fake: FakeHouse;
let desk: Desk;
const film = { camera: 'HD Webcam (046d:0825)', pictures: 40, measured: ['flat' as const], signs: [] };
const flat = { sign: 'flat', score: 640 } as const;
const view = () => {
  const open = desk.state().case;
  if (open === null) throw new Error('no case');
  return open;
};
const checkOf = (id: string) => view().checks.find((check) => check.id === id) ?? null;

async function atFace(cameras: readonly string[] | null = null): Promise<void> {
  fake = new FakeHouse();
  fake.stationKind = 'attended';
  const { policy } = fake.house;
  const house = {
    ...fake.house,
    policy: (id: Parameters<typeof policy>[0]) => ({ ...policy(id), faceCameras: cameras }),
  };
  desk = createDesk({ ...fake.beside, house, standIn: false, newCaseId: () => 'case-1', timers: new FakeTimers() });
  await desk.start();
  await desk.answers['case.begin']();
  await desk.answers['case.choosePurpose']('large-transfer');
  await desk.answers['case.chooseHolder'](anna.id);
  fake.lay();
  await desk.answers['case.setAccessKey']({ kind: 'can', can: '123456' });
  await settled();
  await fake.current.finish(wholeInspection());
  await desk.answers['case.goTo']('face');
}

beforeEach(() => atFace());

test('where nothing was filmed there is no check of a film', () => {
  expect(checkOf('face.injection-attack')).toBeNull();
  expect(checkOf('face.presentation-attack')?.detail).not.toHaveProperty('film');
});

test('a film without a sign says what was measured, and rests on staff', async () => {
  await desk.answers['case.faceFilmed'](film);
  await desk.answers['case.answerFace']('same', null);
  expect(checkOf('face.injection-attack')).toMatchObject({
    result: 'successful',
    detail: { answeredBy: 'staff', film: { pictures: 40, measured: ['virtual-camera', 'camera-changed'], signs: [] } },
  });
  expect(checkOf('face.presentation-attack')?.detail).toMatchObject({ film: { measured: ['flat'] } });
});

test('another camera is no sign where staff chose it, one more is; what the first was found to be stays', async () => {
  const filmedBy = (camera: string) => desk.answers['case.faceFilmed']({ ...film, camera });
  const chosen = (name: string | null) => desk.answers['case.chooseCamera'](name);
  const signs = async (): Promise<unknown> => {
    await desk.answers['case.answerFace']('same', null);
    const seen = checkOf('face.injection-attack')?.detail.film;
    await desk.answers['case.goTo']('face');
    return (seen as { signs: { sign: string }[] }).signs.map(({ sign }) => sign);
  };
  await filmedBy('OBS Virtual Camera');
  await chosen('Two');
  await filmedBy('Two');
  await chosen(null);
  await filmedBy('The first');
  expect(await signs()).toEqual(['virtual-camera']);
  // Chosen again, or chosen and not there, lets no third one in.
  for (const again of ['Two', 'Unplugged', null]) await chosen(again);
  await filmedBy('Another');
  expect(await signs()).toEqual(['virtual-camera', 'camera-changed']);
});

test('a sign stands against staff’s own word, and stays whatever the page tells afterwards', async () => {
  await desk.answers['case.faceFilmed']({ ...film, signs: [flat] });
  await desk.answers['case.faceFilmed']({ ...film, signs: [{ ...flat, score: 510 }] });
  await desk.answers['case.faceFilmed']({ ...film, pictures: 90 });
  await desk.answers['case.answerFace']('same', null);
  expect(checkOf('face.presentation-attack')).toMatchObject({
    result: 'undetermined',
    code: 'film.flat',
    detail: { film: { pictures: 90, signs: [flat] }, remarks: ['film.flat'] },
  });
});

test.each([
  ['a program', ['OBS Virtual Camera'], null, 'failed', 'film.virtual-camera'],
  ['one that the bank does not name', ['Another'], ['Desk camera'], 'failed', 'film.camera-not-listed'],
  ['one that was changed', ['One', 'Other'], null, 'undetermined', 'film.camera-changed'],
] as const)('a camera is judged by its name: %s', async (_, names, taken, result, code) => {
  await atFace(taken);
  for (const camera of names) await desk.answers['case.faceFilmed']({ ...film, camera });
  expect(checkOf('face.injection-attack')).toMatchObject({ result, code });
  // The name itself stands in no snapshot.
  expect(JSON.stringify(desk.state())).not.toContain(names[0]);
});

test('the record has codes and figures, and no name of a camera', async () => {
  await desk.answers['case.faceFilmed']({ ...film, camera: 'Telephone of somebody', signs: [flat] });
  await desk.answers['case.answerFace']('same', null);
  await desk.answers['case.decide']({ outcome: 'stop', reason: 'a picture', sign: null, seen: fake.verdict });
  const record = fake.records.at(-1);
  expect(record?.checks.find(({ id }) => id === 'face.presentation-attack')?.code).toBe('film.flat');
  expect(JSON.stringify(record)).not.toContain('somebody');
});

test('outside the question of the face nothing is taken', async () => {
  await desk.answers['case.goTo']('decide');
  const told = rejection((async () => desk.answers['case.faceFilmed'](film))());
  expect((await told)?.code).toBe('case.not-open');
});

describe('what a hostile page tells is bounded', () => {
  const { args } = methods['case.faceFilmed'];
  test.each([
    ['a sign of its own', { ...film, signs: [{ sign: 'approved', score: 1 }] }],
    ['a measure of its own', { ...film, measured: ['everything'] }],
    ['more signs than there are', { ...film, signs: Array.from({ length: filmSigns.length + 1 }, () => flat) }],
    ['a score beyond', { ...film, signs: [{ ...flat, score: 1_001 }] }],
    ['half a score', { ...film, signs: [{ ...flat, score: 0.5 }] }],
    ['a picture beside', { ...film, signs: [{ ...flat, picture: 'AA==' }] }],
    ['a picture in it', { ...film, picture: 'AA==' }],
    ['fewer than no pictures', { ...film, pictures: -1 }],
    ['a name without an end', { ...film, camera: 'x'.repeat(201) }],
    ['nothing', null],
  ])('%s', (_, told) => {
    expect(v.safeParse(args, [told]).success).toBe(false);
  });
  test('and what it may tell is taken', () => {
    expect(v.safeParse(args, [{ ...film, signs: [flat] }]).success).toBe(true);
  });
});

test('a finding goes with a referral, and waits there for a colleague', async () => {
  await desk.answers['case.faceFilmed']({ ...film, signs: [flat] });
  await desk.answers['case.answerFace']('unsure', 'looks flat');
  await desk.answers['case.decide']({ outcome: 'refer', reason: 'looks flat', sign: null, seen: fake.verdict });
  const [referral] = fake.house.referrals().waiting;
  if (referral === undefined) throw new Error('not referred');
  expect(referralOf(referralText(referral)).film).toEqual({
    pictures: 40,
    measured: ['flat', 'virtual-camera', 'camera-changed'],
    signs: [flat],
  });
});
