import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { machineClock } from '../../main/house/clock.ts';
import { openFolder } from '../../main/house/folder.ts';
import { readMasterList } from '../../main/trust/master-list.ts';

const realData = process.env.STYRK_REAL_DATA ?? resolve(import.meta.dirname, '../../../shared/data');

/** Import of the German master list into an empty folder, and what a later start costs. Times in milliseconds. */
export interface TrustFigures {
  readonly read: number;
  readonly importMillis: number;
  readonly nextStartMillis: number;
  readonly certificatesAtNextStart: number;
}

/** Null where the published list is not beside the project. */
export async function benchTrust(): Promise<TrustFigures | null> {
  const list = join(realData, 'pki/DE_ML_2026-05-28-08-28-45.ml');
  const signer = join(realData, 'pki/DE_ROOT_CA_CSCA07.cer');
  if (!existsSync(list) || !existsSync(signer)) return null;
  const directory = mkdtempSync(join(tmpdir(), 'styrk-bench-'));
  const options = { directory, kind: 'ordinary', clock: machineClock } as const;
  try {
    const store = await openFolder(options);
    const begun = performance.now();
    const imported = await readMasterList(new Uint8Array(readFileSync(list)), {
      pinnedSigner: new Uint8Array(readFileSync(signer)),
      at: machineClock.today(),
      known: store.trust.list(),
      refusedPublicKeys: new Set(),
    });
    store.trust.insert(imported.certificates);
    const importMillis = Math.round(performance.now() - begun);
    store.close();
    const restarted = performance.now();
    const again = await openFolder(options);
    const certificatesAtNextStart = again.trust.count();
    const nextStartMillis = Math.round(performance.now() - restarted);
    again.close();
    return { read: imported.read, importMillis, nextStartMillis, certificatesAtNextStart };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
