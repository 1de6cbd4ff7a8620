import { type PlainDate, partsOf, plainDate } from '../result/plain-date.ts';

/*
 * What training needs of the simulator, behind one door: built, this file and what only it uses (the specimens' keys and the
 * roster) lie in a folder of their own, which an ordinary product leaves out.
 */
export { trainingRoster } from './documents/people.ts';
export { specimenResources } from './documents/specimen.ts';
export { createPlate } from './training-plate.ts';
export { TrainingReader } from './training-reader.ts';

/**
 * The day on which the lists are dated that a training folder has: the month's first. A folder that is opened in any month
 * is given that month's lists, so that one of any age has lists that count (they do for 120 days).
 */
export function listsDay(today: PlainDate): PlainDate {
  const { year, month } = partsOf(today);
  return plainDate(year, month, 1) ?? today;
}

/** The revocation lists (DER) of the specimens' authorities, dated that day. */
export async function issueRevocationLists(date: PlainDate): Promise<readonly Uint8Array[]> {
  const { revocationLists } = await import('./issuing/revocation-lists.ts');
  return revocationLists(date);
}

/** The certificates that a training folder believes. What issues, and pkijs with it, is loaded for them alone. */
export async function issueAnchors(): Promise<readonly Uint8Array[]> {
  const { trainingAnchors } = await import('./issuing/issuers.ts');
  return trainingAnchors();
}
