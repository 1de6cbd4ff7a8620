import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { newHeadquartersKeys } from '../../main/fleet/headquarters-keys.ts';
import { enrolStation, migrateHeadquarters } from '../../main/fleet/schema/migrate.ts';
import { fromHex } from '../../main/result/bytes.ts';
import { openStore } from '../../main/store/open-store.ts';
import { asAdministrator, heldOf } from '../support/fleet-stations.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { caseFacts } from '../unit/records/case-facts.ts';
import { random } from '../unit/store/support.ts';
import { button } from './desk-acts.ts';
import { clickToClose, openApp } from './driver.ts';

/*
 * The office sets headquarters: what the station is, is read from its page and enrolled in a real PostgreSQL, files are chosen, two
 * people answer for it outside the page, and a record arrives.
 */

const files = ['me.pem', 'me.key', 'ca.pem', 'sealing.pub', 'issuing.pub', 'receiving.key'];

describe.skipIf(postgresPrograms === null)('headquarters', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
    await asAdministrator(postgres, migrateHeadquarters);
  }, 120_000);
  afterAll(() => postgres.close());

  test('is set by two people, is delivered to, and is taken back', async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'styrk-headquarters-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const directory = join(folder, 'data');
    const store = openStore({ directory, kind: 'training', create: true, random });
    (await store.unlock({ kind: 'key-file', path: null })).records.append(caseFacts('case-1'), '0.1.0');
    store.close();
    const stick = files.map((name) => join(folder, name));
    const app = await openApp({
      directory,
      readers: 'training',
      env: { STYRK_STAND_IN_FILES: stick.join(delimiter) },
    });
    onTestFinished(() => app.close());
    // Electron's own dialog belongs to the system: no test chooses in it.
    if (app.form !== 'stand-in') return context.skip();
    const { page } = app;
    const report = page.getByTestId('headquarters-report');
    const bothAnswer = async (heading: string): Promise<string> => {
      const confirmation = await app.confirmation();
      await confirmation.getByRole('heading', { level: 1, name: heading }).waitFor();
      const rows = (await confirmation.getByTestId('confirm-rows').textContent()) ?? '';
      await confirmation.getByLabel('First person').fill('A. Berg');
      await confirmation.getByLabel('Second person').fill('C. Dahl');
      await clickToClose(confirmation.getByRole('button', { name: 'We answer for it' }));
      return rows;
    };

    await button(page, 'Office').click();
    await page.getByRole('navigation').getByRole('button', { name: 'Headquarters' }).click();
    await page.getByText('No headquarters is set').waitFor();
    const told = await page.getByTestId('headquarters-station').locator('dd').allTextContents();
    const [id = '', publicKey = '', role = ''] = told;
    await asAdministrator(postgres, (connection) => enrolStation(connection, { id, publicKey: fromHex(publicKey) }));
    const identity = postgres.clientOf(role);
    const keys = new Map(newHeadquartersKeys(random).map(({ name, bytes }) => [name, bytes]));
    const contents = { 'me.pem': identity.certificate, 'me.key': identity.key, 'ca.pem': postgres.authority.pem };
    for (const [name, content] of [...Object.entries(contents), ...keys]) writeFileSync(join(folder, name), content);

    await page.getByLabel('Address').fill(`postgresql://localhost:${postgres.port}/styrk`);
    await button(page, 'Choose files …').click();
    await page.getByText('The files fit together.').waitFor();
    expect(await page.getByTestId('headquarters-chosen').textContent()).toContain(`CN=${role}`);
    await button(page, 'Set …').click();
    expect(await bothAnswer('Deliver all records of this station to a headquarters')).toContain(
      `localhost:${postgres.port}, styrk`,
    );
    await report.getByText('Headquarters is set.').waitFor();
    // What waited goes by itself; once more by hand there is nothing left.
    await page.getByTestId('headquarters-delivery').getByText('Records: 1 of 1').waitFor();
    expect(await heldOf(postgres, id)).toHaveLength(1);
    await button(page, 'Deliver now').click();
    await report.getByText('0 delivered.').waitFor();
    await button(page, 'Fetch now').click();
    await report.getByText('Nothing new from headquarters.').waitFor();

    await button(page, 'Take back …').click();
    await bothAnswer('Deliver nothing to headquarters any more');
    await report.getByText('Nothing is delivered any more.').waitFor();
    await page.getByText('No headquarters is set').waitFor();
  });
});
