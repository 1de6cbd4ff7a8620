import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeSource } from '../../main/keeping/update/kept-places.ts';
import { updateSource } from '../../main/keeping/update/source.ts';
import { machineRandom } from '../../main/machine/random.ts';
import { openStore } from '../../main/store/open-store.ts';
import { proposeListSigner } from '../../main/trust/lists/pins.ts';
import { fingerprintOf } from '../../main/trust/x509/fingerprint.ts';
import { fromOutside } from '../support/from-outside.ts';
import { madeAuthorities, madeListSigner, madeMasterList } from '../support/made-trust-files.ts';
import { clickToClose, openApp } from './driver.ts';

/** A folder for training whose administrators pinned a signer and set a folder to fetch lists from. */
function stationWithSigner(): { readonly directory: string; readonly lists: string } {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-office-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const lists = mkdtempSync(join(folder, 'lists-'));
  const directory = join(folder, 'data');
  const store = openStore({ directory, kind: 'training', create: true, random: machineRandom });
  const at = new Date().toISOString();
  const { id } = store.trust.pins.propose(proposeListSigner(madeListSigner), { sign: 'AB', at });
  store.trust.pins.confirm(id, { sign: 'CD', at });
  writeSource(store.settings, updateSource([lists], null));
  store.close();
  return { directory, lists };
}

test('the office takes files in, updates at once, and takes the last change back', async (context) => {
  const { directory, lists } = stationWithSigner();
  const list = join(lists, 'made.ml');
  writeFileSync(list, madeMasterList('260101', madeAuthorities(20)));
  const app = await openApp({
    directory,
    readers: 'training',
    env: { STYRK_STAND_IN_FILES: list },
  });
  onTestFinished(() => app.close());
  // Electron's own dialog belongs to the system: no test chooses in it.
  if (app.form !== 'stand-in') return context.skip();
  const { page } = app;
  const button = (name: string) => page.getByRole('button', { name });
  const report = page.getByTestId('trust-report');

  await page.keyboard.press('F8');
  await button('Import files').focus();
  await page.keyboard.press('Enter');
  await report.getByText('1 file was imported.').waitFor();
  expect(await report.textContent()).toContain('20 new certificates');

  await button('Update now').click();
  await report.getByText('There was nothing new.').waitFor();

  writeFileSync(join(lists, 'strange.ml'), 'no list');
  writeFileSync(list, new Uint8Array([0x30, 0x03, 0x02, 0x01]));
  await button('Update now').click();
  await report.getByText('It failed; everything is as it was.').waitFor();
  await page.getByText('No successful update since').waitFor();

  // Where nobody signs in two people answer for it by name, in a window of its own.
  await button('Undo last change').click();
  const confirmation = await app.confirmation();
  await confirmation.getByRole('heading', { level: 1, name: 'Undo the last change of the lists' }).waitFor();
  await confirmation.getByLabel('First person').fill('A. Berg');
  await confirmation.getByLabel('Second person').fill('a. berg');
  await confirmation.getByRole('button', { name: 'We answer for it' }).click();
  await confirmation.getByRole('alert').waitFor();
  await confirmation.getByLabel('Second person').fill('C. Dahl');
  await clickToClose(confirmation.getByRole('button', { name: 'We answer for it' }));
  await report.getByText('The last change was undone.').waitFor();
});

test('a signer that nobody vouches for is seen, vouched for by two outside the page, its list taken, and withdrawn', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-signer-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const list = join(folder, 'made.ml');
  // The list brings its signer's issuer along, as the published ones do.
  writeFileSync(list, madeMasterList('260101', [...madeAuthorities(20), madeListSigner]));
  const app = await openApp({
    directory: join(folder, 'data'),
    readers: 'training',
    env: { STYRK_STAND_IN_FILES: list },
  });
  onTestFinished(() => app.close());
  // Electron's own dialog belongs to the system: no test chooses in it.
  if (app.form !== 'stand-in') return context.skip();
  const { page } = app;
  const button = (name: string) => page.getByRole('button', { name });
  const report = page.getByTestId('signers-report');
  const digits = fingerprintOf(madeListSigner);
  const bothAnswer = async (heading: string) => {
    const confirmation = await app.confirmation();
    await confirmation.getByRole('heading', { level: 1, name: heading }).waitFor();
    const rows = await confirmation.getByTestId('confirm-rows').textContent();
    expect(rows?.replaceAll(' ', '')).toContain(digits);
    await confirmation.getByLabel('First person').fill('A. Berg');
    await confirmation.getByLabel('Second person').fill('C. Dahl');
    await clickToClose(confirmation.getByRole('button', { name: 'We answer for it' }));
  };

  await page.keyboard.press('F8');
  await page.getByText('Nobody is vouched for here yet.').waitFor();
  await button('Import files').click();
  await page.getByRole('alert').getByText('signed by someone whom this station was not told to trust').waitFor();
  await button('Show who signed it').focus();
  await page.keyboard.press('Enter');
  const issuer = page.getByTestId('signer-issuer');
  await issuer.waitFor();
  expect(await issuer.locator('code').textContent()).toBe(digits);
  // What was pressed is gone: the focus goes on with what it asked for.
  await page.waitForFunction(() => document.activeElement?.textContent === 'Who signed made.ml?');

  await issuer.getByRole('button', { name: 'Vouch for it' }).click();
  await bothAnswer('Vouch for a signer of lists');
  await report.getByText('Root (DE) is vouched for from now on.').waitFor();
  await report.getByText('1 file was imported.').waitFor();
  expect(await report.textContent()).toContain('21 new certificates');
  await page.getByTestId('signing').waitFor({ state: 'detached' });
  await page.getByTestId('pins').getByText('Vouched for,').waitFor();
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);

  await button('Withdraw Root (DE)').click();
  await bothAnswer('Withdraw a signer of lists');
  await report.getByText('It is withdrawn').waitFor();
  await page.getByText('Nobody is vouched for here yet.').waitFor();
});

