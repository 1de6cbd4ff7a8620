import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { runHere } from '../support/side-door.ts';
import { test } from './branch.ts';
import { specimenToday } from './chips.ts';
import { button, openCaseFor, question, typeMrz } from './desk-acts.ts';

/* Two cameras at one desk: staff say which one films faces, it does at once and in every case from then on, and no other one does. */

const passport = specimenToday('se-passport');

const filming = (page: Page): Promise<string> =>
  page
    .locator('video')
    .evaluate((video: HTMLVideoElement) => (video.srcObject as MediaStream | null)?.getVideoTracks()[0]?.label ?? '');

async function toFaces(page: Page, lay: () => Promise<unknown>): Promise<void> {
  await openCaseFor(page, passport);
  await typeMrz(page, passport);
  await lay();
  await question(page, 'The chip is read.').waitFor();
  await button(page, /Compare faces/).click();
}

test('staff choose the camera for faces once, and it films in every case after', async ({ branchWith }) => {
  const branch = await branchWith(async () => undefined, { cameras: 2 });
  const { page } = branch.app;
  await toFaces(page, () => branch.lay(passport));
  const which = page.getByRole('combobox', { name: 'Camera' });
  const names = (await which.locator('option').allTextContents()).slice(1);
  expect(names).toHaveLength(2);
  const [first = '', second = ''] = names;
  await page.locator('video').waitFor({ state: 'attached' });
  expect(await filming(page)).toBe(first);
  await which.selectOption(second);
  await expect.poll(() => filming(page)).toBe(second);
  const set = await runHere(['station', 'cameras', '--json', '--training', '--data', branch.directory]);
  expect(set.json()).toEqual({ face: second, lines: null });

  // Another reload of the page: the choice is the station's.
  await page.reload();
  await which.waitFor();
  await expect.poll(() => filming(page)).toBe(second);
  expect(await which.inputValue()).toBe(second);
});

test('a camera that was set and is not there films nothing, and no other takes its place', async ({ branchWith }) => {
  const set = async (directory: string) => {
    const words = ['station', 'cameras', '--face', 'Unplugged', '--training', '--data', directory, '--json'];
    expect((await runHere(words)).json()).toMatchObject({ face: 'Unplugged' });
  };
  const branch = await branchWith(set, { cameras: 2 });
  const { page } = branch.app;
  await toFaces(page, () => branch.lay(passport));
  await page.getByText(/^The camera that was chosen is not there\./).waitFor();
  expect(await page.locator('video').count()).toBe(0);
  await page.getByRole('combobox', { name: 'Camera' }).selectOption({ label: 'The first of the system' });
  await page.locator('video').waitFor({ state: 'attached' });
  expect(await filming(page)).not.toBe('');
});
