import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { button, question, sealedRecord } from './desk-acts.ts';
import { folderOf, type Station } from './order-acts.ts';

/*
 * Who is at the desk, and how a case goes from one of them to a colleague: each by their own sign-in.
 */

const staff = {
  AB: { name: 'Anna Berg', role: 'administrator', secret: 'en lång hemlighet ett' },
  CD: { name: 'Carl Dahl', role: 'teller', secret: 'en lång hemlighet två' },
  EF: { name: 'Eva Falk', role: 'teller', secret: 'en lång hemlighet tre' },
  IJ: { name: 'Ines Jarl', role: 'auditor', secret: 'en lång hemlighet fyra' },
} as const;
type Sign = keyof typeof staff;

/** How they sign in at the side door. */
export interface Staff {
  readonly as: (sign: Sign) => readonly string[];
}

/** Takes these people on, an administrator first. */
export async function operatorsIn({ run }: Pick<Station, 'run'>, signs: readonly Sign[]): Promise<Staff> {
  const folder = folderOf('secrets');
  const fileOf = (sign: Sign): string => {
    writeFileSync(join(folder, sign), `${staff[sign].secret}\n`, { mode: 0o600 });
    return join(folder, sign);
  };
  const as = (sign: Sign) => ['--operator', sign, '--operator-secret-file', fileOf(sign)];
  // Nobody has said until when they are trained: then they let nobody through.
  const add = ['operators', 'add', '--until', '2099-12-31'];
  for (const [place, sign] of signs.entries()) {
    const { name, role } = staff[sign];
    await run(...add, sign, name, '--role', role, '--secret-file', fileOf(sign), ...(place === 0 ? [] : as('AB')));
  }
  return { as };
}

export async function signIn(window: Page, sign: Sign): Promise<void> {
  await window.getByLabel('Your sign').fill(sign);
  await window.getByLabel('Your secret').fill(staff[sign].secret);
  await button(window, 'Sign in').click();
  await button(window, `Sign out ${sign}`).waitFor();
}

/** The same at a kiosk, where *I work here* was pressed. */
export async function signInAtKiosk(page: Page, sign: Sign): Promise<void> {
  await page.getByLabel('Your sign').fill(sign);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Your secret').fill(staff[sign].secret);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}

/** The teller refers a case that could go on; the answer is its record. */
export async function refer(window: Page): Promise<string> {
  await window.getByRole('radio', { name: /^Refer to a colleague/ }).check();
  await window.getByLabel(/^Reason/).fill('the customer hesitates');
  await button(window, 'Refer and finish').click();
  return sealedRecord(window);
}

/** Opens the queue, in which so many wait. */
export async function openQueue(window: Page, waiting: number): Promise<void> {
  await button(window, `Waiting (${waiting})`).click();
}

async function openReferred(window: Page, surname: string): Promise<void> {
  await window
    .getByRole('row', { name: new RegExp(surname) })
    .getByRole('button', { name: 'Open' })
    .click();
  await question(window, /^This is /).waitFor();
}

/** Opens a case, and puts it back into the queue, in which so many wait: the desk is as empty as before a case. */
export async function lookAt(window: Page, surname: string, waiting: number): Promise<void> {
  await openReferred(window, surname);
  await button(window, 'Put it back in the queue').click();
  await button(window, /Renew BankID/).waitFor();
  await openQueue(window, waiting);
}

/** Whoever never had the case opens it and lets the person go on; the answer is the record. */
export async function approve(window: Page, surname: string): Promise<string> {
  await openReferred(window, surname);
  await window.getByRole('radio', { name: /^Approve/ }).check();
  await button(window, 'Approve and finish').click();
  return sealedRecord(window);
}
