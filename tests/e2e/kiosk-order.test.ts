import { expect } from 'vitest';
import { hashOfOrder, verifiedAnswer } from '../support/bank-side.ts';
import { bankServer } from './bank-server.ts';
import { test } from './branch.ts';
import { button, personOf, question, sealedRecord, swipe } from './desk-acts.ts';
import { setLanguage } from './driver.ts';
import { openAtFace, ratherColleague, screen } from './kiosk-acts.ts';
import { orderOf, passport, type Station, setUp, training } from './order-acts.ts';
import { openQueue, operatorsIn, type Staff, signInAtKiosk } from './referral-acts.ts';

/*
 * The bank's order at a kiosk, to its answer: a customer alone scans it and lays the passport down, the case is referred, a colleague
 * who comes and signs in compares the face and lets it go on, and the bank's own server is told by a signed answer.
 */

test('an order that is scanned at the kiosk is referred, finished by a colleague, and answered to its bank', async ({
  branchWith,
}) => {
  const server = await bankServer();
  const order = orderOf('at-the-kiosk', 'Byte av telefon', { purpose: 'replace-device' });
  let station: Station | null = null;
  let staff: Staff | null = null;
  const branch = await branchWith(
    async (directory) => {
      station = await setUp(directory, { ways: ['qr', 'https'], address: server.address });
      staff = await operatorsIn(station, ['AB', 'CD', 'IJ']);
      await station.run('station', 'set', 'unattended', ...staff.as('AB'));
      await station.run('banks', 'connect', 'https://bank.example/branch', ...server.files, ...staff.as('AB'));
    },
    { kiosk: true },
  );
  const { page } = branch.app;

  // Whatever is held before the scanner: half an order is none, and the person is told so.
  await swipe(page, [order.token.slice(0, order.token.length / 2)]);
  await button(page, 'English').click();
  await page.getByText('That order cannot be carried out here.').waitFor();
  // A link as the bank's page shows it, drawn as a code. It says itself what it is for.
  await swipe(page, [`styrk://order/${order.token}`]);
  await screen(page, 'way').waitFor();
  await page.getByText('Byte av telefon').waitFor();
  await swipe(page, passport.mrz);
  await screen(page, 'lay').waitFor();
  await page.getByText('Byte av telefon').waitFor();
  const chip = await branch.lay(passport);
  await screen(page, 'face').waitFor();
  await ratherColleague(page);
  await question(page, 'A colleague will do the last step with you').waitFor();
  await chip.lift();
  // The bank hears nothing before somebody has decided.
  expect(server.answers).toEqual([]);

  await page.getByRole('navigation').getByRole('button').last().click();
  await screen(page, 'staff').waitFor();
  await page.getByRole('main').getByRole('button').last().click();
  const opened = page.context().waitForEvent('page');
  await signInAtKiosk(page, 'CD');
  const desk = await opened;
  await button(desk, /CD/).first().waitFor();
  await setLanguage(desk, 'en', true);
  await openQueue(desk, 1);
  await openAtFace(desk, personOf(passport).surname);
  await desk.getByRole('radio', { name: 'Same person' }).check();
  await button(desk, 'Save answer').click();
  // No machine at a kiosk proves that somebody living stood there: the colleague says why that is enough.
  await question(desk, /^Ask a colleague/).waitFor();
  await desk.getByText('Byte av telefon').first().waitFor();
  await desk.getByRole('radio', { name: /^Approve/ }).check();
  await desk.getByLabel(/^Reason/).fill('stood before me, and is on the photo');
  await button(desk, 'Approve and finish').click();
  const decided = await sealedRecord(desk);

  await expect.poll(() => server.answers.length, { timeout: 60_000 }).toBe(1);
  const { keys, run } = station as unknown as Station;
  expect(verifiedAnswer(server.answers[0] ?? '', keys, training)).toMatchObject({
    aud: 'https://bank.example/branch',
    jti: decided,
    nonce: order.claims.nonce,
    order: { id: 'at-the-kiosk', sha256: hashOfOrder(order.claims), boundBy: 'station' },
    styrk: { training: true, decision: { outcome: 'go-on', by: 'operator' } },
  });
  // Both records stand: who referred it was nobody's sign-in, who decided it was.
  const { as } = staff as unknown as Staff;
  const { content } = await run('records', 'show', decided, ...as('IJ'));
  expect(content).toMatchObject({ purpose: 'replace-device', decision: { by: { source: 'operator', sign: 'CD' } } });
  const referred = await run('records', 'show', content.referral.recordId, ...as('IJ'));
  expect(referred.content).toMatchObject({
    decision: { outcome: 'refer' },
    order: { hash: hashOfOrder(order.claims), source: 'signed' },
  });
}, 400_000);
