import type { Page } from 'playwright-core';
import { type Branch, test as base } from './branch.ts';
import { specimenToday } from './chips.ts';
import { button, swipe } from './desk-acts.ts';
import { setLanguage } from './driver.ts';

/** A test that gets a kiosk of its own instead of a desk. */
export const test = base.extend<{ kiosk: Branch }>({
  kiosk: async ({ branchWith }, use) => use(await branchWith(async () => undefined, { kiosk: true })),
});

const mostTries = 4;
const untilPulledAgainMillis = 15_000;

/** The screen that the kiosk shows. */
export const screen = (page: Page, name: string) => page.locator(`[data-screen=${name}]`);

/** From the attract screen to the document on the reader: language, purpose, the lines from a scanner. */
export async function toReader(page: Page, lines: readonly string[], language = 'English'): Promise<void> {
  await screen(page, 'attract').getByRole('main').getByRole('button').click();
  await button(page, language).click();
  await screen(page, 'purpose').waitFor();
  await page.locator('[aria-keyshortcuts="1"]').click();
  await screen(page, 'way').waitFor();
  await scan(page, lines);
}

/**
 * Pulls the page through the scanner, and again where the kiosk asks for it or does nothing: on a machine that stands still in the middle of
 * it keys come as from a hand, and a page that was silent for too long is loaded anew and has heard none.
 */
export async function scan(page: Page, lines: readonly string[]): Promise<void> {
  const lay = screen(page, 'lay');
  const again = page.getByText(/^That could not be read right\./);
  for (let tries = 1; tries < mostTries; tries++) {
    await swipe(page, lines);
    await lay
      .or(again)
      .first()
      .waitFor({ timeout: untilPulledAgainMillis })
      .catch(() => undefined);
    if (await lay.isVisible()) return;
    if (!(await again.isVisible())) continue;
    // The sentence goes with the screen, so that the next one is of the next try.
    await page.locator('[aria-keyshortcuts="1"]').click();
    await page.getByRole('navigation').getByRole('button').first().click();
    await again.waitFor({ state: 'detached' });
  }
  await swipe(page, lines);
  await lay.waitFor();
}

/** A visit with one specimen, to the sentence that it ends in; then the kiosk is the next person's. */
export async function visit({ app, lay }: Branch, id: string): Promise<string> {
  const { page } = app;
  const specimen = specimenToday(id);
  await toReader(page, specimen.mrz);
  const chip = await lay(specimen);
  await screen(page, 'face').or(screen(page, 'result')).waitFor();
  await ratherColleague(page);
  await screen(page, 'result').waitFor();
  const told = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
  await chip.lift();
  await button(page, 'Finish').click();
  await screen(page, 'attract').waitFor();
  return told;
}

/** Where the face would be filmed a colleague is chosen instead; nothing happens on another screen. */
export async function ratherColleague(page: Page): Promise<void> {
  if (await screen(page, 'face').isVisible()) await button(page, 'I would rather have a colleague do it').click();
}

/** A colleague comes to the kiosk; in training nobody need sign in. The answer is the desk's window. */
export async function colleagueComes(page: Page): Promise<Page> {
  await page.getByRole('navigation').getByRole('button').last().click();
  await screen(page, 'staff').waitFor();
  const opened = page.context().waitForEvent('page');
  await page.getByRole('main').getByRole('button').last().click();
  const desk = await opened;
  await desk.locator('main').waitFor();
  await setLanguage(desk, 'en', true);
  return desk;
}

/** Opens the case of this person in a desk's queue of referrals, at the question of the face: at the kiosk nobody has compared it. */
export async function openAtFace(desk: Page, surname: string): Promise<void> {
  await desk
    .getByRole('row', { name: new RegExp(surname, 'i') })
    .getByRole('button', { name: 'Open' })
    .click();
  await button(desk, /^4 ?Face|Face/)
    .first()
    .click();
}
