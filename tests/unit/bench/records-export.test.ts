import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { guidelineResults } from '../../../main/answer/tr03135.ts';
import { extractFiles } from '../../../main/house/extract-files.ts';
import { machineClock } from '../../../main/machine/clock.ts';
import { resourcesIn } from '../../../main/machine/resources.ts';
import { benchExport, exportedCase, pagesOf } from '../../bench/records-export.ts';
import { readPdf } from '../../support/read-pdf.ts';
import { temporaryFolder, unlockedIn } from '../store/support.ts';

const resources = resourcesIn(resolve(import.meta.dirname, '../../../resources'));

it('exports one record and all of a customer, each as a signed file and as pages, and keeps an act of each', async () => {
  const folder = await unlockedIn(temporaryFolder());
  const { one, ofCustomer, ratioToTenth } = await benchExport(folder, 5, { warm: 0, counted: 1 });
  expect(ofCustomer.records).toBe(5);
  expect(ratioToTenth.records).toBe(1);
  expect(one.pages).toBeGreaterThan(0);
  expect(ofCustomer.pages).toBeGreaterThan(one.pages);
  expect(ofCustomer.signedBytes).toBeGreaterThan(4 * one.signedBytes);
  const acts = folder.acts.list().filter(({ kind }) => kind === 'record.extract');
  expect(acts.map(({ detail }) => detail.records)).toEqual(['1', '1-5']);
});

it('the cases that it exports have results by TR-03135', () => {
  const facts = exportedCase(7);
  const station = { id: 'station-0123456789abcdef', appVersion: '1.0.0' };
  expect(guidelineResults({ ...facts, station })?.guideline).toBe('BSI TR-03135-1 2.5');
});

it('counts pages as another program does', async () => {
  const folder = await unlockedIn(temporaryFolder());
  const ids = [1, 2].map((number) => folder.records.append(exportedCase(number), '1.0.0').id);
  const around = { audience: 'bank', clock: machineClock, appVersion: '1.0.0', resources } as const;
  const files = extractFiles(folder, ids, { ...around, meant: { customer: 'customer-1' } });
  const { pdf } = await files.pages({ language: 'sv', file: 'two.json' });
  expect(pagesOf(pdf)).toBe((await readPdf(pdf)).pages.length);
});
