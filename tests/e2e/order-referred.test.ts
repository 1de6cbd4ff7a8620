import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import * as v from 'valibot';
import { expect, onTestFinished } from 'vitest';
import { hashOfOrder, verifiedAnswer } from '../support/bank-side.ts';
import { verifiedClaimsSchema } from '../support/verified-claims-schema.ts';
import { test } from './branch.ts';
import { connectNative, extensionOrigin } from './browser-side.ts';
import { button, openCaseFor, question, sealedRecord } from './desk-acts.ts';
import { folderOf, orderOf, passport, readChip, setUp, takeOrder, training } from './order-acts.ts';

/*
 * An order of the bank's system by native messaging: the browser's part is played by what Chrome starts and writes. The case is
 * referred, and decided by a colleague who signs in.
 */

const page = 'https://bank.example';
const secrets = { AB: 'en lång hemlighet ett', CD: 'en lång hemlighet två', EF: 'en lång hemlighet tre' };

async function operatorsIn({ run }: Awaited<ReturnType<typeof setUp>>): Promise<void> {
  const folder = folderOf('secrets');
  const fileOf = (sign: keyof typeof secrets): string => {
    writeFileSync(join(folder, sign), `${secrets[sign]}\n`, { mode: 0o600 });
    return join(folder, sign);
  };
  const administrator = ['--operator', 'AB', '--operator-secret-file', fileOf('AB')];
  // Nobody has said until when they are trained: then they let nobody through.
  const add = ['operators', 'add', '--until', '2099-12-31'];
  await run(...add, 'AB', 'Anna Berg', '--role', 'administrator', '--secret-file', fileOf('AB'));
  await run(...add, 'CD', 'Carl Dahl', '--role', 'teller', '--secret-file', fileOf('CD'), ...administrator);
  await run(...add, 'EF', 'Eva Falk', '--role', 'teller', '--secret-file', fileOf('EF'), ...administrator);
}

async function signIn(window: Page, sign: keyof typeof secrets): Promise<void> {
  await window.getByLabel('Your sign').fill(sign);
  await window.getByLabel('Your secret').fill(secrets[sign]);
  await button(window, 'Sign in').click();
  await button(window, `Sign out ${sign}`).waitFor();
}

test('an order comes from a browser, is referred, decided by a colleague, and answered', async ({ branchWith }) => {
  const ways = ['native-messaging'];
  let keys: Parameters<typeof verifiedAnswer>[1] = [];
  const branch = await branchWith(async (directory) => {
    const station = await setUp(directory, { ways, origins: [extensionOrigin, page] });
    await operatorsIn(station);
    keys = station.keys;
  });
  const { page: window } = branch.app;
  const browser = await connectNative(branch.directory, folderOf('home'));
  onTestFinished(() => browser.disconnect());

  await signIn(window, 'CD');
  const { claims, token } = orderOf('order-1', 'Nytt BankID');
  browser.post({ order: token, page });
  expect(await browser.reply('waiting')).toMatchObject({ order: 'order-1', answer: null });

  await openCaseFor(window, passport);
  await takeOrder(window, 'Nytt BankID');
  await readChip(window, branch.lay);
  await window
    .getByText('Styrk vouches that the document was read for this order. The chip has not signed for it.')
    .waitFor();
  await window.getByRole('radio', { name: /^Refer to a colleague/ }).check();
  await window.getByLabel(/^Reason/).fill('the customer hesitates');
  await button(window, 'Refer and finish').click();
  const referredBy = await sealedRecord(window);
  expect(await browser.reply('referred')).toMatchObject({ order: 'order-1', answer: null });

  // Whoever had the case is not offered it.
  await button(window, 'Waiting (1)').click();
  await window.getByText('A colleague decides it').waitFor();
  expect(await button(window, 'Open').count()).toBe(0);
  await button(window, 'Sign out CD').click();
  await signIn(window, 'EF');
  await button(window, 'Waiting (1)').click();
  await window.getByRole('table').getByRole('button', { name: 'Open' }).click();
  await question(window, /^This is /).waitFor();
  await window.getByRole('radio', { name: /^Approve/ }).check();
  await button(window, 'Approve and finish').click();
  const decidedBy = await sealedRecord(window);
  expect(decidedBy).not.toBe(referredBy);

  const { answer } = await browser.reply('answered');
  const told = verifiedAnswer(answer ?? '', keys, training);
  expect(told).toMatchObject({
    aud: 'https://bank.example/branch',
    jti: decidedBy,
    nonce: claims.nonce,
    order: { id: 'order-1', sha256: hashOfOrder(claims), boundBy: 'station' },
    styrk: { training: true, decision: { outcome: 'go-on', by: 'operator' }, methods: ['vcrypt', 'pvp'] },
  });
  expect(v.safeParse(verifiedClaimsSchema, told.verified_claims).issues).toBeUndefined();
  expect(told.verified_claims.claims).toMatchObject({ family_name: expect.any(String) });
  for (const left of ['hesitates', 'Carl', 'Falk']) expect(JSON.stringify(told)).not.toContain(left);

  // Asked again it is the same question: the same answer, and no second case.
  const again = await connectNative(branch.directory, folderOf('home'));
  again.post({ order: token, page });
  expect((await again.reply('answered')).answer).toBe(answer);
  await again.disconnect();
}, 400_000);
