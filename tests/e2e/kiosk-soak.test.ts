import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { specimenToday } from './chips.ts';
import { button, personOf } from './desk-acts.ts';
import { screen, test, toReader, visit } from './kiosk-acts.ts';

/*
 * Many people in a row through the kiosk's own window, with troubles, `STYRK_SOAK=300` for as many; not made without. The same troubles
 * without a window are in tests/unit/station/kiosk/many-visits.test.ts, each time.
 */

const people = Number(process.env.STYRK_SOAK ?? 0);
const specimens = ['se-passport', 'se-id-card', 'forged-photo', 'expired', 'clone', 'unknown-issuer', 'torn'] as const;

const heapOf = (page: Page): Promise<number> =>
  page.evaluate(() => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize);

describe.runIf(people > 0)('many people in a row', () => {
  test(`${people} of them leave nothing`, { timeout: 120_000 + people * 60_000 }, async ({ kiosk }) => {
    const { page } = kiosk.app;
    const heaps: number[] = [];
    for (let person = 0; person < people; person++) {
      const id = specimens[person % specimens.length] ?? 'se-passport';
      const specimen = specimenToday(id);
      switch (person % 4) {
        case 1:
          // Leaves with the document on the reader.
          await toReader(page, specimen.mrz);
          await (await kiosk.lay(specimenToday('se-passport'))).lift();
          await page.getByRole('navigation').getByRole('button', { name: 'Stop' }).click();
          await screen(page, 'attract').waitFor();
          break;
        case 2:
          // The page goes down in the middle.
          await toReader(page, specimen.mrz);
          await page.reload();
          await screen(page, 'lay').waitFor();
          await button(page, 'Stop').click();
          await screen(page, 'attract').waitFor();
          break;
        default:
          await visit(kiosk, id === 'torn' ? 'se-passport' : id);
      }
      const left = (await page.content()).toUpperCase();
      const { surname, personalNumber } = personOf(specimenToday('se-passport'));
      for (const trace of [surname, personalNumber, specimen.mrz[1] ?? ''])
        expect(left).not.toContain(trace.toUpperCase());
      heaps.push(await heapOf(page));
    }
    const written = [...readdirSync(kiosk.directory, { recursive: true, withFileTypes: true })]
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    const { personalNumber } = personOf(specimenToday('se-passport'));
    for (const text of [...written, kiosk.app.log()]) expect(text.includes(personalNumber)).toBe(false);
    const [first = 0] = heaps;
    console.log(`heap of the page after each person, MB: ${heaps.map((heap) => (heap / 1e6).toFixed(1)).join(' ')}`);
    // Each person has a page of their own: what the last one leaves is what the first one left.
    expect(heaps.at(-1) ?? 0).toBeLessThan(first * 1.5);
  });
});
