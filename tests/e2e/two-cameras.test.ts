import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { runHere } from '../support/side-door.ts';
import { test } from './branch.ts';
import { specimenToday } from './chips.ts';
import { toFaces } from './desk-acts.ts';

/* Two cameras at one desk: staff say which one films faces, it does at once and in every case from then on, and no other one does. */

const passport = specimenToday('se-passport');

const films = (page: Page, name: string) =>
  page.waitForFunction((wanted) => {
    const source = document.querySelector('video')?.srcObject;
    return source instanceof MediaStream && source.getVideoTracks()[0]?.label === wanted;
  }, name);

test('the camera that is set films faces, or none does; staff choose, and it films from then on', async ({
  branchWith,
}) => {
  const cameras = (directory: string, ...words: string[]) =>
    runHere(['station', 'cameras', ...words, '--json', '--training', '--data', directory]);
  const branch = await branchWith(async (directory) => void (await cameras(directory, '--face', 'Unplugged')), {
    cameras: 2,
  });
  const { page } = branch.app;
  await toFaces(branch, passport);
  await page.getByText(/^The camera that was chosen is not there\./).waitFor();
  expect(await page.locator('video').count()).toBe(0);

  const which = page.getByRole('combobox', { name: 'Camera' });
  const [, unplugged, first = '', second = ''] = await which.locator('option').allTextContents();
  expect([unplugged, await which.inputValue()]).toEqual(['Unplugged', 'Unplugged']);
  await which.selectOption({ label: 'The first of the system' });
  await films(page, first);
  await which.selectOption(second);
  await films(page, second);
  expect((await cameras(branch.directory)).json()).toEqual({ face: second, lines: null });

  // The choice is the station's, and none of the page's.
  await page.reload();
  await films(page, second);
  expect(await which.inputValue()).toBe(second);
});
