import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { specimenToday } from './chips.ts';
import { button } from './desk-acts.ts';
import { screen, test } from './kiosk-acts.ts';

/*
 * A visit by touch alone with everything lower down, on an upright screen whose lower half lies within reach (EN 301 549 §8.3.2;
 * docs/kiosk-installation.md): on each screen all that can be touched stands in that half, and is large enough.
 */

const passport = specimenToday('se-passport');
const upright = { width: 1080, height: 1920 };
const targetPixels = 64;

/** What can be touched on the screen that stands there, and does not lie in its lower half or is too small. */
async function outOfReach(page: Page): Promise<readonly string[]> {
  const targets = page.locator('main button, main input, main select, nav button');
  const found = await targets.evaluateAll((elements) =>
    elements.map((element) => {
      const { top, bottom, width, height } = element.getBoundingClientRect();
      return { text: element.textContent || element.tagName, top, bottom, width, height };
    }),
  );
  expect(found.length).toBeGreaterThan(3);
  return found
    .filter(({ top, bottom, width, height }) => {
      const reached = top >= upright.height / 2 && bottom <= upright.height;
      return !reached || width < targetPixels || height < targetPixels;
    })
    .map((target) => JSON.stringify(target));
}

test('a visit by touch alone with everything lower down', async ({ kiosk }) => {
  const { page } = kiosk.app;
  await page.setViewportSize(upright);
  await screen(page, 'attract').getByRole('main').getByRole('button').click();
  await screen(page, 'language').waitFor();
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^(Lower|Längre ner)$/ })
    .click();
  const reached = async (name: string): Promise<void> => {
    await screen(page, name).waitFor();
    expect([name, await outOfReach(page)]).toEqual([name, []]);
  };
  await reached('language');
  await button(page, 'English').click();
  await reached('purpose');
  await button(page, /Renew BankID/).click();
  await reached('way');
  await button(page, /Type its number and two dates/).click();
  await reached('fields');
  const [, line = ''] = passport.mrz;
  for (const typed of [line.slice(0, 9).replaceAll('<', ''), line.slice(13, 19), line.slice(21, 27)]) {
    expect(['typing', await outOfReach(page)]).toEqual(['typing', []]);
    for (const character of typed)
      await page.getByRole('main').getByRole('button', { name: character, exact: true }).click();
    await page.getByRole('main').getByRole('button', { name: 'Go on' }).click();
  }
  await reached('lay');
  const chip = await kiosk.lay(passport);
  await reached('face');
  await button(page, 'I would rather have a colleague do it').click();
  await reached('result');
  await chip.lift();
  await button(page, 'Finish').click();
  await screen(page, 'attract').waitFor();
});
