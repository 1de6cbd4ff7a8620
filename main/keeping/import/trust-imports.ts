import type { FileImport, ImportSurroundings, TrustFile } from './file-import.ts';
import { type ImportedFiles, type ImportProgress, importTrustFiles } from './import-files.ts';
import { importTrust } from './import-trust.ts';
import { type Vouching, voucherOf } from './voucher.ts';

/** How files come into the trust store. */
export interface TrustImports {
  /** Takes files that an administrator vouches for: all of them or nothing. Fails as `importTrust` and `voucherOf`. */
  readonly take: (
    files: readonly TrustFile[],
    vouching: Vouching,
    onProgress: ImportSurroundings['onProgress'],
  ) => Promise<readonly FileImport[]>;
  /** Takes files that people chose in a window; only standing pins vouch. Fails as `importTrustFiles`. */
  readonly takeChosen: (
    paths: readonly string[],
    around: { readonly signal: AbortSignal; readonly onProgress: (progress: ImportProgress) => void },
  ) => Promise<ImportedFiles>;
}

/** The imports into one data folder; `ground` is what every one of them stands on. */
export function trustImports(ground: () => Omit<ImportSurroundings, 'onProgress'>): TrustImports {
  return {
    take: async (files, vouching, onProgress) => {
      const around = { ...ground(), onProgress };
      return importTrust(files, voucherOf(vouching, { store: around.store, now: around.clock.now }), around);
    },
    takeChosen: async (paths, around) => importTrustFiles(paths, { ...ground(), ...around }),
  };
}
