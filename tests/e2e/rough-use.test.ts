import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { longest } from '../../main/result/bounds.ts';
import { longestScanned } from '../../main/result/digital-id-card.ts';
import type { CaseView, DeskState, StyrkBridge } from '../../preload/contract.ts';
import { type Branch, test } from './branch.ts';
import { specimenToday } from './chips.ts';
import { button, openCaseFor, personOf, question, sealedRecord, typeMrz } from './desk-acts.ts';

/*
 * What is done to a desk in earnest beside the ordinary case: a scanner that does not stop, a language that is changed at any moment,
 * Escape and a page that starts again at each question, no camera. Nothing hangs, nothing typed is lost, the focus is never nowhere.
 */

const passport = specimenToday('se-passport');
const person = personOf(passport);
const letters = 10_000;

function stateOf(page: Page): Promise<DeskState> {
  return page.evaluate(async () => {
    const { styrk } = globalThis as unknown as { readonly styrk: StyrkBridge };
    const answer = await styrk.call('desk.state');
    if (!answer.ok) throw new Error(answer.code);
    return answer.value;
  });
}

const stepOf = async (page: Page): Promise<CaseView['step'] | null> => (await stateOf(page)).case?.step ?? null;
const caseOf = async (page: Page): Promise<string | null> => (await stateOf(page)).case?.id ?? null;

const focusSomewhere = (page: Page) =>
  page.waitForFunction('document.activeElement !== null && document.activeElement !== document.body');

/** A scanner as a keyboard: each key is one of the browser's own, sent as fast as the window takes them. */
async function typeForLong(page: Page): Promise<void> {
  const keys = await page.context().newCDPSession(page);
  const press = { type: 'keyDown', key: 'A', text: 'A', unmodifiedText: 'A', code: 'KeyA' } as const;
  await Promise.all(Array.from({ length: letters }, () => keys.send('Input.dispatchKeyEvent', press)));
  await keys.detach();
}

