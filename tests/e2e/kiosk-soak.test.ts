import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import type { Specimen } from '../../main/simulator/documents/specimen.ts';
import { writeFilm } from '../support/mrz-pictures/film.ts';
import { foundInHeap, leftOnDisk, tracesOf } from '../support/traces.ts';
import { type Branch, type OpenBranch, test } from './branch.ts';
import { type LaidChip, specimenToday } from './chips.ts';
import { button } from './desk-acts.ts';
import { screen, toReader } from './kiosk-acts.ts';
import { type SoakVisit, type Trouble, troubles } from './kiosk-troubles.ts';

/*
 * Many people in a row through the kiosk's own window, each with a trouble: as many as there are troubles each time, `STYRK_SOAK=300` for
 * as many, `STYRK_SEED=n` for others. The same troubles without a window are in tests/unit/station/kiosk/many-visits.test.ts.
 */

const names = Object.keys(troubles) as Trouble[];
const people = Math.max(names.length, Number(process.env.STYRK_SOAK ?? 0));
const seed = Number(process.env.STYRK_SEED ?? 14);
const specimens = [
  ...['se-passport', 'se-id-card', 'no-personal-number', 'old-passport', 'fr-passport', 'pl-id-card'],
  ...['expired', 'forged-name', 'forged-photo', 'forged-signature', 'unknown-issuer', 'revoked-signer', 'clone'],
].map(specimenToday);
/** Out of so many people the memory of one's page is searched whole: it takes seconds. */
const searchedEach = 10;
/** A machine that does other things beside is waited for. */
const patienceMillis = 60_000;

