import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import type { StyrkBridge } from '../../preload/contract.ts';
import { specimenToday } from './chips.ts';
import { button, personOf, question, sameFace, sealedRecord } from './desk-acts.ts';
import { clickToClose, openApp, type RunningApp } from './driver.ts';

/*
 * From the first start of a folder that nobody set up to a finished training case, as somebody new goes through it: by keyboard, with
 * a restart and detours between, and without anything said to be done that is not.
 */

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'styrk-first-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function started(directory: string): Promise<RunningApp> {
  const app = await openApp({ directory, readers: 'training', firstSetUp: true });
  onTestFinished(() => app.close());
  // A secret takes its second on a desk PC, and many on a machine with much else to do.
  app.page.context().setDefaultTimeout(120_000);
  return app;
}

async function lay(page: Page, id: string): Promise<void> {
  await page.evaluate(async (wanted) => {
    const { styrk } = globalThis as unknown as { readonly styrk: StyrkBridge };
    await styrk.call('training.lay', wanted);
  }, id);
}

/** The question that has come, which has the focus. */
async function asks(page: Page, name: string): Promise<void> {
  await question(page, name).waitFor();
  await page.waitForFunction(
    (heading) => document.activeElement?.tagName === 'H1' && document.activeElement.textContent === heading,
    name,
  );
}

const stateOf = (page: Page, step: string) => page.getByTestId(`set-up-${step}`).getAttribute('data-state');

const asked = {
  station: 'What is this station called, and who sees the customer?',
  key: 'This is how the register is locked',
  lists: 'Whose passports is this station to recognise?',
  administrator: 'Who is the first administrator?',
  reader: 'Does the reader answer?',
  case: 'Take a case in training',
};

test('a new station is set up by keyboard alone, goes on after a restart where it was, and ends with a training case', async () => {
  const directory = folder();
  const first = await started(directory);
  const { page } = first;
  const { keyboard } = page;
  await asks(page, asked.station);
  expect(await stateOf(page, 'station')).toBe('open');
  // Nothing is typed: Enter keeps nothing and goes nowhere.
  await keyboard.press('Enter');
  await keyboard.press('Tab');
  await keyboard.type('Uppsala, kassa 2');
  await keyboard.press('Tab');
  await keyboard.press('Space');
  await keyboard.press('Enter');
  const window = await first.confirmation();
  await window.getByTestId('confirm-rows').getByText('Uppsala, kassa 2').waitFor();
  await window.getByTestId('confirm-rows').getByText('Attended').waitFor();
  await clickToClose(window.getByRole('button', { name: 'Do it' }));

  await asks(page, asked.key);
  expect(await stateOf(page, 'station')).toBe('done');
  await keyboard.press('Enter');
  await asks(page, asked.lists);
  await page.getByText('In training nothing more is needed.').waitFor();
  await keyboard.press('Enter');
  await asks(page, asked.administrator);

  // Left out, with what follows from it said of the button itself.
  const skip = button(page, 'Leave it out for now');
  const consequence = await skip.getAttribute('aria-describedby');
  expect(await page.locator(`[id="${consequence}"]`).textContent()).toContain('nobody signs in');
  await skip.focus();
  await keyboard.press('Enter');
  await asks(page, asked.reader);
  await page.locator('[data-testid="set-up-administrator"][data-state="skipped"]').waitFor();

  // Nothing lies there: the test waits, and says for what.
  await keyboard.press('Enter');
  await page.getByText('Training reader: nothing is on it').waitFor();
  expect(await stateOf(page, 'reader')).toBe('open');
  await lay(page, 'se-passport');
  await page.getByText('Training reader: a card or passport is on it').waitFor();
  await keyboard.press('Enter');
  await page.getByTestId('reader-test').getByText('a passport or identity card answered on Training reader.').waitFor();
  await page.locator('[data-testid="set-up-reader"][data-state="done"]').waitFor();
  await question(page, asked.reader).focus();
  await keyboard.press('Enter');
  await asks(page, asked.case);
  await first.close();

  const again = await started(directory);
  const specimen = specimenToday('se-passport');
  await asks(again.page, asked.case);
  expect(await stateOf(again.page, 'administrator')).toBe('skipped');
  expect(await stateOf(again.page, 'reader')).toBe('done');
  expect(await stateOf(again.page, 'case')).toBe('open');
  await again.page.keyboard.press('Enter');
  await again.page.getByTestId('set-up-notice').waitFor();
  // Back and there again: it waits.
  await button(again.page, 'Open the set-up').click();
  await asks(again.page, asked.case);
  await again.page.keyboard.press('Enter');
  // Somebody new knows nobody of the register: the page of what lies there says whom it is about.
  const scan = button(again.page, 'Scan the photo page');
  expect(await scan.count()).toBe(0);
  await again.page.getByLabel('Specimen on the training reader').selectOption(specimen.id);
  await scan.click();
  await button(again.page, /Renew BankID/).click();
  await button(again.page, new RegExp(personOf(specimen).surname)).click();
  await question(again.page, 'The chip is read.').waitFor();
  expect(await scan.count()).toBe(0);
  await sameFace(again.page);
  await button(again.page, 'Approve and finish').click();
  expect(await sealedRecord(again.page)).not.toBe('');
  await again.page.getByTestId('set-up-ended').waitFor();
  await again.page.getByTestId('set-up-notice').waitFor({ state: 'detached' });

  // What was left out stays said, and is found again.
  await button(again.page, 'Office').click();
  await again.page.getByRole('navigation').getByRole('button', { name: 'First set-up' }).click();
  await asks(again.page, 'One step is not done');
  await again.page.getByTestId('sum-administrator').getByText('Left out').waitFor();
  await again.page.getByTestId('sum-case').getByText('Done').waitFor();
  await again.close();
  const third = await started(directory);
  await question(third.page, 'Why is the customer here?').waitFor();
  expect(await third.page.getByTestId('set-up-station').count()).toBe(0);
});

