import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { methodRoles } from '../../main/station/method-roles.ts';
import type { CallResult, StyrkBridge } from '../../preload/contract.ts';
import { failureWords } from '../../resources/failures/failures.ts';
import { textsIn } from '../../resources/texts/texts.ts';
import { policyFile } from '../support/headquarters.ts';
import { madeAuthorities, madeListSigner, madeMasterList } from '../support/made-trust-files.ts';
import { button, question } from './desk-acts.ts';
import { clickToClose, openApp, type RunningApp } from './driver.ts';
import { type OfficeMethod, type OfficePlace, officeActs, officeMethods } from './office-acts.ts';
import { makeOfficeFolder, otherCard, people, type Sign, secretOf, writeHeadquartersFiles } from './office-folder.ts';

/*
 * Each act of the office by each role (`office-acts.ts`), end to end: whoever may do it is offered it and does it, with the sign-ins
 * that it takes outside the page; whoever may not is not offered it, and a page that asks for it all the same is refused in words.
 */

const t = textsIn('en');
const office = (window: Page) => window.getByRole('navigation', { name: 'Office' });

/** The app at this branch, and the folders from which and into which its people choose files. */
interface Branch {
  readonly app: RunningApp;
  readonly page: Page;
  /** Lays other files out to be chosen. */
  readonly layOut: (write: (folder: string) => void) => void;
  readonly lists: string;
  /** Where the next new file goes. */
  readonly clear: () => void;
}

/** One role's way through the office: what was done on it. */
interface Walk extends Branch {
  readonly done: Set<OfficeMethod>;
  /** Does an act where it is offered, and waits for what it comes to. */
  readonly does: (method: OfficeMethod, act: (window: Page) => Promise<unknown>) => Promise<void>;
}

