import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SpecimenResources } from '../../main/simulator/documents/specimens.ts';

const portraits = resolve(import.meta.dirname, '../../resources/specimens/portraits');

/** The portraits of the project, as the front doors hand them in. */
export const specimenResources: SpecimenResources = {
  portrait: (file) => new Uint8Array(readFileSync(resolve(portraits, file))),
};
