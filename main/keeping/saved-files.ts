import type { AccessKey } from '../chip/access-key.ts';
import { elementaryFiles, type FileName } from '../chip/files.ts';
import { encodeDg1 } from '../document/dg1.ts';
import { factsFile } from '../inspection/evidence-files.ts';

/** Files of a chip as someone saved them. */
export type SavedFiles = ReadonlyMap<FileName, Uint8Array>;

/** Files of a chip without the facts of a reading, and what somebody read beside them. */
export interface LooseFiles {
  readonly files: SavedFiles;
  /** The lines of the chip that other software kept; null where EF.DG1 is among the files, or nothing is known of it. */
  readonly chipLines: string | null;
  /** The lines of the page; null where nobody read them. */
  readonly page: AccessKey | null;
}

/** The files with an EF.DG1 around the lines of the chip. DG1 holds nothing else: beside EF.SOD their hash is the file's. */
export function withChipLines({ files, chipLines }: LooseFiles): SavedFiles {
  if (chipLines === null) return files;
  return new Map([...files, ['EF.DG1', encodeDg1(chipLines.replace(/\s/g, ''))]]);
}

/** The most bytes that a saved file of this name may have: as many as are read of a chip. */
export function mostBytesOf(name: FileName): number {
  return elementaryFiles[name].maxLength;
}

const savedName = /^(?:EF[._ -]?)?(COM|SOD|CardAccess|CardSecurity|DG(?:1[0-6]|[1-9]))(?:\.[a-z0-9]{1,4})?$/i;

/** Which file of a chip a saved file is by its name: `EF_DG1.bin`, `EF.SOD`, `dg14.bin`; null for anything else. */
export function savedFileName(name: string): FileName | null {
  const part = savedName.exec(name)?.[1]?.toLowerCase();
  const names = Object.keys(elementaryFiles) as FileName[];
  return part === undefined ? null : (names.find((known) => known.toLowerCase() === `ef.${part}`) ?? null);
}

/** The file of a saved inspection with the station's signature over all the others. */
export const sealFile = 'seal.txt';

/** Whether files with these names are a saved inspection. */
export function areSavedInspection(names: readonly string[]): boolean {
  return names.includes(factsFile);
}

/** Whether a folder's file belongs to a saved inspection. */
export function isOfSavedInspection(name: string): boolean {
  return name === factsFile || name === sealFile || /^EF\.[A-Za-z0-9-]+\.bin$/.test(name);
}
