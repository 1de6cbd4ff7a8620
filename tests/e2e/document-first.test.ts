import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { test } from './branch.ts';
import { specimenToday } from './chips.ts';
import { button, openCaseFor, personOf, question, sealedRecord, swipe } from './desk-acts.ts';

/*
 * The ordinary case by keys alone, counted (INTERFACE: an ordinary case costs a teller few keys), and that nothing typed is lost on a
 * detour. A key that is held with another counts as one more.
 */

const passport = specimenToday('se-passport');
const person = personOf(passport);

/** A keyboard that counts. */
function counting(page: Page) {
  let count = 0;
  return {
    press: async (key: string): Promise<void> => {
      count += key.split('+').length;
      await page.keyboard.press(key);
      await page.waitForFunction('document.activeElement !== null && document.activeElement !== document.body');
    },
    type: async (text: string): Promise<void> => {
      count += text.length;
      await page.keyboard.type(text);
    },
    get count() {
      return count;
    },
  };
}

/** From the chip that is read to the record. */
async function compareAndApprove(page: Page, keys: ReturnType<typeof counting>): Promise<void> {
  await question(page, 'The chip is read.').waitFor();
  await keys.press('Enter');
  await question(page, 'Is this the same person?').waitFor();
  await page.locator('input[type=radio]:focus').waitFor();
  await keys.press('Space');
  await keys.press('Enter');
  await question(page, /^This is /).waitFor();
  await keys.press('Enter');
  expect(await sealedRecord(page)).not.toBe('');
}

describe('the keys of an ordinary case', () => {
  test('with a swipe: six at most', async ({ branch }) => {
    const { page } = branch.app;
    const keys = counting(page);
    await page.locator('button:focus').filter({ hasText: 'Renew BankID' }).waitFor();
    await swipe(page, passport.mrz);
    await page.getByTestId('printed-document').waitFor();
    await page.locator('button:focus').filter({ hasText: 'Renew BankID' }).waitFor();
    await keys.press('Enter');
    // Found by the number in the lines, and taken by nobody before it is confirmed.
    await page.locator('button:focus').filter({ hasText: person.surname }).waitFor();
    await keys.press('Enter');
    await question(page, 'Place the passport or ID card on the reader.').waitFor();
    expect(await page.locator('main [data-main-action]').count()).toBe(0);
    await branch.lay(passport);
    await compareAndApprove(page, keys);
    console.log(`keys of the ordinary case, with a swipe: ${keys.count}`);
    expect(keys.count).toBeLessThanOrEqual(6);
  });

  test('without swipe or camera: forty-five at most', async ({ branch }) => {
    const { page } = branch.app;
    const keys = counting(page);
    await page.locator('button:focus').filter({ hasText: 'Renew BankID' }).waitFor();
    await keys.press('Enter');
    await page.locator('input:focus').waitFor();
    await keys.type(person.personalNumber);
    await keys.press('Enter');
    await page.locator('button:focus').filter({ hasText: person.surname }).waitFor();
    await keys.press('Enter');
    await page.locator('textarea:focus').waitFor();
    await keys.press('Shift+Tab');
    await keys.press('Enter');
    await page.getByLabel('Document number').waitFor();
    const [, second = ''] = passport.mrz;
    await keys.type(second.slice(0, 9).replace(/<+$/, ''));
    // The birth date stands there already: it is the holder's.
    await page.getByText('From the customer file.').waitFor();
    await keys.press('Tab');
    await keys.press('Tab');
    await keys.type(second.slice(21, 27));
    await keys.press('Enter');
    await question(page, 'Place the passport or ID card on the reader.').waitFor();
    await branch.lay(passport);
    await compareAndApprove(page, keys);
    console.log(`keys of the ordinary case, without swipe or camera: ${keys.count}`);
    expect(keys.count).toBeLessThanOrEqual(45);
  });
});

describe('nothing typed is lost', () => {
  test('on any detour, nor the focus', async ({ branch }) => {
    const { page } = branch.app;
    const keys = counting(page);
    await openCaseFor(page, passport);
    const lines = page.getByLabel('Lines at the bottom of the photo page');
    const typed = passport.mrz[0] ?? '';
    await lines.fill(typed);
    for (const [away, back] of [
      ['F2', 'Alt+3'],
      ['Alt+1', 'Alt+3'],
      ['F8', 'F8'],
      ['F7', 'F7'],
    ] as const) {
      await keys.press(away);
      await lines.waitFor({ state: 'detached' });
      await keys.press(back);
      await lines.waitFor();
      expect([away, await lines.inputValue()]).toEqual([away, typed]);
    }
    const textSize = () => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('header').getByLabel('Language').selectOption('sv');
    await page.getByLabel('Raderna längst ner på fotosidan').waitFor();
    expect(await page.locator('textarea').inputValue()).toBe(typed);
    await page.keyboard.press('Control++');
    await expect.poll(textSize).toBe('18.4px');
    expect(await page.locator('textarea').inputValue()).toBe(typed);
    await page.reload();
    // The size of the text is kept.
    await expect.poll(textSize).toBe('18.4px');
  });

  test('after a wrong key: what was typed stands there, with the places that no check digit tells', async ({
    branch,
  }) => {
    const { page } = branch.app;
    await openCaseFor(page, passport);
    const other = specimenToday('se-id-card');
    const lines = page.getByLabel('Lines at the bottom of the photo page');
    await lines.fill(other.mrz.join('\n'));
    await button(page, 'Go on').click();
    await branch.lay(passport);
    await button(page, 'Type it again').click();
    await lines.waitFor();
    expect(await lines.inputValue()).toBe(other.mrz.join('\n'));
    await page.getByTestId('typed-lines').getByText('The chip did not open.').waitFor();
  });

  test('the decision is not reached past the comparison of faces', async ({ branch }) => {
    const { page } = branch.app;
    await openCaseFor(page, passport);
    await page.getByLabel('Lines at the bottom of the photo page').fill(passport.mrz.join('\n'));
    await button(page, 'Go on').click();
    await branch.lay(passport);
    await question(page, 'The chip is read.').waitFor();
    await page.keyboard.press('Alt+5');
    await question(page, 'Is this the same person?').waitFor();
  });
});
