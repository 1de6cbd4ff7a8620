import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import type { StyrkBridge } from '../../preload/contract.ts';
import { specimenToday } from './chips.ts';
import { button, openCaseFor, personOf, question, sameFace, sealedRecord, typeMrz } from './desk-acts.ts';
import { openApp } from './driver.ts';

/*
 * The office in a real window, and what the desk does beside an ordinary case: a customer file is taken in, a permit is laid beside a
 * passport, a reading counts once more, and what came of it is found, checked, and put on paper.
 */

async function lay(page: Page, id: string): Promise<void> {
  await page.evaluate(async (wanted) => {
    const { styrk } = globalThis as unknown as { readonly styrk: StyrkBridge };
    await styrk.call('training.lay', wanted);
  }, id);
}

const office = (page: Page, name: string) => page.getByRole('navigation').getByRole('button', { name });

test('a customer file is chosen, tried and taken, and its customers are found at the desk', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-office-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'customers.csv');
  writeFileSync(
    file,
    'id,personalNumber,givenNames,surname,birthDate\nC-77,198507099805,Berit,Zetterquist,1985-07-09\nC-78,nonsense,Bo,Ek,1990-01-01\n',
  );
  const directory = join(folder, 'data');
  const app = await openApp({ directory, readers: 'training', env: { STYRK_STAND_IN_FILES: file } });
  onTestFinished(() => app.close());
  // Electron's own dialog belongs to the system: no test chooses in it.
  if (app.form !== 'stand-in') return context.skip();
  const { page } = app;
  await button(page, 'Office').click();
  await office(page, 'Customer file').click();
  await question(page, 'Customer file').waitFor();
  await button(page, 'Choose a file').click();
  await page.getByText('Chosen file: customers.csv').waitFor();
  // One row is wrong: nothing is taken, and the line is told.
  await button(page, 'Take the file in').click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('checkbox', { name: 'Leave out rows that are not right, and take the others' }).check();
  await page.getByRole('checkbox', { name: 'Write the rows that are left out to a new file' }).uncheck();
  await button(page, 'Take the file in').click();
  await page.getByTestId('roster-report').getByText('The file was taken in.').waitFor();
  await button(page, 'Desk').click();
  await button(page, /Renew BankID/).click();
  await page.getByLabel('Personal number, name or customer number').fill('Zetterquist');
  await button(page, 'Search').click();
  await button(page, /Berit/).waitFor();
});

test('a permit is laid beside a passport, and is of the same person', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'styrk-second-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const app = await openApp({ directory, readers: 'training' });
  onTestFinished(() => app.close());
  const { page } = app;
  const [passport, permit] = [specimenToday('ua-passport'), specimenToday('residence-permit')];
  await button(page, /New customer/).click();
  await question(page, 'What does it say at the bottom of the photo page?').waitFor();
  await typeMrz(page, passport);
  await lay(page, passport.id);
  await question(page, 'The chip is read.').waitFor();
  await page.keyboard.press('F6');
  await question(page, 'What stands on the back of the permit?').waitFor();
  await page.getByLabel('The three lines on the back').fill(permit.mrz.join('\n'));
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await question(page, 'Lift the passport and place the permit on the reader.').waitFor();
  await lay(page, permit.id);
  await question(page, 'The permit is read.').waitFor();
  expect(await page.getByTestId('second-result').getAttribute('data-result')).toBe('successful');
});

test('a reading counts once more; both cases are found, unchanged, and one gets its receipt', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'styrk-reuse-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const app = await openApp({ directory, readers: 'training' });
  onTestFinished(() => app.close());
  const { page } = app;
  const specimen = specimenToday('se-passport');
  const person = personOf(specimen);
  await openCaseFor(page, specimen);
  await typeMrz(page, specimen);
  await lay(page, specimen.id);
  await question(page, 'The chip is read.').waitFor();
  await sameFace(page);
  await button(page, 'Approve and finish').click();
  const first = await sealedRecord(page);
  await button(page, 'New case').click();

  await button(page, /Confirm once more/).click();
  await page.getByLabel('Personal number, name or customer number').fill(person.personalNumber);
  await button(page, 'Search').click();
  await button(page, new RegExp(person.surname)).click();
  const number = page.getByLabel('Number on the document in your hand');
  // Another document's number does not count.
  await number.fill('AA0000000');
  await button(page, 'Count that reading').click();
  await page.getByRole('alert').waitFor();
  await number.fill(specimen.mrz[1]?.slice(0, 9).replaceAll('<', '') ?? '');
  await button(page, 'Count that reading').click();
  await question(page, 'Is this the same person?').waitFor();
  await page.getByRole('radio', { name: 'Same person' }).check();
  await button(page, 'Save answer').click();
  await button(page, 'Approve and finish').click();
  const second = await sealedRecord(page);
  expect(second).not.toBe(first);

  // The page hands the receipt to the system's dialog, which a test does not see: what goes there is on the page.
  await page.evaluate(() => {
    Object.assign(globalThis, { print: () => undefined });
  });
  await page.getByLabel('Customer’s language').selectOption('fi');
  await button(page, 'Print receipt').click();
  const paper = page.getByTestId('receipt');
  // The words of a language are loaded when it is chosen.
  await paper.and(page.locator('[lang=fi]')).waitFor({ state: 'attached' });
  expect(await paper.textContent()).toContain('Kuitti');
  expect(await paper.textContent()).toContain(second);
  expect(await paper.textContent()).not.toContain(person.surname);
  expect(await paper.getByTestId('receipt-code').count()).toBe(1);
  await page.emulateMedia({ media: 'print' });
  expect(await paper.isVisible()).toBe(true);
  expect(await page.locator('#page').isVisible()).toBe(false);
  await page.emulateMedia({ media: 'screen' });

  await button(page, 'Past cases').click();
  await question(page, 'Past cases').waitFor();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await page.getByLabel('Reason for visit').selectOption('step-up');
  await button(page, 'Search').click();
  await page.getByRole('status').getByText('1 case found.').waitFor();
  await button(page, 'Check that nothing was changed').click();
  await page.getByRole('status').getByText('All 2 records are unchanged.').waitFor();
  await page.getByRole('status').getByText('checkpoint covers 2 records').waitFor();
  await office(page, 'Figures').click();
  await page.getByRole('table').getByRole('row').nth(1).waitFor();
  expect(app.log()).not.toContain(person.surname);
  expect(readFileSync(join(directory, 'styrk.db')).includes(person.surname)).toBe(false);
});
