import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openFolder } from '../../main/house/folder.ts';
import { importTrust } from '../../main/keeping/import/import-trust.ts';
import { machineClock } from '../../main/machine/clock.ts';
import { importInto, trustFileOf, voucherBy } from '../support/made-trust-files.ts';
import { benchDirectory, type DirectoryFigures } from './trust-directory.ts';
import { benchOpenSsl, type CertificatePair, type OpenSslFigures, pairsOf } from './trust-openssl.ts';
import { benchPaths, type PathFigures, signerOf } from './trust-paths.ts';

const realData = process.env.STYRK_REAL_DATA ?? resolve(import.meta.dirname, '../../../shared/data');
const list = join(realData, 'pki/DE_ML_2026-05-28-08-28-45.ml');
const signer = join(realData, 'pki/DE_ROOT_CA_CSCA07.cer');
const documents = ['AT-EF.SOD', 'DE-EF.SOD', 'FR-EF.SOD', 'NZ-EF.SOD', 'PH-EF.SOD', 'US-EF.SOD', 'DE-EF.CardSecurity'];

/** Import of the German master list into an empty folder, and what a later start costs. Times in milliseconds. */
interface ListFigures {
  readonly read: number;
  readonly importMillis: number;
  readonly nextStartMillis: number;
  readonly certificatesAtNextStart: number;
  /** Seven real documents against what the folder then believes. */
  readonly paths: PathFigures;
  readonly openssl: OpenSslFigures;
}

/** Without the published data beside the project only the made-up directory export is measured. */
export type TrustFigures = Partial<ListFigures> & { readonly directory: DirectoryFigures };

export async function benchTrust(): Promise<TrustFigures> {
  const published = existsSync(list) && existsSync(signer) ? await benchList() : {};
  return { ...published, directory: await benchDirectory() };
}

/** The certificates of the list that have their issuer in it; null without the published file. Nothing is kept. */
export async function pairsOfList(): Promise<readonly CertificatePair[] | null> {
  if (!existsSync(list) || !existsSync(signer)) return null;
  const directory = mkdtempSync(join(tmpdir(), 'styrk-bench-'));
  const store = await openFolder({ directory, kind: 'ordinary', clock: machineClock });
  try {
    const read = (path: string): Uint8Array => new Uint8Array(readFileSync(path));
    const around = { ...importInto(store), clock: machineClock };
    await importTrust([trustFileOf('master-list', read(list))], voucherBy(read(signer)), around);
    return pairsOf(store.trust.list());
  } finally {
    store.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function benchList(): Promise<ListFigures> {
  const directory = mkdtempSync(join(tmpdir(), 'styrk-bench-'));
  const options = { directory, kind: 'ordinary', clock: machineClock } as const;
  const read = (path: string): Uint8Array => new Uint8Array(readFileSync(path));
  try {
    const store = await openFolder(options);
    const begun = performance.now();
    const [imported] = await importTrust([trustFileOf('master-list', read(list))], voucherBy(read(signer)), {
      ...importInto(store),
      clock: machineClock,
    });
    const importMillis = Math.round(performance.now() - begun);
    store.close();
    const restarted = performance.now();
    const again = await openFolder(options);
    const certificatesAtNextStart = again.trust.count();
    const nextStartMillis = Math.round(performance.now() - restarted);
    const signers = documents.map((name) => [name, signerOf(read(join(realData, `sod/${name}.bin`)))] as const);
    const paths = await benchPaths(new Map(signers), again.trust, machineClock.today());
    const openssl = benchOpenSsl(again.trust.list());
    again.close();
    return { read: imported?.read ?? 0, importMillis, nextStartMillis, certificatesAtNextStart, paths, openssl };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
