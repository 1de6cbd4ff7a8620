import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { runHere } from '../support/side-door.ts';
import { kioskPowerWrites, soaking } from '../support/soak-numbers.ts';
import { leftOnDisk } from '../support/traces.ts';
import { type Branch, type OpenBranch, test } from './branch.ts';
import { type LaidChip, specimenToday } from './chips.ts';
import { button } from './desk-acts.ts';
import { openApp, type RunningApp } from './driver.ts';
import { screen, toReader } from './kiosk-acts.ts';

/*
 * A kiosk that loses its power (SIGKILL of its main process, which takes the window along): at each step of a visit, and before the
 * writes by which a case is kept and referred. Afterwards the folder is whole, nothing of the person lies about, the next person finds the
 * attract screen, and a case is in the queue if and only if it is in the records.
 */

const killer = resolve(import.meta.dirname, '../support/killed-at-write-process.ts');
const specimen = specimenToday('se-passport');

interface Kiosk {
  readonly branch: Branch;
  readonly temporary: string;
  readonly reopen: (env?: Readonly<Record<string, string>>) => Promise<RunningApp>;
}

async function kioskWith(branchWith: OpenBranch): Promise<Kiosk> {
  const temporary = mkdtempSync(join(tmpdir(), 'styrk-power-'));
  onTestFinished(() => rmSync(temporary, { recursive: true, force: true }));
  const own = join(temporary, 'temporary');
  mkdirSync(own);
  const env = { TMPDIR: own };
  const branch = await branchWith(async () => undefined, { kiosk: true, env });
  const reopen = async (more = {}): Promise<RunningApp> => {
    const app = await openApp({
      directory: branch.directory,
      kiosk: true,
      env: { ...env, ...branch.serviceEnv, ...more },
    });
    onTestFinished(() => app.close());
    return app;
  };
  return { branch, temporary: own, reopen };
}

async function readAtFace(page: Page, { lay }: Branch): Promise<LaidChip> {
  await toReader(page, specimen.mrz);
  const chip = await lay(specimen);
  await screen(page, 'face').waitFor();
  return chip;
}

/** What a visit has come to when the power goes; the answer is the chip that lies on the reader. */
const steps = {
  'a language is chosen': async (page: Page) => {
    await screen(page, 'attract').getByRole('main').getByRole('button').click();
    await button(page, 'English').click();
    await screen(page, 'purpose').waitFor();
    return null;
  },
  'the document is waited for': async (page: Page) => {
    await toReader(page, specimen.mrz);
    return null;
  },
  'the chip is read': async (page: Page, { lay }: Branch) => {
    await toReader(page, specimen.mrz);
    const chip = await lay(specimen, { longestRead: 100 });
    await screen(page, 'reading').waitFor();
    return chip;
  },
  'the face is asked for': readAtFace,
  'a colleague is waited for': async (page: Page, branch: Branch) => {
    const chip = await readAtFace(page, branch);
    await button(page, 'I would rather have a colleague do it').click();
    await screen(page, 'result').waitFor();
    return chip;
  },
} as const satisfies Record<string, (page: Page, branch: Branch) => Promise<LaidChip | null>>;

type Step = keyof typeof steps;
const everyStep = Object.keys(steps) as Step[];
const tried: readonly Step[] = soaking ? everyStep : ['the chip is read', 'a colleague is waited for'];

/** Does what takes its power; resolves when its window has gone. */
async function powerless({ page }: RunningApp, act: () => unknown): Promise<void> {
  const gone = page.waitForEvent('close');
  await act();
  await gone;
}

/** What the folder holds: cases that are recorded as referred, and those that wait. It is whole, and nothing of a person lies about. */
async function held({ branch: { directory }, temporary }: Kiosk): Promise<readonly [number, number]> {
  const folder = ['--training', '--json', '--data', directory];
  const json = async (...words: readonly string[]) => (await runHere([...words, ...folder])).json();
  expect(await json('records', 'check')).toMatchObject({ intact: true });
  expect(leftOnDisk([directory, temporary], [specimen])).toEqual([]);
  const recorded = (await json('records', 'list')).records.length;
  return [recorded, (await json('referrals', 'list')).referrals.length];
}

test('the power goes at each step of a visit', { timeout: 600_000 }, async ({ branchWith }) => {
  const kiosk = await kioskWith(branchWith);
  let { app } = kiosk.branch;
  let referred = 0;
  for (const step of tried) {
    const chip = await steps[step](app.page, kiosk.branch);
    if (step === 'a colleague is waited for') referred += 1;
    await powerless(app, () => process.kill(app.process, 'SIGKILL'));
    await chip?.lift();
    expect([step, await held(kiosk)]).toEqual([step, [referred, referred]]);
    app = await kiosk.reopen();
    await screen(app.page, 'attract').waitFor();
  }
  expect(referred).toBe(1);
});

test('the power goes while a case is kept and referred', { timeout: 900_000 }, async ({ branchWith }) => {
  const kiosk = await kioskWith(branchWith);
  await kiosk.branch.app.close();
  let kept = 0;
  let tries = 0;
  for (const write of kioskPowerWrites) {
    const app = await kiosk.reopen({
      NODE_OPTIONS: `--import=${killer}`,
      STYRK_KILL_AT_WRITE: String(write),
      STYRK_KILL_FROM_SIGNAL: '1',
    });
    const chip = await readAtFace(app.page, kiosk.branch);
    await powerless(app, () => {
      process.kill(app.process, 'SIGUSR2');
      return button(app.page, 'I would rather have a colleague do it').click();
    });
    await chip.lift();
    const [recorded, waiting] = await held(kiosk);
    // Kept and referred in one, or neither.
    expect([write, recorded]).toEqual([write, waiting]);
    [kept, tries] = [recorded, tries + 1];
    if (kept > 0) break;
  }
  console.log(`killed before ${tries} writes, until ${kept} was kept`);
  expect(kept).toBe(soaking ? 1 : 0);
});
