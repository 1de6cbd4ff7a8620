import { type Hold, holdCard } from '../support/other-program.ts';
import { test } from './branch.ts';
import { specimenToday } from './chips.ts';
import { button, openCaseFor, question, sealedRecord, typeMrz } from './desk-acts.ts';

/*
 * Another program with the card on the desk's reader (nfc-pcsc#70, web-eid-app#184: a known card became "the chip does not answer"),
 * beside an empty reader. How long it takes to be told is printed, not held to anything. One branch for both ways: the library
 * finds its daemon once in a process.
 */

const passport = specimenToday('se-passport');
const holds: readonly Hold[] = ['transaction', 'exclusive'];

test('another program with the passport is named at the desk, and when it lets go the reading goes on', async ({
  branchWith,
}) => {
  // By the daemon's socket, as a desk on Linux speaks to it unless it is told otherwise (decision 0010).
  const branch = await branchWith(async () => undefined, { words: ['--reader-port', 'pcscd'] });
  const { page } = branch.app;
  Object.assign(process.env, branch.serviceEnv);
  for (const how of holds) {
    await openCaseFor(page, passport);
    const chip = await branch.lay(passport);
    await page.getByText('A passport or card is on the reader').first().waitFor();
    const letGo = await holdCard('Virtual PCD 00 00', how);
    try {
      const since = performance.now();
      await typeMrz(page, passport);
      await page.getByText('Another program is using the card.').first().waitFor();
      console.log(`${how}: the desk says so ${Math.round(performance.now() - since)} ms after the key was typed`);
    } finally {
      await letGo();
    }
    await question(page, 'The chip is read.').waitFor();
    await button(page, 'Close without decision').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close without decision' }).click();
    await sealedRecord(page);
    await chip.lift();
    await button(page, 'New case').click();
  }
});
