import { resolve } from 'node:path';
import { loadOwnPolicies, ownAlone } from '../../../main/keeping/policies/own-policies.ts';
import { resourcesIn } from '../../../main/machine/resources.ts';
import { type PlainDate, parsePlainDate } from '../../../main/result/plain-date.ts';
import { type SpecimenId, specimenResources } from '../../../main/simulator/documents/specimen.ts';
import { issueSpecimen, type Specimen } from '../../../main/simulator/documents/specimens.ts';

/** The day of every run: the same seed gives the same inputs on any day. */
export const today = parsePlainDate('2026-11-23') as PlainDate;

const read = resourcesIn(resolve(import.meta.dirname, '../../../resources'));
/** The app's own policies as they judge. */
export const policies = ownAlone(loadOwnPolicies(read));

const issued = new Map<SpecimenId, Specimen>();

/** A made-up document, issued once. */
export function specimen(id: SpecimenId): Specimen {
  const known = issued.get(id) ?? issueSpecimen(id, today, specimenResources(read));
  issued.set(id, known);
  return known;
}

const documents: readonly SpecimenId[] = [
  'se-passport',
  'se-id-card',
  'old-passport',
  'us-passport',
  'extensible-face',
];

/** One file of some specimens, where they have it. */
export function filesNamed(name: string, ids: readonly SpecimenId[] = documents): readonly Uint8Array[] {
  return ids.flatMap((id) => specimen(id).files.get(name) ?? []);
}

/** Bytes of a text. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