test('a country’s own certificate is looked at, vouched for by two outside the page, shown with its word, and taken back', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-authority-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'csca.cer');
  const [certificate = new Uint8Array()] = madeAuthorities(1);
  writeFileSync(file, certificate);
  const app = await openApp({
    directory: join(folder, 'data'),
    readers: 'training',
    env: { STYRK_STAND_IN_FILES: file },
  });
  onTestFinished(() => app.close());
  // Electron's own dialog belongs to the system: no test chooses in it.
  if (app.form !== 'stand-in') return context.skip();
  const { page } = app;
  const button = (name: string) => page.getByRole('button', { name });
  const digits = fingerprintOf(certificate);
  const bothAnswer = async (heading: string, first = 'A. Berg') => {
    const confirmation = await app.confirmation();
    await confirmation.getByRole('heading', { level: 1, name: heading }).waitFor();
    expect((await confirmation.getByTestId('confirm-rows').textContent())?.replaceAll(' ', '')).toContain(digits);
    await confirmation.getByLabel('First person').fill(first);
    await confirmation.getByLabel('Second person').fill('C. Dahl');
    await clickToClose(confirmation.getByRole('button', { name: 'We answer for it' }));
  };
  const authorities = page.getByTestId('authorities');

  await page.keyboard.press('F8');
  await authorities.getByText('No certificate is used on our own word.').waitFor();
  // Alone, without anybody's word, it is not taken.
  await button('Import files').click();
  await page.getByRole('alert').first().waitFor();
  await button('Open a list or certificate').click();
  const looked = page.getByTestId('signer-certificate');
  await looked.waitFor();
  expect(await looked.locator('code').textContent()).toBe(digits);
  await looked.getByRole('button', { name: 'Vouch for it as an issuer' }).focus();
  await page.keyboard.press('Enter');
  await bothAnswer("Vouch for a country's certificate");
  await page.getByTestId('signers-report').getByText('CSCA 0 (UT) is used as an issuer from now on.').waitFor();
  await looked.getByText('Used on our own word already.').waitFor();
  await authorities.getByText(/Our word from .* holds until/).waitFor();
  await page.getByTestId('origins').getByText('Two people here').waitFor();
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
  await button('Show UT').click();
  await page.getByRole('cell', { name: 'Vouched for here' }).waitFor();
  await button('Issuers and lists').first().click();

  await authorities.getByRole('button', { name: 'Take back the word for CSCA 0 (UT)' }).click();
  await bothAnswer("Take back our word for a country's certificate", 'D. Ek');
  await page.getByTestId('authorities-report').getByText('The word is taken back.').waitFor();
  await authorities.getByText('No certificate is used on our own word.').waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent === 'Certificates on our own word');

  // The station's own key, beside what somebody reads aloud.
  const own = page.getByTestId('own-key');
  const key = (await own.locator('code').textContent()) ?? '';
  await own.getByRole('textbox').fill(key.toUpperCase());
  await page.getByTestId('own-key-compared').getByText("It is this station's.").waitFor();
  await own.getByRole('textbox').fill(`${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`);
  await page.getByTestId('own-key-compared').getByText('from group 16 on').waitFor();
});

test('what others changed in the trust store is said at the desk and in the office, with what to do', async () => {
  const { directory } = stationWithSigner();
  const app = await openApp({ directory, readers: 'training' });
  onTestFinished(() => app.close());
  fromOutside(join(directory, 'styrk.db'), 'DELETE FROM pins');
  const words = /tell your security officer/;
  await app.page.keyboard.press('F8');
  await app.page.getByRole('alert').getByText(words).waitFor();
  await app.page.keyboard.press('F8');
  await app.page.getByTestId('trust-notice').getByText(words).waitFor();
});
