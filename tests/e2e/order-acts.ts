import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { bankFile, bankSigner, orderClaims, orderToken } from '../support/bank-side.ts';
import { runHere } from '../support/side-door.ts';
import type { Branch } from './branch.ts';
import { type LaidChip, specimenToday } from './chips.ts';
import { button, question, sameFace, typeMrz } from './desk-acts.ts';

/*
 * What specs of orders do at the bank and at the desk. The bank's part is played by node:crypto alone (`bank-side.ts`).
 */

export const passport = specimenToday('se-passport');
/** The type of answers in a training folder. */
export const training = 'styrk-training-answer+jwt';
const signer = bankSigner();

/** A folder of the bank's or a browser's, gone after the test. */
export function folderOf(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `styrk-${name}-`));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The side door of a training folder. */
export function sideDoorIn(directory: string) {
  return async (...argv: string[]) => {
    const end = await runHere([...argv, '--training', '--json', '--data', directory]);
    if (end.status !== 0) throw new Error(end.stdout + end.stderr);
    return end.json();
  };
}

/** A station that was set up: its side door, and the keys that the bank is read out. */
export type Station = Awaited<ReturnType<typeof setUp>>;

/** The station as administrators set it up; answers the keys that the bank is read out. */
export async function setUp(directory: string, bank: Readonly<Record<string, unknown>>) {
  const run = sideDoorIn(directory);
  const file = join(folderOf('bank-file'), 'bank.json');
  writeFileSync(file, bankFile(signer, bank));
  await run('station', 'set', 'attended');
  await run('banks', 'add', file, '--by', 'A. Berg', '--by', 'C. Dahl', '--audience', 'exempelbanken');
  const { keys } = await run('banks', 'list');
  return { run, keys };
}

const now = (): number => Math.floor(Date.now() / 1000);
export const orderOf = (name: string, text: string, besides: Readonly<Record<string, unknown>> = {}) => {
  const order = { text, purpose: 'renew-bankid', ...besides };
  const claims = orderClaims(now(), { jti: name, exp: now() + 3600, order });
  return { claims, token: orderToken(signer, claims) };
};

/** The order that the bank's system handed over is taken into the open case. */
export async function takeOrder(window: Page, text: string): Promise<void> {
  await button(window, 'Add an order').click();
  await window
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(text) })
    .click();
  await window.getByText("Signed by the bank's system.").waitFor();
}

/** From the question for the document's key to the decision; the chip lies on the reader afterwards. */
export async function readChip(window: Page, lay: Branch['lay'], specimen = passport): Promise<LaidChip> {
  await typeMrz(window, specimen);
  const chip = await lay(specimen);
  await question(window, 'The chip is read.').waitFor();
  await sameFace(window);
  await question(window, /^This is /).waitFor();
  return chip;
}
