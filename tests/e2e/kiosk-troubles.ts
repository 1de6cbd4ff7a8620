import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Specimen } from '../../main/simulator/documents/specimen.ts';
import type { Branch } from './branch.ts';
import type { LaidChip } from './chips.ts';
import { button } from './desk-acts.ts';
import { scan, screen, toReader } from './kiosk-acts.ts';

/* What can go wrong around one person at the kiosk. Each ends with the attract screen in a page that was loaded anew. */

/** One person before the kiosk. `below` answers a number of chance from 0 to less than what it is given. */
export interface SoakVisit {
  readonly branch: Branch;
  readonly page: Page;
  readonly specimen: Specimen;
  readonly below: (count: number) => number;
}

/** The answer is the page from now on, and what came of the trouble where it can come in two ways. */
interface Met {
  readonly page: Page;
  readonly how: string;
}

/** Three failed readings end a visit; a click may fall on a screen that is just going. */
const mostTries = 6;

const result = (page: Page) => screen(page, 'result');
const face = (page: Page) => screen(page, 'face');
/** The reading has come to its end, or asks to be tried again. */
const ended = (page: Page) => result(page).or(face(page)).or(button(page, 'Try again')).first();

/** Does what ends a visit, and waits for the attract screen in a page that knows nothing of the one before. */
async function untilWiped(page: Page, act: () => Promise<unknown>): Promise<void> {
  await page.evaluate(() => Object.assign(globalThis, { ofOnePerson: true }));
  await act();
  await page.waitForFunction(
    () => !('ofOnePerson' in globalThis) && document.querySelector('[data-screen=attract] main') !== null,
  );
}

/** What the kiosk says at the end, after as many tries as it asks for; then the person takes the document and goes. */
async function finish(page: Page, chip: LaidChip): Promise<string> {
  const again = button(page, 'Try again');
  let tries = 0;
  for (;;) {
    await ended(page).waitFor();
    if (!(await again.isVisible())) break;
    tries += 1;
    if (tries > mostTries) throw new Error('the kiosk asks for another try without end');
    await again.click();
    // One that fails at once asks anew before anybody has seen that it was tried.
    await again.waitFor({ state: 'hidden', timeout: 10_000 }).catch(() => undefined);
  }
  // A colleague does it: of what can be chosen there the first, however far the filming has come.
  if (await face(page).isVisible()) await face(page).locator('main [aria-keyshortcuts="1"]').click();
  await result(page).waitFor();
  await chip.lift();
  await untilWiped(page, () => button(page, 'Finish').click());
  return tries === 0 ? 'to the end' : 'tried again';
}

async function layAndFinish({ branch, specimen }: SoakVisit, page: Page): Promise<Met> {
  return { page, how: await finish(page, await branch.lay(specimen)) };
}

/** The page's process goes down, as a hostile picture or a lack of memory takes it; the kiosk starts it again. */
async function killPage({ branch: { app }, page }: SoakVisit): Promise<Page> {
  const devtools = await page.context().newCDPSession(page);
  const gone = () => app.log().split('"page-gone"').length;
  const before = gone();
  devtools.send('Page.crash').catch(() => undefined);
  await expect.poll(gone, { timeout: 20_000 }).toBeGreaterThan(before);
  const joined = await app.rejoin();
  await joined.locator('[data-screen] main').waitFor();
  return joined;
}

/** As Chromium tells it where a camera is pulled out: the track has ended. */
async function pullCamera(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('video')?.srcObject instanceof MediaStream);
  await page.locator('video').evaluate((video) => {
    for (const track of ((video as HTMLVideoElement).srcObject as MediaStream).getTracks()) {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
  });
}

/** Slow enough that whatever happens happens while it is read. */
const slow = { longestRead: 100 } as const;

