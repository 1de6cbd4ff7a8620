import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { machineClock } from '../../main/machine/clock.ts';
import { listSpecimens } from '../../main/simulator/documents/list-specimens.ts';
import type { SpecimenId } from '../../main/simulator/documents/specimen.ts';
import { type Language, languageFacts, languages } from '../../resources/texts/languages.ts';
import { flatTexts, textFile } from '../support/catalogues.ts';
import { type Branch, test } from './branch.ts';
import { button, swipe } from './desk-acts.ts';
import { screen } from './kiosk-acts.ts';

/*
 * What the kiosk says, to be read and to be heard, of every specimen that an errand does not accept: one window, one person after another,
 * on the training reader.
 */

const all = listSpecimens(machineClock.today());
const failing = all.filter(({ expected }) =>
  [expected.inspect, expected['renew-bankid']].some(({ verdict }) => verdict !== 'accept'),
);
const passport = all.find(({ id }) => id === 'se-passport');

/** Where it is not a colleague who does the last step: what stands on the document for all to see. */
const ownWords: Partial<Record<SpecimenId, string>> = {
  expired: 'result/document-expired',
  'driving-licence': 'said/other-document',
  'bank-card': 'said/other-document',
  'new-identity-card': 'said/other-document',
};
const colleague = 'result/colleague';

const catalogues = new Map(languages.map((language) => [language, new Map(flatTexts(textFile(language)))]));
const inWords = (language: Language, path: string): string => {
  const text = catalogues.get(language)?.get(path);
  if (text === undefined) throw new Error(`no text: ${path}`);
  return text;
};

const main = (page: Page) => page.getByRole('main');
const plate = (page: Page) => page.locator('header select');

/** All of it is read aloud from the first screen on. */
async function layBefore({ app: { page } }: Branch, id: SpecimenId, language: Language): Promise<void> {
  await screen(page, 'attract').getByRole('navigation').getByRole('button').first().click();
  await screen(page, 'language').waitFor();
  await button(page, languageFacts[language].name).click();
  await screen(page, 'purpose').waitFor();
  await page.locator('[aria-keyshortcuts="1"]').click();
  await screen(page, 'way').waitFor();
  const mrz = all.find((each) => each.id === id)?.mrz ?? [];
  await swipe(page, mrz.length === 0 ? (passport?.mrz ?? []) : mrz);
  await screen(page, 'lay').waitFor();
  await plate(page).selectOption(id);
}

/** Waits for these words of the catalogue, and that they are read aloud as they stand there. */
async function hears(page: Page, language: Language, paths: readonly string[]): Promise<void> {
  const [shown, heard] = [main(page), page.getByTestId('spoken')];
  for (const path of paths) {
    const words = inWords(language, path);
    await shown.getByText(words, { exact: true }).waitFor();
    await heard.filter({ hasText: words }).waitFor();
  }
}

/** Whoever is asked for their face has a colleague do it, by the first of the keys. */
async function passFace(page: Page): Promise<void> {
  const face = screen(page, 'face');
  await face
    .or(screen(page, 'result'))
    .or(main(page).getByText(inWords('en', 'kiosk/said/other-document')))
    .waitFor();
  if (await face.isVisible()) await main(page).locator('[aria-keyshortcuts="1"]').click();
}

/** Everything that stands there and is heard at the end, but for the number of the visit. */
async function ending(page: Page): Promise<readonly string[]> {
  const texts = [await main(page).textContent(), await page.getByTestId('spoken').textContent()];
  return texts.map((text) => (text ?? '').replaceAll(/Your number: [A-Z0-9-]{6}/g, 'Your number'));
}

async function leave(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(globalThis, { ofOnePerson: true }));
  await plate(page).selectOption('');
  // Finishes where the visit is over, stops it elsewhere.
  const over = screen(page, 'result').locator('[aria-keyshortcuts="1"]');
  await over.or(page.getByRole('navigation').getByRole('button').nth(1)).first().click();
  await page.waitForFunction(
    () => !('ofOnePerson' in globalThis) && document.querySelector('[data-screen=attract] main') !== null,
  );
}

test(`each of ${failing.length} specimens that are not accepted is told in its words, and none gives itself away`, {
  timeout: 600_000,
}, async ({ branchWith }) => {
  const branch = await branchWith(async () => undefined, { kiosk: true, readers: 'training' });
  const { page } = branch.app;
  const endings = new Map<string, string>();
  for (const { id } of failing) {
    await layBefore(branch, id, 'en');
    if (id === 'torn') {
      await hears(page, 'en', ['kiosk/said/lay-again']);
      // It left by itself, and is the same chip once it is laid back.
      await page.waitForFunction(() => document.querySelector<HTMLSelectElement>('header select')?.value === '');
      await plate(page).selectOption(id);
    }
    await passFace(page);
    const told = ownWords[id] ?? colleague;
    const help = told.startsWith('result/') ? [`kiosk/resultHelp/${told.slice('result/'.length)}`] : [];
    await hears(page, 'en', [`kiosk/${told}`, ...help]);
    if (told === colleague) {
      const [shown, heard] = await ending(page);
      endings.set(`${shown} ${heard}`, id);
    }
    await leave(page);
  }
  // Word for word the same, whatever was found.
  expect([...endings.values()]).toHaveLength(1);
  expect(failing.length).toBeGreaterThan(20);

  for (const language of languages) {
    await layBefore(branch, 'forged-photo', language);
    await passFace(page);
    await hears(page, language, ['kiosk/result/colleague', 'kiosk/resultHelp/colleague']);
    await leave(page);
    await layBefore(branch, 'expired', language);
    await hears(page, language, ['kiosk/result/document-expired', 'kiosk/resultHelp/document-expired']);
    await leave(page);
  }
});
