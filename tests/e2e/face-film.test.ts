import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { drawnLuma } from '../support/faces/drawn-luma.ts';
import { writeFilm } from '../support/mrz-pictures/film.ts';
import { test } from './branch.ts';
import { specimenToday } from './chips.ts';
import { button, question, toFaces } from './desk-acts.ts';

/*
 * An attack in the app's own page: the camera shows four pictures of a drawn face over and over, and everything from there on is the
 * product: stream, worker, measures, the main process, the verdict.
 */

const passport = specimenToday('se-passport');
const whileFilming = { timeout: 90_000 };

test('pictures that come again are told while staff compare, and stand against their word', async ({ branchWith }) => {
  const face = await drawnLuma('samira');
  const folder = mkdtempSync(join(tmpdir(), 'styrk-film-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'face.y4m');
  const pictures = [0, 6, 12, 18].map((brighter) => ({
    ...face,
    luma: face.luma.map((value) => Math.min(255, value + brighter)),
  }));
  writeFilm(file, pictures);
  const branch = await branchWith(async () => undefined, { film: file });
  const { page } = branch.app;
  await toFaces(branch, passport);
  const signs = page.getByTestId('film-signs');
  await signs.getByText('The same pictures come again, exactly alike.').waitFor(whileFilming);
  await page.getByRole('radio', { name: 'Same person' }).check();
  await button(page, 'Save answer').click();
  await question(page, /^Ask a colleague: /).waitFor();
  expect(await page.getByRole('radio', { name: /^Approve/ }).isDisabled()).toBe(true);
});

test('a camera on its head is told to staff, who turn it; the customer is told nothing of it', async ({
  branchWith,
}) => {
  const face = await drawnLuma('samira');
  const folder = mkdtempSync(join(tmpdir(), 'styrk-film-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'upside-down.y4m');
  writeFilm(file, [{ ...face, luma: face.luma.toReversed() }]);
  const branch = await branchWith(async () => undefined, { film: file });
  const { page } = branch.app;
  await toFaces(branch, passport);
  await page.getByText(/^The camera stands on its head\. Turn it over/).waitFor(whileFilming);
  await page.getByText('Please look at me, without glasses or cap if you can.').waitFor();
});
