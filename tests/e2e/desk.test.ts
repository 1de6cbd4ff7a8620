import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { test } from './branch.ts';
import { specimenToday } from './chips.ts';
import { button, openCaseFor, personOf, question, sameFace, sealedRecord, typeMrz } from './desk-acts.ts';

const passport = specimenToday('se-passport');
const person = personOf(passport);

describe('a case at the desk, the chip coming through pcscd', () => {
  test('goes from the purpose to a sealed record', async ({ branch }) => {
    const { page } = branch.app;
    await openCaseFor(page, passport);
    await typeMrz(page, passport);
    await question(page, 'Place the passport or ID card on the reader.').waitFor();
    await branch.lay(passport);
    await question(page, 'The chip is read.').waitFor();
    await sameFace(page);
    await question(page, new RegExp(`^This is .*${person.surname}`, 'i')).waitFor();
    await button(page, 'Approve and finish').click();
    expect(await sealedRecord(page)).not.toBe('');
    await question(page, 'Approved. The case is finished and saved.').waitFor();
    await page.getByTestId('left-on-reader').getByText('it is still on the reader').waitFor();

    // Nothing of the customer stays in the page.
    const left = (await page.content()).toUpperCase();
    for (const trace of [person.surname, person.personalNumber, passport.mrz[1] ?? '']) {
      expect(left).not.toContain(trace.toUpperCase());
    }

    await button(page, /Past cases/).click();
    await page.getByRole('table').getByText('Renew BankID').first().waitFor();

    // And nothing that names them lies readable in the folder or in the log.
    const written = [...readdirSync(branch.directory, { recursive: true, withFileTypes: true })]
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(written.length).toBeGreaterThan(0);
    for (const text of [...written, branch.app.log()]) {
      expect(text.includes(person.personalNumber)).toBe(false);
      expect(text.toUpperCase().includes('LINDSTR')).toBe(false);
    }
  });

  test('loses nothing when the page starts again', async ({ branch }) => {
    const { page } = branch.app;
    await openCaseFor(page, passport);
    await typeMrz(page, passport);
    await branch.lay(passport);
    await question(page, 'The chip is read.').waitFor();
    await page.reload();
    await question(page, 'The chip is read.').waitFor();
    await sameFace(page);
    await question(page, /^This is /).waitFor();
  });

  test('can be abandoned before anything was read, and leaves a record', async ({ branch }) => {
    const { page } = branch.app;
    await openCaseFor(page, passport);
    await button(page, 'Close without decision').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button').first().waitFor();
    // Enter keeps the case: to close it is an act of its own.
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await button(page, 'Close without decision').click();
    await dialog.getByRole('button', { name: 'Close without decision' }).click();
    expect(await sealedRecord(page)).not.toBe('');
  });
});

describe('a document that must not pass', () => {
  test('a forged photo is told in words, and going on is closed', async ({ branch }) => {
    const { page } = branch.app;
    const forged = specimenToday('forged-photo');
    await openCaseFor(page, forged);
    await typeMrz(page, forged);
    await branch.lay(forged);
    const refused = 'Do not accept: the photo in this chip was changed.';
    await question(page, refused).waitFor();
    expect(await page.getByTestId('announced-assertive').textContent()).toBe(refused);
    await sameFace(page);
    await question(page, refused).waitFor();
    expect(await page.getByRole('radio', { name: /^Approve/ }).isDisabled()).toBe(true);
    await button(page, 'Decline and finish').click();
    expect(await sealedRecord(page)).not.toBe('');
  });

  test('a card without a travel document is named, and the desk asks what it is', async ({ branch }) => {
    const { page } = branch.app;
    await openCaseFor(page, passport);
    await typeMrz(page, passport);
    await branch.lay(specimenToday('driving-licence'));
    await question(page, 'This is not a passport or national identity card.').waitFor();
    await page.getByRole('radio', { name: 'A Swedish driving licence' }).check();
    await page.getByText('Swedish driving licences have no chip that can be read here.').waitFor();
  });

  test('when nothing answers within ten seconds the desk asks what was laid down', async ({ branch }) => {
    const { page } = branch.app;
    await openCaseFor(page, passport);
    await typeMrz(page, passport);
    await question(page, 'Place the passport or ID card on the reader.').waitFor();
    await question(page, 'No response. What is on the reader?').waitFor({ timeout: 20_000 });
    await branch.lay(passport);
    await question(page, 'The chip is read.').waitFor();
  });
});

describe('a reading that does not go well', () => {
  test('a torn card is laid back and read to the end', async ({ branch }) => {
    const { page } = branch.app;
    await openCaseFor(page, passport);
    await typeMrz(page, passport);
    const torn = await branch.lay(passport, { leaveAtCommand: 14 });
    expect(await torn.left).toBe('torn');
    await question(page, "Put it back and we'll carry on.").waitFor();
    await branch.lay(passport);
    await question(page, 'The chip is read.').waitFor();
    await sameFace(page);
    await question(page, /^This is /).waitFor();
  });

  test('a wrong key is told, never tried again by itself, and can be typed anew', async ({ branch }) => {
    const { page } = branch.app;
    await openCaseFor(page, passport);
    await typeMrz(page, specimenToday('de-passport'));
    const chip = await branch.lay(passport);
    await question(page, 'The chip could not be read.').waitFor();
    await chip.lift();
    await branch.lay(passport);
    await page
      .getByText('A passport or card is on the reader')
      .or(question(page, 'The chip could not be read.'))
      .first()
      .waitFor();
    expect(await question(page, 'The chip could not be read.').isVisible()).toBe(true);
    await button(page, 'Type it again').click();
    await typeMrz(page, passport);
    await question(page, 'The chip is read.').waitFor();
  });
});
