import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import type { StyrkBridge } from '../../preload/contract.ts';
import { specimenToday } from './chips.ts';
import { button, openCaseFor, personOf, question, sameFace, sealedRecord, typeMrz } from './desk-acts.ts';
import { clickToClose, openApp, type RunningApp } from './driver.ts';
import { openQueue, refer } from './referral-acts.ts';

/*
 * Two stations whose folders have nothing in common, each at its own window: one refers a case, its page Other stations writes the file,
 * the other's takes it, a colleague decides it in the queue there, and the end comes back as a record. Files go from one to the other as
 * on a stick.
 */

const passport = specimenToday('se-passport');
const { surname } = personOf(passport);

interface Station {
  readonly app: RunningApp;
  readonly page: Page;
  /** Its fingerprint, as its own page shows it. */
  readonly shown: () => Promise<string>;
  /** Takes what was written last to that station, where it alone lies to be chosen. */
  readonly carryTo: (other: Station) => string;
  readonly chosen: string;
}

async function stationAt(folder: string, name: string): Promise<Station> {
  const [directory, chosen, written] = ['data', 'chosen', 'written'].map((part) => join(folder, `${name}-${part}`)) as [
    string,
    string,
    string,
  ];
  mkdirSync(chosen);
  const env = { STYRK_STAND_IN_FILES: chosen, STYRK_STAND_IN_NEW_FILE: written };
  const app = await openApp({ directory, readers: 'training', env });
  onTestFinished(() => app.close());
  let carried = 0;
  return {
    ...{ app, page: app.page, chosen },
    shown: async () => {
      const digits = app.page.getByTestId('stations-own').locator('code');
      return ((await digits.textContent()) ?? '').replaceAll(/\s/g, '');
    },
    carryTo: (other) => {
      for (const before of readdirSync(other.chosen)) rmSync(join(other.chosen, before));
      const file = join(other.chosen, `${name}-${++carried}`);
      renameSync(written, file);
      return file;
    },
  };
}

async function toStations(page: Page): Promise<void> {
  await button(page, 'Office').click();
  await page.getByRole('navigation').getByRole('button', { name: 'Other stations' }).click();
  await page.getByTestId('stations-own').waitFor();
}

const report = ({ page }: Station) => page.getByTestId('stations-report');

/** Here two people trust the other by its card, which they compare with what it shows. */
async function trusts(here: Station, there: Station): Promise<void> {
  await button(there.page, 'Save the card …').click();
  await report(there).getByText(' is saved.').waitFor();
  there.carryTo(here);
  await here.page.getByText('No other station is trusted with cases yet.').waitFor();
  await button(here.page, 'Trust a station …').click();
  const card = here.page.getByTestId('stations-card');
  const digits = ((await card.locator('code').textContent()) ?? '').replaceAll(/\s/g, '');
  expect(digits).toBe(await there.shown());
  await button(here.page, 'Trust this station …').click();
  const confirmation = await here.app.confirmation();
  await confirmation.getByRole('heading', { level: 1, name: 'Trust another station with referred cases' }).waitFor();
  const rows = (await confirmation.getByTestId('confirm-rows').textContent()) ?? '';
  expect(rows.replaceAll(/\s/g, '')).toContain(digits);
  await confirmation.getByLabel('First person').fill('A. Berg');
  await confirmation.getByLabel('Second person').fill('C. Dahl');
  await clickToClose(confirmation.getByRole('button', { name: 'We answer for it' }));
  await report(here).getByText('It must trust this station as well.').waitFor();
}

test('a case is referred at one station, decided at another, and its end comes back', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-stations-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const kiosk = await stationAt(folder, 'kiosk');
  // Electron's own dialog belongs to the system: no test chooses in it.
  if (kiosk.app.form !== 'stand-in') return context.skip();
  const counter = await stationAt(folder, 'counter');
  for (const { page } of [kiosk, counter]) await toStations(page);
  await trusts(kiosk, counter);
  await trusts(counter, kiosk);

  // A colleague elsewhere is to look at it.
  const { page } = kiosk;
  await button(page, 'Desk').click();
  await openCaseFor(page, passport);
  await typeMrz(page, passport);
  await page.evaluate(async () => {
    const { styrk } = globalThis as unknown as { readonly styrk: StyrkBridge };
    await styrk.call('training.lay', 'se-passport');
  });
  await question(page, 'The chip is read.').waitFor();
  await sameFace(page);
  await question(page, /^This is /).waitFor();
  const referred = await refer(page);
  await openQueue(page, 1);
  await page
    .getByRole('row', { name: new RegExp(surname) })
    .getByRole('button', { name: 'To another station' })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Hand over …' }).click();
  await page.getByTestId('queue-report').getByText('with 1 case.').waitFor();
  await page.getByText('No case waits.').waitFor();
  const out = kiosk.carryTo(counter);
  // Whoever finds the file finds nobody in it.
  expect(readFileSync(out, 'latin1').toUpperCase()).not.toContain(surname.toUpperCase());
  await toStations(page);
  await page.getByTestId('stations-away').getByText(referred).waitFor();

  await button(counter.page, 'Take in a file …').click();
  await report(counter).getByText('waits here now (F7).').waitFor();
  await counter.page.getByTestId('stations-guests').getByText(referred).waitFor();
  await button(counter.page, 'Take in a file …').click();
  await counter.page.getByRole('alert').getByText('This case has been here before').waitFor();
  await openQueue(counter.page, 1);
  await counter.page
    .getByRole('row', { name: new RegExp(surname) })
    .getByRole('button', { name: 'Open' })
    .click();
  await question(counter.page, /^This is /).waitFor();
  await counter.page.getByRole('radio', { name: /^Approve/ }).check();
  await counter.page.getByRole('textbox', { name: 'Signed by' }).fill('EF');
  await button(counter.page, 'Approve and finish').click();
  const decided = await sealedRecord(counter.page);
  await toStations(counter.page);
  await button(counter.page, /^Write how cases of /).click();
  await report(counter).getByText('how 1 case of ').waitFor();
  counter.carryTo(kiosk);

  await button(page, 'Take in a file …').click();
  await report(kiosk).getByText(`: Approved. Record ${decided} is kept here.`).waitFor();
  await page.getByText('None of our cases waits at another station.').waitFor();
  await button(page, 'Take in a file …').click();
  await report(kiosk).getByText('1 case had come before; nothing of it changes.').waitFor();
  await page.getByRole('navigation').getByRole('button', { name: 'Past cases' }).click();
  await page.getByRole('table').getByText('Approved').waitFor();
  for (const { app } of [kiosk, counter]) expect(app.log().toUpperCase()).not.toContain(surname.toUpperCase());
}, 400_000);
