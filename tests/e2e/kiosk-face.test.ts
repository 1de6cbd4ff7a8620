import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { drawnLuma } from '../support/faces/drawn-luma.ts';
import { filmPictures, portraitPerson } from '../support/faces/portrait-films.ts';
import { writeFilm } from '../support/mrz-pictures/film.ts';
import type { Branch } from './branch.ts';
import { specimenToday } from './chips.ts';
import { button, personOf, question } from './desk-acts.ts';
import { colleagueComes, openAtFace, screen, test, toReader } from './kiosk-acts.ts';

/*
 * Attacks before the kiosk's own camera: a film is played to it, and everything from there on is the product. What each was found to be is
 * a colleague's to read; whoever holds it up is told the same each time.
 */

const passport = specimenToday('se-passport');
const person = personOf(passport);
const whileFilming = { timeout: 150_000 };

const films: readonly (readonly [string, string, readonly string[]])[] = [
  // Its edges are told where there is time to look at them often enough, which a machine that does much else has not: docs/face.md.
  ['a printed photo', 'a printed photo, held', ['Not everything that was asked for before the camera was seen']],
  [
    'a screen',
    'a screen on a stand',
    ['A fine, even pattern lies over the face', 'Not everything that was asked for before the camera was seen'],
  ],
  ['a frozen picture', 'a frozen picture', ['The camera’s picture stands quite still']],
  ['a film that comes again', 'two seconds of film, over and over', ['The same pictures come again, exactly alike.']],
];

// Each takes a minute and more of filming: two of them each time, all with STYRK_SOAK=1.
const eachTime = ['a screen', 'a frozen picture'];

test.for(process.env.STYRK_SOAK === undefined ? films.filter(([attack]) => eachTime.includes(attack)) : films)(
  '%s is told to the colleague, and to nobody at the kiosk',
  {
    timeout: 300_000,
  },
  async ([, name, signs], { branchWith }) => {
    const folder = mkdtempSync(join(tmpdir(), 'styrk-film-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'face.y4m');
    writeFilm(file, filmPictures(await portraitPerson('samira'), name));
    const branch = await branchWith(async () => undefined, { kiosk: true, film: file });
    const { page } = branch.app;
    await toReader(page, passport.mrz);
    const chip = await branch.lay(passport);
    await question(page, 'May we film your face?').waitFor();
    await button(page, 'Film my face').click();
    // Whatever is held before the camera: the same end, in the same words.
    await question(page, 'A colleague will do the last step with you').waitFor(whileFilming);
    expect(await page.getByTestId('film-signs').count()).toBe(0);
    await chip.lift();
    await button(page, 'Finish').click();
    await screen(page, 'attract').waitFor();

    const desk = await colleagueComes(page);
    await button(desk, 'Waiting (1)').click();
    await openAtFace(desk, person.surname);
    const told = desk.getByTestId('film-signs');
    for (const sign of signs) await told.getByText(sign).waitFor();
    // A film in grey cannot be lit: the page told so, else it would stand there as not seen. Nothing makes the check a success.
    const check = desk.getByTestId('check-face.presentation-attack');
    expect(await check.textContent()).toMatch(/Light of the screen.*?could not be measured/s);
    expect(await check.getAttribute('data-result')).toBe('undetermined');
  },
);

/** To the question before the camera, read aloud. */
async function toFaceAloud({ app, lay }: Branch): Promise<Locator> {
  const { page } = app;
  await toReader(page, passport.mrz);
  await button(page, 'Read aloud').click();
  await lay(passport);
  const heard = page.getByTestId('spoken');
  await heard.filter({ hasText: 'May we film your face?' }).waitFor();
  expect(await heard.textContent()).toBe(
    'May we film your face? A colleague will compare you with the photo in your document. A short film beforehand helps them see that ' +
      'nobody holds up a picture. No picture is kept. You need not. It goes on in the same way without. ' +
      'Press 1: I would rather have a colleague do it. Press 2: Film my face. ' +
      'Press zero: call staff. Press the star: hear this again.',
  );
  return heard;
}

test('whoever has no camera before them hears it, and goes on with a colleague', async ({ kiosk }) => {
  const { page } = kiosk.app;
  const heard = await toFaceAloud(kiosk);
  await page.keyboard.press('2');
  await heard
    .filter({ hasText: 'The camera cannot be used now. A colleague does this with you. Press 1: Go on.' })
    .waitFor();
  await page.keyboard.press('1');
  await heard.filter({ hasText: 'A colleague will do the last step with you.' }).waitFor();
  await screen(page, 'result').waitFor();
});

test('whoever stands wrong hears how to stand, and can have a colleague instead at any time', async ({
  branchWith,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-film-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'wall.y4m');
  const wall = { width: 640, height: 480, luma: new Uint8Array(640 * 480).fill(140) };
  writeFilm(file, [wall]);
  const branch = await branchWith(async () => undefined, { kiosk: true, film: file });
  const { page } = branch.app;
  const heard = await toFaceAloud(branch);
  await page.keyboard.press('2');
  const guided = 'Please stand in front of the camera. Press 1: I would rather have a colleague do it.';
  await heard.filter({ hasText: guided }).waitFor(whileFilming);
  await question(page, 'Please stand in front of the camera.').waitFor();
  // Staff can be called from here too, and back it begins anew.
  await page.keyboard.press('0');
  await screen(page, 'staff').waitFor();
  await button(page, 'Go on').click();
  await heard.filter({ hasText: 'May we film your face?' }).waitFor();
  await page.keyboard.press('1');
  await heard.filter({ hasText: 'A colleague will do the last step with you.' }).waitFor();
});

test('a camera that is mounted upside down is told as one, and a colleague goes on', async ({ branchWith }) => {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-film-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'upside-down.y4m');
  const face = await drawnLuma('samira');
  writeFilm(file, [{ ...face, luma: face.luma.toReversed() }]);
  const branch = await branchWith(async () => undefined, { kiosk: true, film: file });
  const { page } = branch.app;
  const heard = await toFaceAloud(branch);
  await page.keyboard.press('2');
  const told = 'The camera is upside down. A colleague does this with you. Press 1: Go on.';
  await heard.filter({ hasText: told }).waitFor(whileFilming);
  await page.keyboard.press('1');
  await heard.filter({ hasText: 'A colleague will do the last step with you.' }).waitFor();
});