async function toPlace(window: Page, place: OfficePlace): Promise<void> {
  if (place === 'queue') {
    await button(window, /^Waiting \(/).click();
    return;
  }
  if ((await office(window).count()) === 0) await window.getByRole('button', { name: 'Office', exact: true }).click();
  const name = t(`office/pages/${place}`);
  const there = office(window).getByText(name, { exact: true });
  await there.waitFor();
  if ((await there.getAttribute('aria-current')) !== 'page') await there.click();
}

/** These people sign in at the confirmation window, one after the other, and where it asks for one a secret is chosen. */
async function confirmed({ app }: Branch, signs: readonly Sign[], secretFor: string | null = null): Promise<void> {
  const window = await app.confirmation();
  for (const [place, sign] of signs.entries()) {
    await window.getByLabel('Your sign').fill(sign);
    await window.getByLabel('Your secret').fill(secretOf(sign));
    const signIn = button(window, 'Sign in and confirm');
    if (place < signs.length - 1 || secretFor !== null) await signIn.click();
    else await clickToClose(signIn);
    if (place < signs.length - 1) await window.getByText(`Has signed in: ${people[sign].name} (${sign})`).waitFor();
  }
  if (secretFor === null) return;
  await window.getByLabel('New secret').fill(secretOf(secretFor));
  await window.getByLabel('The same once more').fill(secretOf(secretFor));
  await clickToClose(button(window, 'Keep this secret'));
}

const both = ['AB', 'CD'] as const;

/** As a page would ask. */
function asked(window: Page, method: OfficeMethod): Promise<CallResult<OfficeMethod>> {
  return window.evaluate(
    ([name, args]) => {
      const { styrk } = globalThis as unknown as { readonly styrk: StyrkBridge };
      return (styrk.call as (...given: readonly unknown[]) => Promise<CallResult<OfficeMethod>>)(name, ...args);
    },
    [method, officeActs[method].args] as const,
  );
}

/** Signs in, has this role's way gone, holds it to the table, and signs out. */
async function as(branch: Branch, sign: Sign, way: (walk: Walk) => Promise<void>): Promise<void> {
  const { page } = branch;
  const { role } = people[sign];
  await page.getByLabel('Your sign').fill(sign);
  await page.getByLabel('Your secret').fill(secretOf(sign));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await button(page, `Sign out ${sign}`).waitFor();
  const done = new Set<OfficeMethod>();
  const does: Walk['does'] = async (method, act) => {
    expect(officeActs[method].roles, method).toContain(role);
    await act(page);
    done.add(method);
  };
  await way({ ...branch, done, does });

  const offered = officeMethods.filter((method) => officeActs[method].roles.includes(role));
  // Ended is what goes on; nothing does, and nothing is ended: nobody refuses it.
  for (const method of offered.filter((each) => officeActs[each].offer === 'at work')) {
    expect(await asked(page, method), method).toMatchObject({ ok: true });
    done.add(method);
  }
  expect([...done].toSorted()).toEqual(offered.toSorted());
  await refused(page, sign);
  await button(page, `Sign out ${sign}`).click();
  await page.getByLabel('Your sign').waitFor();
}

/** Nothing of what is not theirs is offered to them, and each of its calls is refused. */
async function refused(window: Page, sign: Sign): Promise<void> {
  const { role } = people[sign];
  const others = officeMethods.filter((method) => !officeActs[method].roles.includes(role));
  const places = Map.groupBy(others, (method) => officeActs[method].place);
  const theirs = new Set(
    officeMethods.filter((method) => !others.includes(method)).map((method) => officeActs[method].place),
  );
  for (const [place, methods] of places) {
    if (!theirs.has(place)) {
      const way =
        place === 'queue' ? button(window, /^Waiting \(/) : office(window).getByText(t(`office/pages/${place}`));
      expect(await way.count(), `${role}: ${place}`).toBe(0);
      continue;
    }
    await toPlace(window, place);
    for (const method of methods) {
      const { offer, inside } = officeActs[method];
      if (typeof offer !== 'function') continue;
      // Where it would be offered there may be no way to, and then there is nothing to press either.
      const reads = officeActs['records.show'].roles.includes(role);
      if (inside !== undefined && place === 'records' && reads) await inside(window);
      expect(await offer(window).count(), `${role}: ${method}`).toBe(0);
    }
  }
  for (const method of others) {
    const need: readonly string[] | 'anyone' = methodRoles[method];
    if (need === 'anyone' || need.includes(role)) continue;
    expect(await asked(window, method), method).toEqual({ ok: false, code: 'operator.role', fields: { role } });
  }
  expect(failureWords('en', 'operator.role').happened).not.toBe('');
}

/** What everybody may: the station as it stands, and whom it believes. */
async function everybodys({ does, page }: Walk): Promise<void> {
  await toPlace(page, 'condition');
  await does('trust.state', (window) => window.getByTestId('condition-trust').waitFor());
  await does('readers.known', (window) => window.getByText('Nothing out of the ordinary is known of it.').waitFor());
  await does('app.setTextSize', async (window) => {
    const size = window.getByRole('combobox', { name: 'Text size' });
    await size.selectOption('115');
    await window.waitForFunction(() => document.documentElement.style.fontSize === '115%');
    await size.selectOption('100');
  });
  await does('app.notices', async (window) => {
    await window.getByText("Licences of others' work in it").click();
    await window.getByText('They come with the installed app.').waitFor();
  });
  await toPlace(page, 'trust');
  await does('trust.countries', (window) => window.getByRole('table').first().waitFor());
  await does('trust.sources', (window) => window.getByText('Fetched from', { exact: true }).waitFor());
  await does('trust.signers', (window) => window.getByText('Whose lists are taken here').waitFor());
  await does('trust.basis', (window) => window.getByTestId('own-key').waitFor());
  await does('trust.country', async (window) => {
    await button(window, 'Show Sweden').click();
    await question(window, /^Chain of Sweden/).waitFor();
    await button(window, 'Issuers and lists').first().click();
  });
  await toPlace(page, 'help');
  await page.getByRole('searchbox').fill('operator.role');
  await page.getByText(failureWords('en', 'operator.role').happened).waitFor();
}

async function readers({ does, page }: Walk): Promise<void> {
  await toPlace(page, 'condition');
  await does('readers.test', async (window) => {
    await button(window, 'Test Training reader').click();
    await window.getByTestId('reader-test').getByText('a passport or identity card answered').waitFor();
  });
}

async function log({ does, page }: Walk): Promise<void> {
  await toPlace(page, 'condition');
  await does('app.log', async (window) => {
    await button(window, 'Show anew').click();
    await window.getByRole('table').getByRole('row').nth(1).waitFor();
  });
}

/** A colleague's case is opened, looked at and put back. */
async function queue({ does, page }: Walk): Promise<void> {
  await toPlace(page, 'queue');
  const row = page.getByRole('row', { name: /Öberg/ });
  await does('referrals.list', () => row.waitFor());
  await does('referrals.open', async (window) => {
    await row.getByRole('button', { name: 'Open' }).click();
    await window.getByText(/^T2 referred this case on/).waitFor();
  });
  await does('referrals.putBack', async (window) => {
    await button(window, 'Put it back in the queue').click();
    await button(window, /Renew BankID/).waitFor();
  });
}

async function recordsCheck(does: Walk['does']): Promise<void> {
  await does('records.check', async (window) => {
    await button(window, 'Check that nothing was changed').click();
    await window.getByRole('status').getByText('All 5 records are unchanged.').waitFor();
  });
}

async function records({ does, page }: Walk): Promise<void> {
  await toPlace(page, 'records');
  await does('records.search', async (window) => {
    await window.getByLabel('Decided by').fill('anna');
    await window.getByRole('button', { name: 'Search', exact: true }).click();
    await window
      .getByRole('status')
      .getByText(/cases? found\./)
      .waitFor();
  });
  await recordsCheck(does);
  await does('records.show', async (window) => {
    await button(window, 'Open record 5').click();
    await question(window, /^Record 5/).waitFor();
  });
  await does('records.receipt', async (window) => {
    // The page hands it to the system's dialog, which a test does not see: what goes there is on the page.
    await window.evaluate(() => {
      Object.assign(globalThis, { print: () => undefined });
    });
    await button(window, 'Print receipt').click();
    await window.getByTestId('receipt').waitFor({ state: 'attached' });
    await window.getByRole('main').getByRole('button', { name: 'Past cases' }).click();
  });
  await toPlace(page, 'figures');
  await does('records.figures', (window) => window.getByRole('row', { name: /anna/ }).waitFor());
}

/** Who leads a branch says from when years run, keeps longer what an authority asks for, and erases: here of this record. */
async function retention(walk: Walk, sign: Sign, record: string): Promise<void> {
  const { does, page } = walk;
  await toPlace(page, 'retention');
  await does('retention.state', (window) => window.getByText('No record is due today.').waitFor());
  await does('retention.event', async (window) => {
    const event = window.getByRole('form', { name: 'When the years begin' });
    await event.getByLabel('Record number').fill(record);
    await event.getByLabel('Day').fill('2019-04-01');
    await button(window, 'Note it …').click();
    await confirmed(walk, [sign]);
    await window.getByText(`One record is due today: ${record}.`).waitFor();
  });
  await does('retention.erase', async (window) => {
    await button(window, 'Erase now …').click();
    await confirmed(walk, [sign]);
    await window.getByText('One record is erased.').waitFor();
  });
  await does('retention.hold', async (window) => {
    const hold = window.getByRole('form', { name: 'Keep longer' });
    await hold.getByLabel('Record number').fill('4');
    await hold.getByLabel('Authority').fill(`Court that ${sign} heard`);
    await hold.getByLabel('Reason').fill('Inquiry 14');
    await hold.getByLabel('Last day').fill('2029-01-31');
    await button(window, 'Keep …').click();
    await confirmed(walk, [sign]);
    await window.getByRole('cell', { name: `Court that ${sign} heard` }).waitFor();
  });
}

/** Another operator is seen to. */
async function colleague(walk: Walk, sign: Sign): Promise<void> {
  const { does, page } = walk;
  await toPlace(page, 'operators');
  await does('operators.list', (window) => window.getByRole('cell', { name: 'Tage Ytter' }).waitFor());
  await does('operators.train', async (window) => {
    await button(window, 'Change T2').click();
    await window.getByRole('region', { name: 'Change T2' }).getByLabel('Trained until').fill('2098-06-30');
    await button(window, 'Note it').click();
    await confirmed(walk, [sign]);
    await window.getByText('It is done.').waitFor();
    await window.getByRole('row', { name: /T2/ }).getByText('2098').waitFor();
  });
  await does('operators.reset', async (window) => {
    await button(window, 'Change T2').click();
    await button(window, 'Let in again …').click();
    await confirmed(walk, [sign]);
    await window.getByText('It is done.').waitFor();
  });
}

/** Nothing answers where headquarters is set: the tries fail in words, and both may make them. */
async function tendHeadquarters({ does, page }: Walk): Promise<void> {
  await toPlace(page, 'headquarters');
  const wrong = page.getByRole('alert').getByText(failureWords('en', 'service.unreachable').happened);
  await does('headquarters.state', (window) => window.getByTestId('headquarters-set').waitFor());
  for (const [method, name] of [
    ['headquarters.deliver', /^(Deliver now|Try to deliver again)$/],
    ['headquarters.fetch', /^(Fetch now|Try to fetch again)$/],
  ] as const)
    await does(method, async (window) => {
      await button(window, name).click();
      await wrong.waitFor();
    });
}

async function setUp(walk: Walk): Promise<void> {
  const { does, page } = walk;
  const stateOf = (step: string, state: string) =>
    page.locator(`[data-testid="set-up-${step}"][data-state="${state}"]`).waitFor();
  // It was left there, and comes by itself to who may go on with it.
  await does('setUp.state', (window) => question(window, 'Does the reader answer?').waitFor());
  await does('setUp.note', async (window) => {
    await button(window, 'Leave it out for now').click();
    await stateOf('reader', 'skipped');
  });
  await does('setUp.stand', async (window) => {
    await window.getByTestId('set-up-reader').click();
    await question(window, 'Does the reader answer?').waitFor();
  });
  await does('setUp.testReader', async (window) => {
    await button(window, 'Test the reader').click();
    await stateOf('reader', 'done');
  });
  await page.getByTestId('set-up-station').click();
  await does('station.set', async (window) => {
    await window.getByLabel('Name of the station').fill('Till 3');
    await window.getByRole('radio', { name: /^Attended/ }).check();
    await button(window, 'Keep this').click();
    await confirmed(walk, both);
    await stateOf('station', 'done');
  });
  await page.getByTestId('set-up-overview').click();
  await does('setUp.finish', async (window) => {
    await button(window, 'Finish the set-up').click();
    await question(window, 'Signed in as Anna Berg').waitFor();
  });
}

async function trust(walk: Walk): Promise<void> {
  const { does, page, layOut, lists } = walk;
  const list = (name: string, day: string, count: number) => (folder: string) =>
    writeFileSync(join(folder, name), madeMasterList(day, [...madeAuthorities(count), madeListSigner]));
  const report = page.getByTestId('trust-report');
  const signers = page.getByTestId('signers-report');
  await toPlace(page, 'trust');
  layOut(list('first.ml', '260101', 3));
  await button(page, 'Import files …').click();
  await page.getByRole('alert').getByText('signed by someone whom this station was not told to trust').waitFor();
  await does('trust.lookAtSigner', async (window) => {
    await button(window, 'Show who signed it').click();
    await window.getByTestId('signer-issuer').waitFor();
  });
  await does('trust.pin', async (window) => {
    await window.getByTestId('signer-issuer').getByRole('button', { name: 'Vouch for it' }).click();
    await confirmed(walk, both);
    await signers.getByText('Root (DE) is vouched for from now on.').waitFor();
  });
  await does('trust.takeAgain', () => signers.getByText('1 file was imported.').waitFor());
  await does('trust.import', async (window) => {
    layOut(list('second.ml', '260201', 4));
    await button(window, 'Import files …').click();
    await report.getByText('1 file was imported.').waitFor();
  });
  await does('trust.restore', async (window) => {
    await button(window, 'Undo last change …').click();
    await confirmed(walk, both);
    await report.getByText('The last change was undone.').waitFor();
  });
  await does('trust.leaveSigner', async (window) => {
    await button(window, 'Open a list or certificate …').click();
    await window.getByTestId('signing').waitFor();
    await window.getByRole('button', { name: 'Close', exact: true }).click();
    await window.getByTestId('signing').waitFor({ state: 'detached' });
  });
  await does('trust.update', async (window) => {
    list('third.ml', '260301', 5)(lists);
    await button(window, 'Update now').click();
    await report.getByText('New lists were imported.').waitFor();
  });
  await does('trust.unpin', async (window) => {
    await button(window, 'Withdraw Root (DE)').click();
    await confirmed(walk, both);
    await signers.getByText('It is withdrawn').waitFor();
  });
  await basis(walk);
}

/** What trust rests on beside the lists. */
async function basis(walk: Walk): Promise<void> {
  const { does, page, layOut, lists } = walk;
  const [certificate = new Uint8Array()] = madeAuthorities(1);
  layOut((folder) => writeFileSync(join(folder, 'csca.cer'), certificate));
  await button(page, 'Open a list or certificate …').click();
  await does('trust.pinAuthority', async (window) => {
    await button(window, 'Vouch for it as an issuer …').click();
    await confirmed(walk, both);
    await window
      .getByTestId('authorities')
      .getByText(/Our word from/)
      .waitFor();
  });
  await does('trust.unpinAuthority', async (window) => {
    await button(window, 'Take back the word for CSCA 0 (UT) …').click();
    await confirmed(walk, both);
    await window.getByTestId('authorities-report').getByText('The word is taken back.').waitFor();
  });
  await does('trust.setLimits', async (window) => {
    await window.getByText('Change the limits', { exact: true }).click();
    await window.getByLabel('Our word for a single certificate').fill('180');
    await button(window, 'Change the limits …').click();
    await confirmed(walk, both);
    await window.getByTestId('limits-report').getByText('The limits are changed.').waitFor();
  });
  await does('trust.setPlaces', async (window) => {
    await window.getByText('Change where lists are fetched', { exact: true }).click();
    await window.getByLabel('Folder or addresses').fill(lists);
    await button(window, 'Keep this …').click();
    await confirmed(walk, both);
    await window.getByTestId('places-report').getByText('It is changed.').waitFor();
  });
}

/** What each kind of case asks, and a file laid beside what is in force. */
async function policies({ does, page }: Walk): Promise<void> {
  await toPlace(page, 'policies');
  await does('policies.all', (window) => window.getByLabel('Kind of case').waitFor());
  await does('policies.explain', (window) => window.getByText('The person is looked up on file.').first().waitFor());
}

async function policyFiles(walk: Walk): Promise<void> {
  const { does, layOut } = walk;
  await policies(walk);
  const changed = { ...policyFile('renew-bankid'), version: 99, evidenceMinutes: 7 };
  layOut((folder) => writeFileSync(join(folder, 'renew.json'), JSON.stringify(changed)));
  await does('policies.choose', async (window) => {
    await button(window, 'Open policies in a file …').click();
    await window.getByTestId('policy-differences').getByText('1 difference').waitFor();
    await window.getByRole('cell', { name: /7 minutes/ }).waitFor();
  });
}

async function operators(walk: Walk): Promise<void> {
  const { does, page } = walk;
  await colleague(walk, 'AB');
  const done = page.getByText('It is done.');
  await does('operators.add', async (window) => {
    const somebody = window.getByRole('form', { name: 'Somebody new' });
    await somebody.getByLabel('Sign').fill('XX');
    await somebody.getByLabel('Name').fill('Xenia Yd');
    await somebody.getByRole('button', { name: 'Add' }).click();
    await confirmed(walk, both, 'XX');
    await window.getByRole('cell', { name: 'Xenia Yd' }).waitFor();
  });
  const change = async (window: Page) => {
    await button(window, 'Change XX').click();
    await window.getByRole('region', { name: 'Change XX' }).waitFor();
  };
  await does('operators.setRole', async (window) => {
    await change(window);
    await window.getByRole('region', { name: 'Change XX' }).getByLabel('Role').selectOption('auditor');
    await button(window, 'Give role').click();
    await confirmed(walk, both);
    await window.getByRole('row', { name: /XX/ }).getByText('Auditor').waitFor();
  });
  await does('operators.newSecret', async (window) => {
    await change(window);
    await button(window, 'New secret …').click();
    await confirmed(walk, both, 'XY');
    await done.waitFor();
  });
  await does('operators.remove', async (window) => {
    await change(window);
    await button(window, 'Take out …').click();
    await confirmed(walk, both);
    await window.getByRole('row', { name: /XX/ }).getByText('taken out').waitFor();
  });
}

async function roster({ does, page, layOut }: Walk): Promise<void> {
  await toPlace(page, 'roster');
  const report = page.getByTestId('roster-report');
  layOut((folder) => writeFileSync(join(folder, 'customers.csv'), 'id,givenNames,surname\nC-77,Berit,Zetterquist\n'));
  await does('roster.choose', async (window) => {
    await button(window, 'Choose a file').click();
    await window.getByText('Chosen file: customers.csv').waitFor();
  });
  await does('roster.try', async (window) => {
    await button(window, 'Try without taking').click();
    await report.getByText('Nothing was taken. It would be:').waitFor();
  });
  await does('roster.import', async (window) => {
    await button(window, 'Take the file in').click();
    await report.getByText('The file was taken in.').waitFor();
  });
}

async function setHeadquarters(walk: Walk): Promise<void> {
  const { does, page, layOut } = walk;
  const chosen = page.getByTestId('headquarters-chosen');
  await toPlace(page, 'headquarters');
  layOut(writeHeadquartersFiles);
  await does('headquarters.choose', async (window) => {
    await button(window, 'Choose files …').click();
    await window.getByText('The files fit together.').waitFor();
  });
  await does('headquarters.leave', async (window) => {
    await button(window, 'Forget the files').click();
    await chosen.waitFor({ state: 'detached' });
    // What was pressed is gone: the focus is where files are chosen.
    await window.waitForFunction(() => document.activeElement?.textContent === 'Choose files …');
  });
  await button(page, 'Choose files …').click();
  await chosen.waitFor();
  await does('headquarters.set', async (window) => {
    await window.getByLabel('Address').fill('postgresql://localhost:1/styrk');
    await window.getByRole('button', { name: 'Set …', exact: true }).click();
    await confirmed(walk, both);
    await window.getByTestId('headquarters-report').getByText('Headquarters is set.').waitFor();
  });
}

/** Without a line: what would go there is written, and what is no file of headquarters' is refused in words. */
async function headquartersFiles({ does, page, layOut, clear }: Walk): Promise<void> {
  await toPlace(page, 'headquarters');
  await does('headquarters.writeFile', async (window) => {
    clear();
    await button(window, 'Write a file for headquarters …').click();
    await window
      .getByTestId('headquarters-report')
      .getByText(/ is written, with /)
      .waitFor();
  });
  await does('headquarters.takeFile', async (window) => {
    layOut((folder) => writeFileSync(join(folder, 'strange.issue'), 'no issue'));
    await button(window, 'Take in a file from headquarters …').click();
    await window.getByText('It was this file: strange.issue.').waitFor();
  });
}

/** What everybody sees of other stations: whom this one trusts, and its own card to take there. */
async function stations(walk: Walk): Promise<void> {
  const { does, page, clear } = walk;
  await toPlace(page, 'stations');
  await does('stations.state', (window) =>
    window.getByTestId('stations-trusted').getByText('Kiosk 2').first().waitFor(),
  );
  await does('stations.saveCard', async (window) => {
    clear();
    await button(window, 'Save the card …').click();
    await window.getByTestId('stations-report').getByText(' is saved.').waitFor();
  });
}

/** Cases go to another station as a file, and what is no file of one is refused in words. */
async function travel(walk: Walk, handOver: (window: Page) => Promise<unknown>): Promise<void> {
  const { does, layOut, clear } = walk;
  await stations(walk);
  await does('stations.writeEnds', async (window) => {
    clear();
    await button(window, 'Write how cases of Kiosk 2 ended …').click();
    await window.getByText('None of its cases has ended here in the last 60 days. No file was written.').waitFor();
  });
  await does('stations.takeFile', async (window) => {
    layOut((folder) => writeFileSync(join(folder, 'strange.referrals'), 'no cases'));
    await button(window, 'Take in a file …').click();
    await window.getByText('It was this file: strange.referrals.').waitFor();
  });
  await does('stations.handOver', async (window) => {
    clear();
    await handOver(window);
  });
}

/** Two administrators let cases go to a station by themselves, which needs headquarters. */
async function routed(walk: Walk, name: string): Promise<void> {
  await button(walk.page, `Let cases go to ${name} by themselves …`).click();
  await confirmed(walk, both);
  const report = walk.page.getByTestId('stations-report');
  await report.getByText(`Cases that are referred here go to ${name} by themselves`).waitFor();
}

/** A station is trusted by two administrators, by its card, and by one no longer; so is where cases go by themselves. */
async function trustStations(walk: Walk): Promise<void> {
  const { does, page, layOut } = walk;
  const { bytes } = otherCard('Kiosk 9');
  const card = page.getByTestId('stations-card');
  await stations(walk);
  layOut((folder) => writeFileSync(join(folder, 'kiosk-9.card'), bytes));
  await does('stations.chooseCard', async (window) => {
    await button(window, 'Trust a station …').click();
    await card.getByText('Kiosk 9').waitFor();
  });
  await does('stations.leaveCard', async (window) => {
    await card.getByRole('button', { name: 'Close' }).click();
    await card.waitFor({ state: 'detached' });
    await window.waitForFunction(() => document.activeElement?.tagName === 'H1');
  });
  await button(page, 'Trust a station …').click();
  await does('stations.trust', async (window) => {
    await button(window, 'Trust this station …').click();
    await confirmed(walk, both);
    await window.getByTestId('stations-report').getByText('Kiosk 9 is trusted with cases.').waitFor();
  });
  await page.getByText('Headquarters is not set here').waitFor();
  await button(page, 'Open the page Headquarters').click();
  await page.getByText('No headquarters is set').waitFor();
  await toPlace(page, 'stations');
  await does('stations.setRoute', () => routed(walk, 'Kiosk 9'));
  await does('stations.endRoute', async (window) => {
    await button(window, 'Let cases go there by themselves no longer …').click();
    await confirmed(walk, ['AB']);
    await window.getByTestId('stations-report').getByText('Cases go to Kiosk 9 by themselves no more.').waitFor();
  });
  await does('stations.distrust', async (window) => {
    await button(window, 'Trust Kiosk 9 no longer …').click();
    await confirmed(walk, ['AB']);
    await window.getByTestId('stations-report').getByText('Kiosk 9 is trusted with cases no more.').waitFor();
  });
  // For whom comes after: they are told of it, and may not end it.
  await routed(walk, 'Kiosk 2');
}

test('each act of the office, by each role', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-roles-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [directory, lists, chosen, written] = ['data', 'lists', 'chosen', 'written'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  const clear = () => {
    for (const each of [written, `${written}.pdf`]) rmSync(each, { force: true });
  };
  const layOut: Branch['layOut'] = (write) => {
    rmSync(chosen, { recursive: true, force: true });
    mkdirSync(chosen);
    write(chosen);
  };
  mkdirSync(lists);
  layOut(() => undefined);
  await makeOfficeFolder(directory, lists);
  const env = { STYRK_STAND_IN_FILES: chosen, STYRK_STAND_IN_NEW_FILE: written };
  const app = await openApp({ directory, readers: 'training', env });
  onTestFinished(() => app.close());
  // Electron's own dialog belongs to the system: no test chooses in it.
  if (app.form !== 'stand-in') return context.skip();
  const { page } = app;
  const branch: Branch = { app, page, layOut, lists, clear };

  await as(branch, 'TE', async (walk) => {
    await page.evaluate(async () => {
      const { styrk } = globalThis as unknown as { readonly styrk: StyrkBridge };
      await styrk.call('training.lay', 'se-passport');
    });
    await queue(walk);
    await everybodys(walk);
    await readers(walk);
    await travel(walk, async (window) => {
      await toPlace(window, 'queue');
      const row = window.getByRole('row', { name: /Zetterlund/ });
      await row.getByRole('button', { name: 'To another station …' }).click();
      await window.getByRole('dialog').getByRole('button', { name: 'Hand over …' }).click();
      await window.getByTestId('queue-report').getByText('with 1 case. Take it in at Kiosk 2').waitFor();
      await row.waitFor({ state: 'detached' });
    });
  });
  await as(branch, 'AB', async (walk) => {
    await setUp(walk);
    await everybodys(walk);
    await readers(walk);
    await log(walk);
    await toPlace(page, 'records');
    await recordsCheck(walk.does);
    await trust(walk);
    await policyFiles(walk);
    await operators(walk);
    await roster(walk);
    await retention(walk, 'AB', '1');
    await walk.does('retention.release', async (window) => {
      await button(window, 'Release …').click();
      await confirmed(branch, both);
      await window.getByText('The records are no longer kept.').waitFor();
    });
    await trustStations(walk);
    await setHeadquarters(walk);
    await tendHeadquarters(walk);
    await headquartersFiles(walk);
    await walk.does('headquarters.unset', async (window) => {
      await button(window, 'Take back …').click();
      await confirmed(branch, both);
      await window.getByText('No headquarters is set').waitFor();
    });
    // For whom comes after: only administrators set one.
    const again: Walk = { ...walk, does: async (_method, act) => void (await act(page)) };
    await setHeadquarters(again);
  });
  await as(branch, 'SU', async (walk) => {
    await queue(walk);
    await everybodys(walk);
    await readers(walk);
    await log(walk);
    await policies(walk);
    await toPlace(page, 'trust');
    await walk.does('trust.update', async (window) => {
      await button(window, 'Update now').click();
      await window.getByTestId('trust-report').getByText(/./).waitFor();
    });
    await records(walk);
    await toPlace(page, 'records');
    await button(page, 'Open record 5').click();
    await walk.does('records.export', async (window) => {
      clear();
      await button(window, 'Save as a signed file').click();
      await window.getByText(/^Saved as /).waitFor();
    });
    await retention(walk, 'SU', '2');
    await colleague(walk, 'SU');
    await tendHeadquarters(walk);
    await travel(walk, async (window) => {
      await button(window, 'Hand over to Kiosk 2 …').click();
      await window.getByTestId('stations-report').getByText('with 2 cases. Take it in at Kiosk 2').waitFor();
      await window.getByTestId('stations-away').getByText('referred').waitFor();
    });
    await walk.does('stations.giveBack', async (window) => {
      await window.getByText('A case whose file was lost').click();
      await window.getByLabel('Case number').fill('lost');
      await button(window, 'Give back by its number …').click();
      await window.getByLabel('Why it is not decided here').fill('she waits there');
      await button(window, 'Give it back').click();
      await window.getByTestId('stations-report').getByText('The case is given back.').waitFor();
    });
  });
  await as(branch, 'AU', async (walk) => {
    await everybodys(walk);
    await log(walk);
    await policies(walk);
    await records(walk);
    await toPlace(page, 'retention');
    await walk.does('retention.state', (window) => window.getByText('Court that SU heard').waitFor());
    await toPlace(page, 'operators');
    await walk.does('operators.list', (window) => window.getByRole('cell', { name: 'Xenia Yd' }).waitFor());
    await toPlace(page, 'headquarters');
    await walk.does('headquarters.state', (window) => window.getByTestId('headquarters-set').waitFor());
    await stations(walk);
    await page.getByText('Cases that are referred here go there by themselves, over headquarters.').waitFor();
  });
  for (const { name } of Object.values(people)) expect(app.log()).not.toContain(name);
}, 900_000);
