import * as v from 'valibot';
import { expect, onTestFinished } from 'vitest';
import { hashOfOrder, verifiedAnswer } from '../support/bank-side.ts';
import { verifiedClaimsSchema } from '../support/verified-claims-schema.ts';
import { test } from './branch.ts';
import { connectNative, extensionOrigin } from './browser-side.ts';
import { button, openCaseFor, personOf } from './desk-acts.ts';
import { folderOf, orderOf, passport, readChip, setUp, takeOrder, training } from './order-acts.ts';
import { approve, openQueue, operatorsIn, refer, signIn } from './referral-acts.ts';

/*
 * An order of the bank's system by native messaging: the browser's part is played by what Chrome starts and writes. The case is
 * referred, and decided by a colleague who signs in.
 */

const page = 'https://bank.example';

test('an order comes from a browser, is referred, decided by a colleague, and answered', async ({ branchWith }) => {
  const ways = ['native-messaging'];
  let keys: Parameters<typeof verifiedAnswer>[1] = [];
  const branch = await branchWith(async (directory) => {
    const station = await setUp(directory, { ways, origins: [extensionOrigin, page] });
    await operatorsIn(station, ['AB', 'CD', 'EF']);
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
  const referredBy = await refer(window);
  expect(await browser.reply('referred')).toMatchObject({ order: 'order-1', answer: null });

  // Whoever had the case is not offered it.
  await openQueue(window, 1);
  await window.getByText('A colleague decides it').waitFor();
  expect(await button(window, 'Open').count()).toBe(0);
  await button(window, 'Sign out CD').click();
  await signIn(window, 'EF');
  await openQueue(window, 1);
  const decidedBy = await approve(window, personOf(passport).surname);
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