export const troubles = {
  none: async (visit: SoakVisit) => {
    await toReader(visit.page, visit.specimen.mrz);
    return layAndFinish(visit, visit.page);
  },
  'chip torn away': async (visit: SoakVisit) => {
    const { branch, page, specimen, below } = visit;
    await toReader(page, specimen.mrz);
    const torn = await branch.lay(specimen, { leaveAtCommand: 3 + below(8) });
    await torn.left;
    await screen(page, 'lay').getByText('It moved.').waitFor();
    return layAndFinish(visit, page);
  },
  'page killed': async (visit: SoakVisit) => {
    const { branch, page, specimen, below } = visit;
    await toReader(page, specimen.mrz);
    switch (below(3)) {
      case 0:
        return layAndFinish(visit, await killPage(visit));
      case 1: {
        const chip = await branch.lay(specimen, slow);
        await screen(page, 'reading').waitFor();
        const joined = await killPage(visit);
        return { page: joined, how: `while reading, ${await finish(joined, chip)}` };
      }
      default: {
        const chip = await branch.lay(specimen);
        await ended(page).waitFor();
        const joined = await killPage(visit);
        return { page: joined, how: `at the end, ${await finish(joined, chip)}` };
      }
    }
  },
  'page loaded anew': async (visit: SoakVisit) => {
    const { page, specimen } = visit;
    await toReader(page, specimen.mrz);
    await page.reload();
    await screen(page, 'lay').waitFor();
    return layAndFinish(visit, page);
  },
  'worker killed': async ({ branch, page, specimen }: SoakVisit) => {
    await toReader(page, specimen.mrz);
    const chip = await branch.lay(specimen, slow);
    await screen(page, 'reading').waitFor();
    process.kill(branch.app.process, 'SIGUSR2');
    return { page, how: await finish(page, chip) };
  },
  'reader gone': async ({ branch, page, specimen, below }: SoakVisit) => {
    await toReader(page, specimen.mrz);
    const reads = below(2) === 1;
    const chip = reads ? await branch.lay(specimen, slow) : null;
    if (reads) await screen(page, 'reading').waitFor();
    await untilWiped(page, async () => {
      await branch.service.unplug();
      await screen(page, 'out-of-order').waitFor();
      await branch.service.plug();
    });
    await chip?.lift();
    return { page, how: reads ? 'while reading' : 'before' };
  },
  'service restarted': async (visit: SoakVisit) => {
    const { branch, page, specimen, below } = visit;
    await toReader(page, specimen.mrz);
    await branch.service.kill();
    if (below(2) === 0) {
      await branch.service.restart();
      return layAndFinish(visit, page);
    }
    await untilWiped(page, async () => {
      await screen(page, 'out-of-order').waitFor();
      await branch.service.restart();
    });
    return { page, how: 'out of order until it was back' };
  },
  'camera gone': async ({ branch, page, specimen }: SoakVisit) => {
    await screen(page, 'attract').getByRole('main').getByRole('button').click();
    await button(page, 'English').click();
    await screen(page, 'purpose').waitFor();
    await page.locator('[aria-keyshortcuts="1"]').click();
    await screen(page, 'way').waitFor();
    await button(page, 'Hold it to the camera').click();
    await page.locator('video').waitFor();
    await pullCamera(page);
    await page.getByTestId('film-status').getByText('The camera cannot be used now.').waitFor();
    await button(page, 'Back').click();
    await screen(page, 'way').waitFor();
    await scan(page, specimen.mrz);
    const chip = await branch.lay(specimen);
    await ended(page).waitFor();
    if (!(await face(page).isVisible())) return { page, how: `while filming the lines, ${await finish(page, chip)}` };
    // And once more, while the face is filmed: a colleague does it then.
    await button(page, 'Film my face').click();
    await pullCamera(page);
    await page.getByText('The camera cannot be used now. A colleague does this with you').waitFor();
    return { page, how: `while filming both, ${await finish(page, chip)}` };
  },
  'walks away': async ({ branch, page, specimen, below }: SoakVisit) => {
    await toReader(page, specimen.mrz);
    const chip = below(2) === 1 ? await branch.lay(specimen, slow) : null;
    await untilWiped(page, () => page.getByRole('navigation').getByRole('button', { name: 'Stop' }).click());
    await chip?.lift();
    return { page, how: chip === null ? 'before' : 'while reading' };
  },
  'calls staff': async (visit: SoakVisit) => {
    const { page, specimen } = visit;
    await toReader(page, specimen.mrz);
    await page.getByRole('navigation').getByRole('button').last().click();
    await screen(page, 'staff').waitFor();
    await button(page, 'No help is needed').click();
    await screen(page, 'lay').waitFor();
    return layAndFinish(visit, page);
  },
} as const satisfies Record<string, (visit: SoakVisit) => Promise<Met>>;

export type Trouble = keyof typeof troubles;
