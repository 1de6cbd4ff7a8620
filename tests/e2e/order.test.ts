import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { hashOfOrder, verifiedAnswer } from '../support/bank-side.ts';
import { test } from './branch.ts';
import { button, openCaseFor, sealedRecord } from './desk-acts.ts';
import { folderOf, orderOf, passport, readChip, setUp, takeOrder, training } from './order-acts.ts';

/* Orders of the bank's system by a link and by a drop folder, through the windows and a chip behind pcscd, and the signed answer. */

test('an order comes by a link, and by a drop folder where its answer is laid', async ({ branchWith }) => {
  const folder = folderOf('drop');
  mkdirSync(join(folder, 'orders'));
  let keys: Parameters<typeof verifiedAnswer>[1] = [];
  const linked = orderOf('by-link', 'Byte av telefon');
  const dropped = orderOf('by-folder', 'Nytt BankID');
  const set = async (directory: string) => {
    keys = (await setUp(directory, { ways: ['link', 'folder'], folder })).keys;
  };
  const branch = await branchWith(set, { words: [`styrk://order/${linked.token}`] });
  const { page: window } = branch.app;
  writeFileSync(join(folder, 'orders/one.part'), dropped.token);
  renameSync(join(folder, 'orders/one.part'), join(folder, 'orders/one.jws'));

  await openCaseFor(window, passport);
  await button(window, 'Add an order').click();
  await window
    .getByRole('dialog')
    .getByRole('button', { name: /Byte av telefon/ })
    .waitFor();
  await window.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await takeOrder(window, 'Nytt BankID');
  await readChip(window, branch.lay);
  await button(window, 'Approve and finish').click();
  const record = await sealedRecord(window);
  await expect.poll(() => readdirSync(join(folder, 'answers')), { timeout: 20_000 }).toEqual(['one.jws']);
  const told = verifiedAnswer(readFileSync(join(folder, 'answers/one.jws'), 'utf8').trim(), keys, training);
  expect(told).toMatchObject({
    jti: record,
    order: { id: 'by-folder', sha256: hashOfOrder(dropped.claims) },
    styrk: { decision: { outcome: 'go-on' } },
  });
});

test('staff are told of a link that was refused; an order that waits behind the newest is found, and is taken', async ({
  branchWith,
}) => {
  const folder = folderOf('drop');
  mkdirSync(join(folder, 'orders'));
  const hand = (name: string, token: string): void => {
    writeFileSync(join(folder, `orders/${name}.part`), token);
    renameSync(join(folder, `orders/${name}.part`), join(folder, `orders/${name}.jws`));
  };
  const branch = await branchWith(async (directory) => void (await setUp(directory, { ways: ['folder'], folder })), {
    words: [`styrk://order/${orderOf('by-link', 'Byte av telefon').token}`],
  });
  const { page: window } = branch.app;
  const notice = window.getByRole('status', { name: 'Link to an order' });
  await notice.getByText('by a way that this bank').waitFor();
  await notice.getByRole('button', { name: 'Close' }).click();
  await notice.getByRole('button').waitFor({ state: 'detached' });
  const amount = { value: '1250.00', currency: 'SEK' };
  const wanted = orderOf('wanted', 'Köp av båt i Åmål', { amount, reference: 'OCR 1234-5678' });
  hand('wanted', wanted.token);

  await openCaseFor(window, passport);
  await button(window, 'Add an order').click();
  const dialog = window.getByRole('dialog');
  const card = dialog.getByRole('button', { name: /Köp av båt/ });
  await card.waitFor();
  // Twenty are shown: with as many newer ones it is among those that are only searched.
  for (let number = 1; number <= 22; number++) hand(`other-${number}`, orderOf(`other-${number}`, 'Nytt BankID').token);
  await dialog.getByText('The newest are shown. 3 more orders wait.').waitFor({ timeout: 30_000 });
  await card.waitFor({ state: 'detached' });

  const field = dialog.getByLabel(/^Search those that wait/);
  const search = async (query: string, told: string): Promise<void> => {
    await field.fill(query);
    await field.press('Enter');
    await dialog.getByText(told).waitFor();
  };
  // The reference and the sum in another writing, words without their signs.
  for (const query of ['12345678', '1250,00', 'BAT amal']) {
    await search('elsewhere', 'No order that waits has “elsewhere”.');
    expect(await card.count()).toBe(0);
    await search(query, '1 order found.');
  }
  await card.click();
  await window.getByText("Signed by the bank's system.").waitFor();
  await window.getByText('Köp av båt i Åmål').waitFor();
});
