import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { hashOfOrder, verifiedAnswer } from '../support/bank-side.ts';
import { challengeFor, isSignedByRsaChip, type KeptSignature } from '../support/chip-signature.ts';
import { bankServer } from './bank-server.ts';
import { test } from './branch.ts';
import { specimenToday } from './chips.ts';
import { button, openCaseFor, personOf } from './desk-acts.ts';
import { folderOf, orderOf, passport, readChip, type Station, setUp, takeOrder, training } from './order-acts.ts';
import { approve, lookAt, openQueue, operatorsIn, refer, type Staff, signIn } from './referral-acts.ts';

/*
 * Orders by a link, a drop folder and https, each through the windows and a chip behind pcscd, referred, decided by a colleague who
 * signs in, and answered by its own way (Show 5 of the branch; native messaging: `order-referred.test.ts`).
 */

const signing = specimenToday('old-passport');
const card = specimenToday('se-id-card');

test('orders by link, folder and https are referred, decided by a colleague, and answered', async ({ branchWith }) => {
  const folder = folderOf('drop');
  mkdirSync(join(folder, 'orders'));
  const server = await bankServer();
  const linked = { ...orderOf('by-link', 'Byte av telefon'), specimen: card };
  const dropped = { ...orderOf('by-folder', 'Nytt BankID'), specimen: passport };
  const fetched = { ...orderOf('by-https', 'Nytt kort'), specimen: signing };
  const orders = [linked, dropped, fetched];
  server.orders.push(fetched.token);
  let station: Station | null = null;
  let staff: Staff | null = null;
  const branch = await branchWith(
    async (directory) => {
      station = await setUp(directory, { ways: ['link', 'folder', 'https'], folder, address: server.address });
      staff = await operatorsIn(station, ['AB', 'CD', 'EF', 'IJ']);
      await station.run('banks', 'connect', 'https://bank.example/branch', ...server.files, ...staff.as('AB'));
    },
    { words: [`styrk://order/${linked.token}`] },
  );
  const { page: window } = branch.app;
  writeFileSync(join(folder, 'orders/one.part'), dropped.token);
  renameSync(join(folder, 'orders/one.part'), join(folder, 'orders/one.jws'));

  await signIn(window, 'CD');
  const referred: string[] = [];
  for (const { claims, specimen } of orders) {
    await openCaseFor(window, specimen);
    await takeOrder(window, (claims.order as { text: string }).text);
    const chip = await readChip(window, branch.lay, specimen);
    referred.push(await refer(window));
    await chip.lift();
    await button(window, 'New case').click();
  }
  await button(window, 'Sign out CD').click();
  await signIn(window, 'EF');
  const decided: string[] = [];
  for (const [place, { specimen }] of orders.entries()) {
    await openQueue(window, orders.length - place);
    // One that is only looked at: the end of the case before it must not come back.
    if (place === 1) await lookAt(window, personOf(specimen).surname, orders.length - place);
    decided.push(await approve(window, personOf(specimen).surname));
  }
  expect(new Set([...referred, ...decided]).size).toBe(6);

  const laid = join(folder, 'answers/one.jws');
  await expect.poll(() => existsSync(laid) && server.answers.length, { timeout: 40_000 }).toBe(2);
  const { keys, run } = station as unknown as Station;
  const told = [...server.answers, readFileSync(laid, 'utf8').trim()].map((answer) =>
    verifiedAnswer(answer, keys, training),
  );
  for (const [place, { claims, specimen }] of orders.entries()) {
    const answer = told.find(({ order }) => order.id === claims.jti);
    expect(answer).toMatchObject({
      aud: 'https://bank.example/branch',
      jti: decided[place],
      nonce: claims.nonce,
      order: {
        sha256: hashOfOrder(claims),
        boundBy: specimen === signing ? 'active-authentication' : 'station',
      },
      styrk: { training: true, decision: { outcome: 'go-on', by: 'operator' } },
    });
    expect(JSON.stringify(answer)).not.toContain('hesitates');
  }

  // The chip itself signed for this order: what the record keeps is verified without the station.
  const { as } = staff as unknown as Staff;
  const { content } = await run('records', 'show', decided[2] ?? '', ...as('IJ'));
  const check = content.checks.find(({ id }: { id: string }) => id === 'active-authentication');
  const { nonce, challenge, response } = check.detail as KeptSignature;
  const dataGroup15 = signing.files.get('EF.DG15') ?? new Uint8Array();
  const own = challengeFor(nonce, hashOfOrder(fetched.claims));
  expect(challenge).toBe(own.toString('hex'));
  expect(isSignedByRsaChip(dataGroup15, own, response)).toBe(true);
  const others = challengeFor(nonce, hashOfOrder(dropped.claims));
  expect(isSignedByRsaChip(dataGroup15, others, response)).toBe(false);
}, 400_000);
