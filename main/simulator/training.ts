/*
 * What training needs of the simulator, behind one door: built, this file and what only it uses (the specimens' keys and the
 * roster) lie in a folder of their own, which an ordinary product leaves out.
 */
export { trainingRoster } from './documents/roster.ts';
export { specimenResources } from './documents/specimen.ts';
export { trainingAnchors } from './issuing/issuers.ts';
export { createPlate } from './training-plate.ts';
export { TrainingReader } from './training-reader.ts';
