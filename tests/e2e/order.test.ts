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
  const branch = await branchWith(set, [`styrk://order/${linked.token}`]);
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
