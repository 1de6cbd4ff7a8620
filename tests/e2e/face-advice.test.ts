import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { ChipFaults } from '../../main/simulator/faults/faults.ts';
import type { CaseView, StyrkBridge } from '../../preload/contract.ts';
import { drawnLuma } from '../support/faces/drawn-luma.ts';
import { headquarters, policyFile } from '../support/headquarters.ts';
import { writeFilm } from '../support/mrz-pictures/film.ts';
import { runHere } from '../support/side-door.ts';
import { leftOnDisk } from '../support/traces.ts';
import { type Branch, test } from './branch.ts';
import type { LaidChip } from './chips.ts';
import { button, question, toFaces } from './desk-acts.ts';
import { folderOf, passport, sideDoorIn } from './order-acts.ts';

/*
 * A machine's advice on two faces through the app's own window: a policy that states why it is on, a customer who is asked, a camera that
 * shows a drawn face, the model in its worker. The page shows nothing of it before staff have answered, and nothing of it stays but one
 * number in the record.
 */

const terms = { legalBasis: 'consent', impactAssessment: 'K-2026-3', supportsFrom: 700, againstBelow: 300 };
const comparison = 'The machine’s comparison';
/** A model is loaded and two faces are described: on a machine that is busy with others that takes as long as it takes. */
const whileComparing = { timeout: 150_000 };

/** The station takes the policy as it takes any: in a bundle of a pinned signer, on the word of two. */
async function stateComparison(directory: string): Promise<void> {
  const { bundle, issuer } = headquarters();
  const renewal = policyFile('renew-bankid');
  const stated = { ...renewal, version: renewal.version + 1, machineComparison: terms };
  const file = join(folderOf('policy'), 'bundle');
  writeFileSync(file, bundle(1, { 'renew-bankid': stated }));
  const take = (name: string) =>
    runHere(['trust', 'import', file, '--signer', issuer, '--by', name, '--training', '--json', '--data', directory]);
  await take('A. Berg');
  expect((await take('C. Dahl')).json()).toMatchObject({ policies: [{ id: 'renew-bankid', isOwn: false }] });
}

type Machine = NonNullable<CaseView['machine']>;

/** What every snapshot tells from now on of the comparison, in order. */
async function followSnapshots(page: Page): Promise<() => Promise<readonly Machine[]>> {
  await page.evaluate(() => {
    const { styrk } = globalThis as unknown as { readonly styrk: StyrkBridge };
    const heard: unknown[] = [];
    Object.assign(globalThis, { heard });
    styrk.onDesk((state) => {
      if (state.case?.machine !== undefined) heard.push(state.case.machine);
    });
  });
  return () => page.evaluate(() => (globalThis as unknown as { readonly heard: Machine[] }).heard);
}

/** In which order a decoder and the portrait for it come to be there. */
async function followPortrait(page: Page): Promise<readonly string[]> {
  const came: string[] = [];
  page.on('worker', (worker) => {
    if (worker.url().includes('portrait-decoder')) came.push('decoder');
  });
  page.on('console', (message) => void came.push(message.text()));
  await page.evaluate(() => {
    const { styrk } = globalThis as unknown as { readonly styrk: StyrkBridge };
    const stop = styrk.onDesk(({ case: open }) => {
      if (open === null || open.portrait === 'none') return;
      console.log('portrait');
      stop();
    });
  });
  return came;
}

/** To the question of the faces, at which consent is asked for. */
async function toConsent({ app, lay }: Pick<Branch, 'app' | 'lay'>, faults?: ChipFaults): Promise<LaidChip> {
  const chip = await toFaces({ app, lay: (specimen) => lay(specimen, faults) }, passport);
  await button(app.page, 'The customer says yes').waitFor();
  return chip;
}

async function answerSame(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Same person' }).check();
  await button(page, 'Save answer').click();
  await page.locator('main form').filter({ hasNotText: 'Is this the same person?' }).first().waitFor();
}

/** Ends the case whatever its verdict is, and answers the number of its record. */
async function referred(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { styrk } = globalThis as unknown as { readonly styrk: StyrkBridge };
    const state = await styrk.call('desk.state');
    const seen = state.ok ? state.value.case?.verdict?.verdict : undefined;
    if (seen === undefined) throw new Error('no verdict');
    const decided = await styrk.call('case.decide', { outcome: 'refer', reason: 'looked at', sign: null, seen });
    if (!decided.ok) throw new Error(decided.code);
    return decided.value.recordId;
  });
}

test('advice is asked for, kept back until staff have answered, and leaves a number in the record alone', async ({
  branchWith,
}) => {
  const film = join(folderOf('film'), 'face.y4m');
  const face = await drawnLuma('asa');
  writeFilm(
    film,
    [0, 3, 6, 9].map((brighter) => ({ ...face, luma: face.luma.map((value) => Math.min(255, value + brighter)) })),
  );
  const temporary = join(folderOf('temporary'), 'own');
  mkdirSync(temporary);
  const { app, lay, directory } = await branchWith(stateComparison, { film, env: { TMPDIR: temporary } });
  const { page } = app;
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(request.url()));
  const run = sideDoorIn(directory);
  const advice = page.getByTestId('machine-advice');

  // A customer who says yes.
  const came = await followPortrait(page);
  const first = await toConsent({ app, lay }, { longestRead: 100 });
  // Its decoder was started while the chip was read, and not for the portrait that had come.
  expect(came[0]).toBe('decoder');
  expect(came).toContain('portrait');
  const heard = await followSnapshots(page);
  await button(page, 'The customer says yes').click();
  await page.getByText('Compared. You see the result once you have answered.').waitFor(whileComparing);
  await page.getByRole('radio', { name: 'Same person' }).check();
  const before = await heard();
  expect(before.at(-1)).toEqual({ consent: 'given', compared: true, advice: null });
  for (const told of before)
    expect({ ...told, consent: '', compared: '' }).toEqual({ consent: '', compared: '', advice: null });
  expect(await page.content()).not.toContain(comparison);
  expect(await advice.count()).toBe(0);
  await answerSame(page);
  await advice.getByText('supports that it is the same person. It decides nothing.').waitFor();
  expect((await heard()).at(-1)).toEqual({ consent: 'given', compared: true, advice: 'supports' });
  const { content } = await run('records', 'show', await referred(page));
  expect(content.face.machine).toEqual({
    ...terms,
    consent: 'given',
    advice: 'supports',
    score: expect.any(Number),
    answeredFirst: 'same',
    model: expect.stringContaining('faceres'),
  });
  expect(content.face.machine.score).toBeGreaterThanOrEqual(terms.supportsFrom);
  await first.lift();

  // One who says no: nothing is compared, and nothing is told.
  await question(page, 'Why is the customer here?').waitFor();
  const second = await toConsent({ app, lay });
  await button(page, 'The customer says no').click();
  await answerSame(page);
  expect(await advice.count()).toBe(0);
  const without = await run('records', 'show', await referred(page));
  expect(without.content.face.machine).toMatchObject({ consent: 'refused', score: null, advice: null });
  await second.lift();

  // Neither a picture nor a word of the person lies anywhere, and nothing was asked for but the app's own files.
  expect(leftOnDisk([directory, temporary], [passport])).toEqual([]);
  expect(asked.length).toBeGreaterThan(0);
  const origin = new URL(page.url()).origin;
  expect(
    asked.filter((address) => new URL(address).origin !== origin && !address.startsWith(`blob:${origin}/`)),
  ).toEqual([]);
});
