import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { GreyImage } from '../../renderer/mrz-camera/grey-image.ts';
import { writeFilm } from '../support/mrz-pictures/film.ts';
import { pagePicture, sizes } from '../support/mrz-pictures/page-picture.ts';
import { test } from './branch.ts';
import { specimenToday } from './chips.ts';
import { button, openCaseFor, question } from './desk-acts.ts';

/*
 * The lines filmed in the app's own page: the camera shows a film of pictures that were drawn, and everything from there on is the
 * product: stream, worker, classifier, check digits. What stands in the way is told.
 */

const passport = specimenToday('se-passport');
const [webcam, wide] = sizes;

function filmOf(pictures: readonly GreyImage[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-film-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'page.y4m');
  writeFilm(file, pictures);
  return file;
}

// A hand does not hold a page still: each picture of it is another.
const pageOf = (lines: readonly string[], size: (typeof sizes)[number]) =>
  [1, 2, 3].map((seed) => pagePicture(lines, 'plain', size, seed));

const nothingBefore = async () => undefined;
/** A picture is read in a tenth of a second of a core's time: on a machine that is busy with others it takes as long as it takes. */
const whileFilming = { timeout: 90_000 };

test('lines before the camera open the chip, with no key but the first', async ({ branchWith }) => {
  const branch = await branchWith(nothingBefore, { film: filmOf(pageOf(passport.mrz, wide)) });
  const { page } = branch.app;
  await openCaseFor(page, passport);
  await button(page, 'Read with camera').click();
  await question(page, 'Place the passport or ID card on the reader.').waitFor(whileFilming);
  await branch.lay(passport);
  await question(page, 'The chip is read.').waitFor();
  // Nothing that was filmed is in the log.
  for (const line of passport.mrz) expect(branch.app.log()).not.toContain(line);
});

test('lines with a wrong check digit are not taken: a person corrects them', async ({ branchWith }) => {
  const [first = '', second = ''] = passport.mrz;
  const digit = second.charAt(9);
  const wrong = [first, `${second.slice(0, 9)}${(Number(digit) + 5) % 10}${second.slice(10)}`];
  const branch = await branchWith(nothingBefore, { film: filmOf(pageOf(wrong, webcam)) });
  const { page } = branch.app;
  await openCaseFor(page, passport);
  await button(page, 'Read with camera').click();
  await button(page, 'Use and correct').click(whileFilming);
  const lines = page.getByLabel('Lines at the bottom of the photo page');
  expect(await lines.inputValue()).toBe(wrong.join('\n'));
  await button(page, 'Use and correct').waitFor({ state: 'detached' });
  await lines.fill(passport.mrz.join('\n'));
  await button(page, 'Go on').click();
  await question(page, 'Place the passport or ID card on the reader.').waitFor();
});

test('a black picture is said to be one', async ({ branchWith }) => {
  const { width, height } = webcam;
  const black = { width, height, luma: new Uint8Array(width * height) };
  const branch = await branchWith(nothingBefore, { film: filmOf([black]) });
  const { page } = branch.app;
  await openCaseFor(page, passport);
  await button(page, 'Read with camera').click();
  await page.getByTestId('film-status').getByText('The picture is black.').waitFor(whileFilming);
});
