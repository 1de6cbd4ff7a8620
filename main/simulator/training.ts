export { trainingRoster } from './documents/people.ts';
/*
 * What training needs of the simulator, behind one door: built, this file and what only it uses (the specimens' keys and the
 * roster) lie in a folder of their own, which an ordinary product leaves out.
 */
export { specimenResources } from './documents/specimen.ts';
export { createPlate } from './training-plate.ts';
export { TrainingReader } from './training-reader.ts';

/** The certificates that a training folder believes. What issues, and pkijs with it, is loaded for them alone. */
export async function issueAnchors(): Promise<readonly Uint8Array[]> {
  const { trainingAnchors } = await import('./issuing/issuers.ts');
  return trainingAnchors();
}