/** The same troubles each time (Numerical Recipes' linear congruence; its low bits are no chance). */
function seeded(from: number): (below: number) => number {
  let state = from;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const below = seeded(seed);

/** The troubles in turn and in an order of chance; of the later ones those that take the kiosk long are had seldom. */
function troubleOf(person: number): Trouble {
  if (person < names.length) return names[person] ?? 'none';
  const name = names[below(names.length)] ?? 'none';
  const isSlow = name === 'reader gone' || name === 'service restarted';
  return isSlow && below(3) > 0 ? 'none' : name;
}

/** What the page knows beside what grows with every change. */
const stateOf = (page: Page): Promise<object> =>
  page.evaluate(async () => {
    const { styrkKiosk } = globalThis as unknown as { styrkKiosk: { call(name: string): Promise<{ value: object }> } };
    return { ...(await styrkKiosk.call('state')).value, revision: 0, visit: 0 };
  });

/** What the page holds once garbage was collected, in MB. */
async function heapOf(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return usedSize / 1e6;
}

/** Nothing of that person is among what the page holds. */
function expectNone(held: readonly string[], person: Specimen): void {
  const traces = tracesOf(person).map((trace) => trace.toUpperCase());
  const found = held.filter((text) => traces.some((trace) => text.toUpperCase().includes(trace)));
  expect(found).toEqual([]);
}

/** How often the kiosk took a page for dead that had only said nothing. */
const silentPages = ({ app }: Branch): number => app.log().split('"kiosk-page-silent"').length - 1;

/** Whoever stands before a page that was begun anew goes, from whatever screen it came back to. */
async function leave({ app }: Branch): Promise<Page> {
  const page = await app.rejoin();
  await page.locator('[data-screen] main').waitFor();
  const attract = screen(page, 'attract');
  const stop = page.getByRole('navigation').getByRole('button', { name: 'Stop' });
  await attract.or(stop).first().waitFor();
  if (!(await attract.isVisible())) await stop.click();
  await attract.getByRole('main').waitFor();
  return page;
}

/** A kiosk with a camera, and the folder into which it and its browser write whatever they write beside the data folder. */
async function openKiosk(branchWith: OpenBranch): Promise<{ readonly branch: Branch; readonly temporary: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-soak-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const film = join(folder, 'dark.y4m');
  const [width, height] = [640, 480];
  writeFilm(film, [{ width, height, luma: new Uint8Array(width * height) }]);
  const temporary = join(folder, 'temporary');
  mkdirSync(temporary);
  const killer = resolve(import.meta.dirname, '../support/killed-inspection-process.ts');
  const env = { TMPDIR: temporary, NODE_OPTIONS: `--import=${killer}` };
  return { branch: await branchWith(async () => undefined, { kiosk: true, film, env }), temporary };
}

test(`${people} people in a row, each with a trouble, leave nothing (seed ${seed})`, {
  timeout: 180_000 + people * 30_000,
}, async ({ branchWith }) => {
  const { branch, temporary } = await openKiosk(branchWith);
  let { page } = branch.app;
  const { door } = branch.app;
  if (door === null) throw new Error('the stand-in alone is joined twice');
  const itsPage = { door, address: page.url() };
  const pristine = await stateOf(page);
  const began = performance.now();
  const met = new Map<string, number>();
  const heaps: number[] = [];
  const served = new Set<Specimen>();

  // What is looked for is found where it is.
  const [known] = specimens;
  if (known === undefined) throw new Error('no specimen');
  await toReader(page, known.mrz);
  let found: readonly string[] = [];
  for (let tries = 0; tries < 3; tries++) {
    await page.evaluate((lines) => Object.assign(globalThis, { heldByTest: lines }), [...known.mrz]);
    found = await foundInHeap(itsPage, known.mrz);
    // While it is written down the page says nothing, and one that is silent for too long the kiosk loads anew.
    if (await page.evaluate(() => 'heldByTest' in globalThis)) break;
    await screen(page, 'lay').waitFor();
  }
  expect(found).toEqual(known.mrz);
  await button(page, 'Stop').click();
  await page.waitForFunction(() => !('heldByTest' in globalThis));
  await screen(page, 'attract').waitFor();

  for (let person = 0; person < people; person++) {
    const specimen = specimens[below(specimens.length)] ?? known;
    served.add(specimen);
    const trouble = troubleOf(person);
    page.setDefaultTimeout(patienceMillis);
    const chips: LaidChip[] = [];
    const lay: Branch['lay'] = async (...words) => {
      const chip = await branch.lay(...words);
      chips.push(chip);
      return chip;
    };
    const visit: SoakVisit = { branch: { ...branch, lay }, page, specimen, below };
    const silences = silentPages(branch);
    const { page: stands, how } = await troubles[trouble](visit).catch(async (thrown: unknown) => {
      const shown = await page.locator('body').textContent({ timeout: 5_000 }).catch(String);
      // On a machine that stood still the kiosk took its page for dead and began another: that is a trouble of its own.
      const stoodStill = String(thrown).includes('Target crashed') && silentPages(branch) > silences;
      if (!stoodStill) throw new Error(`person ${person}, ${specimen.id}, ${trouble}: ${shown}`, { cause: thrown });
      for (const chip of chips) await chip.lift();
      return { page: await leave(branch), how: 'the page was silent for too long, and the person went' };
    });
    page = stands;
    const told = `${trouble}: ${how}`;
    met.set(told, (met.get(told) ?? 0) + 1);
    expect([person, trouble, await stateOf(page)]).toEqual([person, trouble, pristine]);
    expectNone([await page.content()], specimen);
    if (person % searchedEach === searchedEach - 1 || person === people - 1)
      expect(await foundInHeap(itsPage, tracesOf(specimen))).toEqual([]);
    heaps.push(await heapOf(page));
  }

  const everybody = [...served];
  expect(leftOnDisk([branch.directory, temporary], everybody)).toEqual([]);
  for (const person of everybody) expectNone([branch.app.log()], person);
  const tenths = heaps.filter((_, person) => person % Math.ceil(people / 10) === 0);
  console.log(
    `${people} people in ${((performance.now() - began) / 60_000).toFixed(1)} min, seed ${seed}`,
    `\n${[...met].map(([what, times]) => `${what} (${times})`).join('; ')}`,
    `\nheap of the page, MB: ${tenths.map((heap) => heap.toFixed(1)).join(' ')}, at the end ${heaps.at(-1)?.toFixed(1)}`,
  );
  // Each person has a page of their own: what the last ones leave is what the first ones left.
  const middle = (some: readonly number[]) => some.toSorted((one, other) => one - other)[some.length >> 1] ?? 0;
  expect(middle(heaps.slice(-names.length))).toBeLessThan(middle(heaps.slice(0, names.length)) * 1.2);
});
