import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { machineClock } from '../../main/machine/clock.ts';
import { ownCountry } from '../support/own-country.ts';
import { styrk, temporaryFolder } from '../support/side-door.ts';
import { type Branch, test } from './branch.ts';
import { specimenToday } from './chips.ts';
import { button, openCaseFor, personOf, question, sameFace, sealedRecord, typeMrz } from './desk-acts.ts';

/*
 * Documents of a PKI of the test's own, which the station believes because an administrator imported it: nothing of what
 * the simulator publishes is behind these. The windows run on training data, which is what the stand-in opens.
 */

const passport = specimenToday('se-passport');
const person = personOf(passport);
const goOn = (page: Page) => page.getByRole('radio', { name: /^Approve/ });

/** The side door of the same data folder, as an administrator uses it. */
function administrator({ directory }: Branch) {
  const lists = temporaryFolder();
  const run = async (...argv: readonly string[]): Promise<void> => {
    const end = await styrk([...argv, '--training', '--data', directory, '--json']);
    expect(end.stdout, argv.join(' ')).not.toContain('"error"');
    expect(end.status, argv.join(' ')).toBe(0);
  };
  const file = (name: string, content: Uint8Array): string => {
    const path = join(lists, name);
    writeFileSync(path, content);
    return path;
  };
  return {
    run,
    takes: (name: string, content: Uint8Array) => run('trust', 'import', file(name, content)),
    believes: async (letters: string) => {
      const country = ownCountry(letters, machineClock.today());
      const list = file(`${letters}.ml`, country.masterList);
      await run('trust', 'import', list, '--signer', file(`${letters}.cer`, country.listSigner));
      await run('trust', 'import', file(`${letters}.crl`, country.revocationList('good')));
      return country;
    },
  };
}

/** From the empty desk to the decision on a document that was laid down, faces compared. */
async function decideOn(branch: Branch, country: ReturnType<typeof ownCountry>): Promise<void> {
  const { page } = branch.app;
  await openCaseFor(page, passport);
  await typeMrz(page, passport);
  await branch.lay(country.issue(passport));
  await question(page, 'The chip is read.').waitFor();
  await sameFace(page);
}

describe('a passport of a state that an administrator imported', () => {
  test('is accepted at an attended desk, and the record says that it was attended', async ({ branch }) => {
    const { page } = branch.app;
    const { run, believes } = administrator(branch);
    const country = await believes('SE');
    await run('station', 'set', 'attended');
    await openCaseFor(page, passport);
    await typeMrz(page, passport);
    await branch.lay(country.issue(passport));
    await question(page, 'The chip is read.').waitFor();
    await button(page, /Compare faces/).click();
    await page.getByText('Look first at the living person in front of you').waitFor();
    await page.getByText('is also your word that a living person stood here').waitFor();
    await page.getByRole('radio', { name: 'Same person' }).check();
    await button(page, 'Save answer').click();
    await question(page, new RegExp(`^This is .*${person.surname}`, 'i')).waitFor();
    await button(page, 'Approve and finish').click();
    expect(await sealedRecord(page)).not.toBe('');
    await button(page, /Past cases/).click();
    await button(page, 'Open record 1').click();
    await page.getByText('Attended', { exact: true }).waitFor();
  });

  test('is referred at an unattended one, and nobody goes on against that alone', async ({ branch }) => {
    const { page } = branch.app;
    const { run, believes } = administrator(branch);
    const country = await believes('SE');
    await run('station', 'set', 'unattended');
    await decideOn(branch, country);
    await question(page, /^Ask a colleague: it cannot be told whether a living person/).waitFor();
    expect(await goOn(page).isDisabled()).toBe(true);
    await button(page, 'Refer and finish').click();
    expect(await sealedRecord(page)).not.toBe('');
  });

  test('whose signer is revoked between the reading and the decision is told before anybody decides', async ({
    branch,
  }) => {
    const { page } = branch.app;
    const { run, believes, takes } = administrator(branch);
    const country = await believes('SE');
    await run('station', 'set', 'attended');
    await decideOn(branch, country);
    await question(page, /^This is /).waitFor();
    await takes('revoked.crl', country.revocationList('revoked'));
    await button(page, 'Approve and finish').click();
    await page.getByText('The result changed while you were deciding.').waitFor();
    await question(page, /^Do not accept: /).waitFor();
    expect(await goOn(page).isDisabled()).toBe(true);
    await page.getByRole('radio', { name: /^Decline/ }).check();
    await button(page, 'Decline and finish').click();
    expect(await sealedRecord(page)).not.toBe('');
  });

  test('makes a new customer of its holder, once staff find the details right', async ({ branch }) => {
    const { page } = branch.app;
    const { run, believes } = administrator(branch);
    const newcomer = specimenToday('at-passport');
    const country = await believes('AT');
    await run('station', 'set', 'attended');
    await button(page, /New customer/).click();
    // Nobody is looked for on file: the document names the person.
    await question(page, 'What does it say at the bottom of the photo page?').waitFor();
    await typeMrz(page, newcomer);
    await branch.lay(country.issue(newcomer));
    await question(page, 'The chip is read.').waitFor();
    await sameFace(page);
    await question(page, /^This is JOHANN GRUBER/).waitFor();
    const seal = button(page, 'Approve and finish');
    expect(await seal.isDisabled()).toBe(true);
    // The case keeps the answer, so the mark stands once the case has it; the button waits for that.
    await page.getByRole('checkbox', { name: 'Name, number and birth date are right' }).click();
    await seal.click();
    const id = await sealedRecord(page);
    const found = await styrk(['holders', 'find', 'Gruber', '--training', '--data', branch.directory, '--json']);
    expect(found.json().holders).toMatchObject([{ id, surname: 'GRUBER', fromDocument: true }]);
  });
});
