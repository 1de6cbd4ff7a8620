import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { type Branch, test as base } from './branch.ts';
import { specimenToday } from './chips.ts';
import { button, personOf, question, swipe } from './desk-acts.ts';

const passport = specimenToday('se-passport');
const person = personOf(passport);

const test = base.extend<{ kiosk: Branch }>({
  kiosk: async ({ branchWith }, use) => use(await branchWith(async () => undefined, { kiosk: true })),
});

const screen = (page: Page, name: string) => page.locator(`[data-screen=${name}]`);

/** From the attract screen to the document on the reader: language, purpose, the lines from a scanner. */
async function swipeTo(page: Page, lines: readonly string[]): Promise<void> {
  await button(page, /Touch the screen|Rör vid skärmen/).click();
  await button(page, 'English').click();
  await button(page, 'Renew BankID').click();
  await screen(page, 'way').waitFor();
  await swipe(page, lines);
  await screen(page, 'lay').waitFor();
}

describe('a customer alone, the chip coming through pcscd', () => {
  test('renews from the attract screen to the record and the answer, which a colleague gives', async ({ kiosk }) => {
    const { page } = kiosk.app;
    await swipeTo(page, passport.mrz);
    const chip = await kiosk.lay(passport);
    await question(page, 'A colleague will do the last step with you').waitFor();
    await chip.lift();
    await button(page, 'Finish').click();
    await screen(page, 'attract').waitFor();

    // The next person finds nothing of the one before: not in the page, not in the log, not in the folder.
    const left = (await page.content()).toUpperCase();
    for (const trace of [person.surname, person.personalNumber, passport.mrz[1] ?? ''])
      expect(left).not.toContain(trace.toUpperCase());
    const written = [...readdirSync(kiosk.directory, { recursive: true, withFileTypes: true })]
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    for (const text of [...written, kiosk.app.log()]) expect(text.includes(person.personalNumber)).toBe(false);

    // A colleague comes to the kiosk, compares the face and finishes.
    await button(page, /Call staff|Kalla på personal/).click();
    const opened = page.context().waitForEvent('page');
    await button(page, /I work here|Jag arbetar här/).click();
    const desk = await opened;
    await desk.locator('main').waitFor();
    await screen(page, 'colleague').waitFor();
    await desk.close();
    await screen(page, 'attract').waitFor();
  });
});
