import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/*
 * The modules of a checkout, this one or another. Rooms have moved since the first builds, so a module is looked for at today's
 * place and then at those of earlier builds. Its types are today's: what has changed is said where it is called.
 */

interface Modules {
  readonly certificate: typeof import('../../../main/trust/x509/certificate.ts');
  readonly certificateImport: typeof import('../../../main/trust/lists/certificate-import.ts');
  readonly checkRecords: typeof import('../../../main/store/check/check-records.ts');
  readonly chip: typeof import('../../../main/simulator/chip/chip.ts');
  readonly clock: typeof import('../../../main/machine/clock.ts');
  readonly folder: typeof import('../../../main/house/folder.ts');
  readonly inspector: typeof import('../../../main/inspection/inspector.ts');
  readonly mrz: typeof import('../../../main/document/mrz.ts');
  readonly openDatabase: typeof import('../../../main/store/open-database.ts');
  readonly openRevocationList: typeof import('../../../main/trust/revocation/open-revocation-list.ts');
  readonly openStore: typeof import('../../../main/store/open-store.ts');
  readonly procedure: typeof import('../../../main/inspection/procedure.ts');
  readonly revocationImport: typeof import('../../../main/trust/revocation/revocation-import.ts');
  readonly revocationList: typeof import('../../../main/trust/revocation/revocation-list.ts');
  readonly secretBytes: typeof import('../../../main/result/secret-bytes.ts');
  readonly specimens: typeof import('../../../main/simulator/documents/specimens.ts');
}
type ModuleName = keyof Modules;

/** Where each is looked for, one place after the other. */
export const modulePlaces: Readonly<Record<ModuleName, readonly string[]>> = {
  certificate: ['main/trust/x509/certificate.ts', 'main/trust/certificate.ts'],
  certificateImport: ['main/trust/lists/certificate-import.ts', 'main/trust/certificate-import.ts'],
  checkRecords: ['main/store/check/check-records.ts'],
  chip: ['main/simulator/chip/chip.ts', 'main/simulator/chip.ts'],
  clock: ['main/machine/clock.ts', 'main/house/clock.ts'],
  folder: ['main/house/folder.ts'],
  inspector: ['main/inspection/inspector.ts'],
  mrz: ['main/document/mrz.ts'],
  openDatabase: ['main/store/open-database.ts'],
  openRevocationList: ['main/trust/revocation/open-revocation-list.ts'],
  openStore: ['main/store/open-store.ts'],
  procedure: ['main/inspection/procedure.ts'],
  revocationImport: ['main/trust/revocation/revocation-import.ts', 'main/trust/revocation-import.ts'],
  revocationList: ['main/trust/revocation/revocation-list.ts', 'main/trust/revocation-list.ts'],
  secretBytes: ['main/result/secret-bytes.ts'],
  specimens: ['main/simulator/documents/specimens.ts', 'main/simulator/specimens.ts'],
};

/** A module of the checkout; null where that build has none. */
export async function moduleWhereThere<Name extends ModuleName>(
  checkout: string,
  name: Name,
): Promise<Modules[Name] | null> {
  const file = modulePlaces[name].map((place) => join(checkout, place)).find((path) => existsSync(path));
  return file === undefined ? null : ((await import(pathToFileURL(file).href)) as Modules[Name]);
}

/** A module that every build has. Throws where this one has none. */
export async function moduleOf<Name extends ModuleName>(checkout: string, name: Name): Promise<Modules[Name]> {
  const found = await moduleWhereThere(checkout, name);
  if (found === null) throw new Error(`${checkout} has no ${modulePlaces[name].join(' nor ')}`);
  return found;
}
