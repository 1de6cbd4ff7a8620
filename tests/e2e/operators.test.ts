import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { clickToClose, openApp, type RunningApp } from './driver.ts';

/*
 * A branch takes its first operators on in the app itself (docs/decisions/0015-operators.md): each change is confirmed in a window
 * that the desk's page does not reach, by two administrators as soon as there are two.
 */

const secrets: Readonly<Record<string, string>> = {
  AB: 'one long secret of hers',
  CD: 'another secret of his own',
  TE: 'a third one for the till',
};

async function signInAt(window: Page, sign: string, secret = secrets[sign] ?? ''): Promise<void> {
  await window.getByLabel('Your sign').fill(sign);
  await window.getByLabel('Your secret').fill(secret);
  await window.getByRole('button', { name: 'Sign in and confirm' }).click();
}

async function choose(window: Page, sign: string): Promise<void> {
  await window.getByLabel('New secret').fill(secrets[sign] ?? '');
  await window.getByLabel('The same once more').fill(secrets[sign] ?? '');
  await clickToClose(window.getByRole('button', { name: 'Keep this secret' }));
}

async function describeNew({ page }: RunningApp, sign: string, name: string, role?: string): Promise<void> {
  const form = page.getByRole('form', { name: 'Somebody new' });
  await form.getByLabel('Sign').fill(sign);
  await form.getByLabel('Name').fill(name);
  if (role !== undefined) await form.getByLabel('Role').selectOption(role);
  await form.getByRole('button', { name: 'Add' }).click();
}

async function toOperators({ page }: RunningApp): Promise<void> {
  await page.keyboard.press('F8');
  await page.getByRole('button', { name: 'Operators' }).click();
  await page.getByRole('heading', { level: 1, name: 'Operators' }).waitFor();
}

test('the first administrator is added at the desk, then two confirm; one person twice and a page alone do not', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'styrk-operators-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const app = await openApp({ directory, readers: 'training' });
  onTestFinished(() => app.close());
  const { page } = app;
  // A secret takes its second on a desk PC, and many on a machine with much else to do.
  page.context().setDefaultTimeout(120_000);

  await toOperators(app);
  await page.getByText('Nobody signs in here yet.').waitFor();
  await describeNew(app, 'AB', 'Anna Berg');
  const first = await app.confirmation();
  await first.getByTestId('confirm-rows').getByText('Anna Berg').waitFor();
  await choose(first, 'AB');

  // From now on whoever is at the desk signs in.
  await page.getByLabel('Your sign').fill('AB');
  await page.getByLabel('Your secret').fill(secrets.AB ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out AB' }).waitFor();
  if ((await page.getByRole('heading', { level: 1, name: 'Operators' }).count()) === 0) await toOperators(app);
  await describeNew(app, 'CD', 'Carl Dahl', 'administrator');
  const second = await app.confirmation();
  await signInAt(second, 'AB');
  await choose(second, 'CD');
  await page.getByText('It is done.').waitFor();

  await describeNew(app, 'TE', 'Tova Ek', 'teller');
  const third = await app.confirmation();
  await signInAt(third, 'AB');
  await third.getByText('Has signed in: Anna Berg (AB)').waitFor();
  await signInAt(third, 'AB');
  await third.getByRole('alert').getByText('Two people answer for this').waitFor();
  await signInAt(third, 'CD', 'not his secret at all');
  await third.getByRole('alert').getByText('Sign and secret do not belong together.').waitFor();
  await clickToClose(third.getByRole('button', { name: 'Cancel' }));
  await page.getByRole('alert').getByText('Nobody confirmed it.').waitFor();
  expect(await page.getByRole('cell', { name: 'TE', exact: true }).count()).toBe(0);

  await page.getByRole('form', { name: 'Somebody new' }).getByRole('button', { name: 'Add' }).click();
  const fourth = await app.confirmation();
  await signInAt(fourth, 'CD');
  await fourth.getByText('Has signed in: Carl Dahl (CD)').waitFor();
  await signInAt(fourth, 'AB');
  await choose(fourth, 'TE');
  await page.getByRole('cell', { name: 'TE', exact: true }).waitFor();
  for (const secret of Object.values(secrets)) expect(app.log()).not.toContain(secret);
}, 900_000);