test('what was typed is kept on every detour, and the first administrator goes on where they were', async () => {
  const directory = folder();
  const first = await started(directory);
  const name = first.page.getByLabel('Name of the station');
  await name.fill('Uppsala, kas');
  await first.page.getByRole('radio', { name: /^Unattended/ }).check();
  await first.page.keyboard.press('F8');
  await question(first.page, 'Issuers and lists').waitFor();
  await first.page.keyboard.press('F8');
  await asks(first.page, asked.station);
  expect(await name.inputValue()).toBe('Uppsala, kas');
  await first.page.getByLabel('Language').selectOption('sv');
  await question(first.page, 'Vad heter stationen, och vem ser kunden?').waitFor();
  expect(await first.page.getByLabel('Stationens namn').inputValue()).toBe('Uppsala, kas');
  await first.page.getByLabel('Språk').selectOption('en');
  // Nobody confirms it: it is as it was, and what was typed stands there.
  await button(first.page, 'Keep this').click();
  const window = await first.confirmation();
  // A yes has no field: the focus is where it is read what it says yes to, and Escape leaves it unsaid.
  await window.locator('h1:focus').waitFor();
  await Promise.all([window.waitForEvent('close'), window.keyboard.press('Escape').catch(() => undefined)]);
  await first.page.getByRole('alert').waitFor();
  expect(await name.inputValue()).toBe('Uppsala, kas');
  expect(await stateOf(first.page, 'station')).toBe('open');
  await first.page.getByTestId('set-up-administrator').click();
  await asks(first.page, asked.administrator);
  await first.page.getByTestId('set-up-station').click();
  await asks(first.page, asked.station);
  await first.close();

  const { page, confirmation } = await started(directory);
  await asks(page, asked.station);
  expect(await page.getByLabel('Name of the station').inputValue()).toBe('Uppsala, kas');
  expect(await page.getByRole('radio', { name: /^Unattended/ }).isChecked()).toBe(true);
  await page.getByTestId('set-up-administrator').click();
  await asks(page, asked.administrator);
  const form = page.getByRole('form', { name: 'Somebody new' });
  await form.getByLabel('Sign').fill('AB');
  await form.getByLabel('Name').fill('Anna Berg');
  await page.keyboard.press('F8');
  await page.keyboard.press('F8');
  await asks(page, asked.administrator);
  expect(await form.getByLabel('Name').inputValue()).toBe('Anna Berg');
  await form.getByRole('button', { name: 'Add' }).click();
  const secret = 'one long secret of hers';
  const choosing = await confirmation();
  // Refused, it is typed anew from its first field.
  await choosing.getByLabel('New secret').fill('short');
  await choosing.getByLabel('The same once more').fill('short');
  await choosing.keyboard.press('Enter');
  await choosing.getByRole('alert').waitFor();
  expect(await choosing.getByLabel('New secret').evaluate((field) => field === document.activeElement)).toBe(true);
  await choosing.getByLabel('New secret').fill(secret);
  await choosing.getByLabel('The same once more').fill(secret);
  await clickToClose(choosing.getByRole('button', { name: 'Keep this secret' }));
  await page.getByLabel('Your sign').fill('AB');
  await page.getByLabel('Your secret').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await asks(page, 'Who is the second administrator?');
  expect(await stateOf(page, 'administrator')).toBe('done');
  // An administrator, who takes no cases, tests the reader; also where the page was opened before anybody had signed in.
  const lies = page.getByLabel('Specimen on the training reader');
  await page.getByRole('button', { name: 'Sign out AB' }).click();
  await lies.waitFor({ state: 'detached' });
  await page.reload();
  await page.getByLabel('Your sign').fill('AB');
  await page.getByLabel('Your secret').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByTestId('set-up-reader').click();
  await asks(page, asked.reader);
  await lies.selectOption('se-passport');
  await button(page, 'Test the reader').click();
  await page.locator('[data-testid="set-up-reader"][data-state="done"]').waitFor();
  // Whoever is no person here stands in no setting in clear.
  expect(readFileSync(join(directory, 'styrk.db')).includes('Anna Berg')).toBe(false);
});
