import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { countryOf } from '../../main/trust/country-codes.ts';
import type { StyrkBridge } from '../../preload/contract.ts';
import type { Catalogue } from '../../resources/texts/catalogue.ts';
import { isLanguage, languages } from '../../resources/texts/languages.ts';
import { specimenToday } from '../e2e/chips.ts';
import { personOf } from '../e2e/desk-acts.ts';
import { openApp } from '../e2e/driver.ts';
import { textFile } from '../support/catalogues.ts';

/*
 * Takes the pictures of the README and of the docs: the built app, a case with a genuine specimen and one with a forged
 * photo on the training reader. `node tests/pictures/take.ts [--out DIR] [--language L] [--dark] [--width N --height N]`
 */

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: resolve(import.meta.dirname, '../../docs/pictures') },
    language: { type: 'string', default: 'en' },
    dark: { type: 'boolean', default: false },
    width: { type: 'string', default: '1280' },
    height: { type: 'string', default: '800' },
  },
});
if (!isLanguage(values.language)) throw new Error(`one of ${languages.join(', ')}`);
const { language } = values;
const words = textFile(language) as Catalogue;
const directory = mkdtempSync(join(tmpdir(), 'styrk-pictures-'));
mkdirSync(values.out, { recursive: true });

const app = await openApp({ directory, language, readers: 'training' });
const { page } = app;
const button = (name: string) => page.getByRole('button', { name });
const swedenOpens = words.trust.open.replace('{{name}}', countryOf('SWE')?.[language] ?? '');
const question = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });

async function picture(name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(values.out, `${name}.png`), animations: 'disabled' });
  process.stdout.write(`${name}.png\n`);
}

async function lay(from: Page, id: string | null): Promise<void> {
  await from.evaluate(async (wanted) => {
    const { styrk } = globalThis as unknown as { readonly styrk: StyrkBridge };
    if (wanted === null) await styrk.call('training.lift');
    else await styrk.call('training.lay', wanted);
  }, id);
}

async function upToTheChip(id: string, read: string | RegExp, pictures: boolean): Promise<void> {
  const specimen = specimenToday(id);
  const person = personOf(specimen);
  await question(words.purpose.question).waitFor();
  if (pictures) await picture('purpose');
  await button(words.purposes['renew-bankid']).click();
  await page.getByLabel(words.holder.field).fill(person.surname);
  await button(words.holder.action).click();
  await button(person.surname).first().waitFor();
  if (pictures) await picture('holder');
  await button(person.surname).first().click();
  await page.getByLabel(words.key.lines).fill(specimen.mrz.join('\n'));
  if (pictures) await picture('key');
  await button(words.key.action).click();
  await question(words.reading.waiting).waitFor();
  if (pictures) await picture('waiting');
  await lay(page, id);
  await question(read).waitFor();
  if (pictures) await picture('evidence');
}

async function faceAndVerdict(name: string, withFace: boolean): Promise<void> {
  await button(words.reading.goToFace).click();
  // Without a camera: what a film would show is in no picture of ours.
  const same = page.getByRole('radio', { name: words.face.answer.same, exact: true });
  await same.waitFor();
  if (withFace) await picture('face');
  await same.check();
  await button(words.face.action).click();
  await page.getByRole('radio', { name: words.decide.stop }).waitFor();
  await picture(name);
}

try {
  await page.setViewportSize({ width: Number(values.width), height: Number(values.height) });
  await page.emulateMedia({ colorScheme: values.dark ? 'dark' : 'light' });
  await upToTheChip('se-passport', words.reading.done, true);
  await faceAndVerdict('verdict-accept', true);
  await button(words.decide['action-go-on']).click();
  await page.getByTestId('record-id').waitFor();
  await picture('sealed');
  await button(words.sealed.newCase).click();
  await upToTheChip('forged-photo', new RegExp(`^${words.verdict.reject.split(':')[0]}`), false);
  await faceAndVerdict('verdict-reject', false);
  await button(words.decide['action-stop']).click();
  await page.getByTestId('record-id').waitFor();
  await button(words.app.pastCases).click();
  await page.getByRole('table').getByText(words.purposes['renew-bankid']).first().waitFor();
  await picture('records');
  await button(words.app.trust).click();
  await button(swedenOpens).click();
  await page.getByRole('img').waitFor();
  await picture('trust-country');
  await button(words.trust.title).click();
  await button(swedenOpens).waitFor();
  await picture('trust');
} finally {
  await app.close();
  rmSync(directory, { recursive: true, force: true });
}