/** The same where no field has the focus, without the browser's part in it: the page hears each key. */
function hearForLong(page: Page): Promise<void> {
  return page.evaluate((count) => {
    for (let number = 0; number < count; number += 1) {
      const event = new KeyboardEvent('keydown', { key: 'A', code: 'KeyA', bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
    }
  }, letters);
}

describe('a scanner that types ten thousand letters', () => {
  const inOne = (page: Page) => page.keyboard.insertText('A'.repeat(letters));

  /** The field took what it takes, kept what stood there, and says that it is full. */
  async function fills(field: Locator, most: number, before: string, type = inOne): Promise<void> {
    await field.fill(before);
    await field.press('End');
    await type(field.page());
    expect(await field.inputValue()).toBe(before + 'A'.repeat(most - before.length));
    await field.page().getByText(`The field is full: ${most} characters at most.`).waitFor();
    await field.press('Backspace');
    await field.page().getByText('The field is full').waitFor({ state: 'detached' });
  }

  test('fills a field to its end, which is said, and moves nothing else', async ({ branch }) => {
    const { page } = branch.app;
    await question(page, 'Why is the customer here?').waitFor();
    await page.locator('button:focus').waitFor();
    await hearForLong(page);
    // It was no document: that is said, and no case begins.
    await page.getByRole('alert').waitFor();
    expect(await caseOf(page)).toBe(null);

    await button(page, /Renew BankID/).click();
    const search = page.getByLabel('Personal number, name or customer number');
    await fills(search, longestScanned, 'Öberg ', typeForLong);
    await search.fill(person.personalNumber);
    await page.keyboard.press('Enter');
    await button(page, new RegExp(person.surname)).click();

    const lines = page.getByLabel('Lines at the bottom of the photo page');
    await fills(lines, longest.pageLines, passport.mrz[0] ?? '');
    await button(page, 'Number and dates').click();
    await fills(page.getByLabel('Document number'), longest.number, 'XA');
    await button(page, 'Six digits').click();
    await page.getByRole('textbox').focus();
    await page.keyboard.insertText('1'.repeat(letters));
    expect(await page.getByRole('textbox').inputValue()).toBe('111111');
    await page.getByText('The field is full: 6 characters at most.').waitFor();
    await page.keyboard.press('Backspace');
    await page.getByText('The field is full').waitFor({ state: 'detached' });
    await button(page, 'Lines').click();
    await typeMrz(page, passport);
    await question(page, 'Place the passport or ID card on the reader.').waitFor();
    const open = await caseOf(page);
    await hearForLong(page);
    expect([await caseOf(page), await stepOf(page)]).toEqual([open, 'chip']);

    await branch.lay(passport);
    await question(page, 'The chip is read.').waitFor();
    await hearForLong(page);
    expect([await caseOf(page), await stepOf(page)]).toEqual([open, 'chip']);
    await button(page, /Compare faces/).click();
    await page.getByRole('radio', { name: 'Unsure' }).check();
    await fills(page.getByLabel('Reason', { exact: true }), longest.reason, 'The ears ');
    await page.getByRole('radio', { name: 'Same person' }).check();
    await button(page, 'Save answer').click();

    await question(page, /^This is /).waitFor();
    await page.getByRole('radio', { name: 'Decline' }).check();
    await fills(page.getByLabel(/^Reason/), longest.reason, 'Another person ');
    await page.getByRole('radio', { name: 'Approve' }).check();
    await button(page, 'Approve and finish').click();
    const record = await sealedRecord(page);
    // The last case's record stays on the screen: what was typed is no document.
    await hearForLong(page);
    await page.getByRole('alert').waitFor();
    expect(await sealedRecord(page)).toBe(record);
    expect(branch.app.log()).not.toContain('AAAA');
  });
});

/** A question of the case as it stands, with what was typed or chosen there. */
interface Place {
  readonly step: CaseView['step'] | null;
  readonly heading: string | RegExp;
  readonly typed: readonly (readonly [Locator, string])[];
}

/** Goes through a case from the first question to the last, and does something at each. */
async function atEachQuestion(branch: Branch, act: (page: Page, place: Place) => Promise<void>): Promise<void> {
  const { page } = branch.app;
  const field = page.locator('main').getByRole('textbox');
  await question(page, 'Why is the customer here?').waitFor();
  await act(page, { step: null, heading: 'Why is the customer here?', typed: [] });

  await button(page, /Renew BankID/).click();
  await field.fill('Lindst');
  await act(page, { step: 'holder', heading: /^Whose BankID/, typed: [[field, 'Lindst']] });

  await field.fill(person.personalNumber);
  await page.keyboard.press('Enter');
  await button(page, new RegExp(person.surname)).click();
  const lines = page.locator('textarea');
  await lines.fill(passport.mrz[0] ?? '');
  const key = 'What does it say at the bottom of the photo page?';
  await act(page, { step: 'chip', heading: key, typed: [[lines, passport.mrz[0] ?? '']] });

  await typeMrz(page, passport);
  const waiting = 'Place the passport or ID card on the reader.';
  await question(page, waiting).waitFor();
  await act(page, { step: 'chip', heading: waiting, typed: [] });

  await branch.lay(passport);
  await question(page, 'The chip is read.').waitFor();
  await act(page, { step: 'chip', heading: 'The chip is read.', typed: [] });

  await button(page, /Compare faces/).click();
  await page.getByRole('radio').nth(1).check();
  await field.fill('The ears');
  await act(page, { step: 'face', heading: 'Is this the same person?', typed: [[field, 'The ears']] });

  await page.getByRole('radio', { name: 'Same person' }).check();
  await button(page, 'Save answer').click();
  await question(page, /^This is /).waitFor();
  const reason = page.locator('main').getByRole('textbox').first();
  await page.getByRole('radio').last().check();
  await reason.fill('Left in haste');
  await act(page, { step: 'decide', heading: /^This is /, typed: [[reason, 'Left in haste']] });
}

async function stillTyped({ typed }: Place): Promise<void> {
  for (const [field, text] of typed) expect(await field.inputValue()).toBe(text);
}

test('another language at each question changes nothing but the words', async ({ branch }) => {
  await atEachQuestion(branch, async (page, place) => {
    const before = await caseOf(page);
    const language = page.locator('header').getByLabel(/Language|Språk/);
    await language.focus();
    for (const next of ['sv', 'en'] as const) {
      await language.selectOption(next);
      await page.locator(`html[lang=${next}]`).waitFor();
      await stillTyped(place);
      // Whoever chose it is still there, and may choose again.
      expect([place.step, await language.evaluate((node) => node === document.activeElement)]).toEqual([
        place.step,
        true,
      ]);
    }
    await question(page, place.heading).waitFor();
    expect([await caseOf(page), await stepOf(page)]).toEqual([before, place.step]);
  });
});

test('Escape at each question goes one back, and a case is not lost by it', async ({ branch }) => {
  await atEachQuestion(branch, async (page, place) => {
    const before = await caseOf(page);
    await page.keyboard.press('Escape');
    if (place.step === null) {
      expect(await caseOf(page)).toBe(null);
      return;
    }
    await expect.poll(() => stepOf(page)).not.toBe(place.step);
    await focusSomewhere(page);
    // At the first question it asks whether the case is to be closed; once more keeps it.
    while ((await stepOf(page)) !== 'purpose') {
      const from = await stepOf(page);
      await page.keyboard.press('Escape');
      await expect.poll(() => stepOf(page)).not.toBe(from);
      await focusSomewhere(page);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await focusSomewhere(page);
    expect(await caseOf(page)).toBe(before);
    const number = { purpose: 1, holder: 2, chip: 3, face: 4, decide: 5, second: 3 }[place.step];
    await page.keyboard.press(`Alt+${number}`);
    await question(page, place.heading).waitFor();
    await stillTyped(place);
  });
});

test('a page that starts again at each question goes on there', async ({ branch }) => {
  await atEachQuestion(branch, async (page, place) => {
    const before = await caseOf(page);
    await page.reload();
    await question(page, place.heading).waitFor();
    await focusSomewhere(page);
    expect([await caseOf(page), await stepOf(page)]).toEqual([before, place.step]);
    // What was not sent yet never leaves the page, and goes with it.
    for (const [field, text] of place.typed) {
      if (place.step === 'face') await page.getByRole('radio').nth(1).check();
      if (place.step === 'decide') await page.getByRole('radio').last().check();
      await field.fill(text);
    }
  });
});

describe('without a camera', () => {
  const noCamera = 'No camera. Compare with the person in front of you.';

  test('where there is none, faces are compared with the person, and the lines are typed', async ({ branch }) => {
    const { page } = branch.app;
    await openCaseFor(page, passport);
    await button(page, 'Read with camera').click();
    await page.getByText('No camera. Type the lines.').waitFor();
    await typeMrz(page, passport);
    // A reading that staff stop leaves the focus with the sentence that says so.
    const torn = await branch.lay(passport, { leaveAtCommand: 14 });
    expect(await torn.left).toBe('torn');
    await question(page, "Put it back and we'll carry on.").waitFor();
    await button(page, 'Stop reading').press('Enter');
    await button(page, 'Stop reading').waitFor({ state: 'detached' });
    await page.locator('h1:focus').waitFor();
    await branch.lay(passport);
    await page.keyboard.press('F9');
    await button(page, /Compare faces/).click();
    await page.getByText(noCamera).waitFor();
    await page.getByRole('radio', { name: 'Same person' }).check();
    await button(page, 'Save answer').click();
    await question(page, /^This is /).waitFor();
  });

  test('where it is refused or taken by another program, that is said, and the same ways are open', async ({
    branch,
  }) => {
    const { page } = branch.app;
    const hinder = (name: string) =>
      page.evaluate((of) => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', of));
      }, name);
    await hinder('NotAllowedError');
    await openCaseFor(page, passport);
    await button(page, 'Read with camera').click();
    await page.getByText('The camera is closed to Styrk. Type the lines.').waitFor();
    await typeMrz(page, passport);
    await branch.lay(passport);
    await hinder('NotReadableError');
    await button(page, /Compare faces/).click();
    await page.getByText('Another program is using the camera.').waitFor();
    await page.getByRole('radio', { name: 'Same person' }).check();
    await button(page, 'Save answer').click();
    await question(page, /^This is /).waitFor();
  });
});

test('another specimen on the training reader in mid-case is another document, and is said to be one', async ({
  branchWith,
}) => {
  const branch = await branchWith(async () => undefined, { readers: 'training' });
  const { page } = branch.app;
  const picker = page.getByLabel('Specimen on the training reader');
  await openCaseFor(page, passport);
  await typeMrz(page, passport);
  await picker.selectOption('se-passport');
  await question(page, 'The chip is read.').waitFor();
  const before = await stateOf(page);
  await picker.selectOption('de-passport');
  await expect.poll(async () => (await stateOf(page)).specimen).toBe('de-passport');
  // What was read stays what was read: the other one is nobody's document of this case.
  expect((await stateOf(page)).case?.document).toEqual(before.case?.document);
  await page.keyboard.press('F9');
  await question(page, 'The chip could not be read.').waitFor();
  expect((await stateOf(page)).case?.document).toBe(null);
  await picker.selectOption('se-passport');
  // After a wrong key nothing is tried again by itself.
  await button(page, /Read again/).click();
  await question(page, 'The chip is read.').waitFor();
  await focusSomewhere(page);
});
