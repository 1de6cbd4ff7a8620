import { expect } from 'vitest';
import { test } from './branch.ts';
import { specimenToday } from './chips.ts';
import { personOf, question, sealedRecord } from './desk-acts.ts';

test('one whole case is done with the keyboard alone', async ({ branch }) => {
  const { page } = branch.app;
  const { keyboard } = page;
  const passport = specimenToday('se-passport');
  const person = personOf(passport);

  await question(page, 'Why is the customer here?').waitFor();
  await page.locator('button:focus').filter({ hasText: 'Renew BankID' }).waitFor();
  await keyboard.press('Enter');

  await page.locator('input:focus').waitFor();
  await keyboard.type(person.personalNumber);
  await keyboard.press('Enter');
  await page.locator('button:focus').filter({ hasText: person.surname }).waitFor();
  await keyboard.press('Enter');

  // A swipe arrives as keystrokes and ends with Enter.
  await page.locator('textarea:focus').waitFor();
  await keyboard.insertText(passport.mrz.join('\n'));
  await keyboard.press('Enter');
  await question(page, 'Place the passport or ID card on the reader.').waitFor();
  await branch.lay(passport);
  await question(page, 'The chip is read.').waitFor();
  await keyboard.press('Enter');

  await question(page, 'Is this the same person?').waitFor();
  // Nobody compares before the chip's photo is on screen: until then this answer cannot be chosen.
  await page.getByRole('radio', { name: 'Same person', disabled: false }).waitFor();
  // It has the focus, and is nobody's answer yet.
  await page.locator('input[type=radio]:focus').waitFor();
  expect(await page.getByRole('radio', { name: 'Same person' }).isChecked()).toBe(false);
  await keyboard.press('Space');
  expect(await page.getByRole('radio', { name: 'Same person' }).isChecked()).toBe(true);
  await keyboard.press('Enter');

  await question(page, /^This is /).waitFor();
  await keyboard.press('Enter');
  expect(await sealedRecord(page)).not.toBe('');
});
