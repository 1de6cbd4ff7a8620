import { basename } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { openInputFile } from '../../machine/input-file.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import type { TrustHistoryEntry } from '../../store/trust-changes.ts';
import type { FileImport, ImportSurroundings, TrustFile } from './file-import.ts';
import { importTrust } from './import-trust.ts';
import { trustFile } from './trust-file.ts';
import { voucherOf } from './voucher.ts';

/** How far an import came: the part that is done by the size of the files, and the file that is read now. */
export interface ImportProgress {
  /** From 0 to 1. */
  readonly part: number;
  readonly file: string;
}

/** What chosen files brought: each by itself, and the change of the history that they are. */
export interface ImportedFiles {
  readonly files: readonly (Pick<FileImport, 'kind' | 'read' | 'new'> & { readonly name: string })[];
  readonly change: TrustHistoryEntry;
}

const certificatesAtOnce = 10;
const entriesAtOnce = 100;

/**
 * Takes files that someone chose into the trust store: all of them or nothing. Only standing pins vouch. Fails as `importTrust`
 * does, with the `file` that was at fault, and with `update.cancelled`.
 */
export async function importTrustFiles(
  paths: readonly string[],
  around: Pick<ImportSurroundings, 'store' | 'clock' | 'ownPolicies' | 'refusedPublicKeys' | 'onMasterList'> & {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: ImportProgress) => void;
  },
): Promise<ImportedFiles> {
  const { store, clock, signal } = around;
  const names = paths.map((path) => basename(path));
  let current = 0;
  try {
    const inputs = paths.map((path, index) => {
      current = index;
      return openInputFile(path);
    });
    const all = inputs.reduce((sum, { bytes }) => sum + bytes, 0);
    let before = 0;
    const told = (part: number): void => {
      const done = before + part * (inputs[current]?.bytes ?? 0);
      around.onProgress({ part: Math.min(1, done / all), file: names[current] ?? '' });
    };
    const begin = (index: number): void => {
      if (index === current) return;
      before += inputs[current]?.bytes ?? 0;
      current = index;
      told(0);
    };
    let read = 0;
    const files = inputs.map((input, index): TrustFile => {
      current = index;
      const file = trustFile(input);
      return {
        kind: file.kind,
        whole: () => {
          begin(index);
          return file.whole();
        },
        chunks: async function* () {
          begin(index);
          read = 0;
          for await (const chunk of file.chunks()) {
            read += chunk.length;
            yield chunk;
          }
        },
      };
    });
    current = 0;
    const voucher = voucherOf({ signer: null, pin: false, names: [] }, { store, now: clock.now });
    const imports = await importTrust(files, voucher, {
      store,
      clock,
      ownPolicies: around.ownPolicies,
      refusedPublicKeys: around.refusedPublicKeys,
      onMasterList: around.onMasterList,
      onProgress: async (done, total) => {
        if (done % (total === 0 ? entriesAtOnce : certificatesAtOnce) !== 0 && done !== total) return;
        told(total === 0 ? read / (inputs[current]?.bytes ?? 1) : done / total);
        // Lets a cancellation arrive.
        await turn();
        if (signal.aborted) throw new Failure('update.cancelled');
      },
    });
    const [change] = store.trust.history();
    if (change === undefined) throw new Error('an import without a change');
    return {
      files: imports.map(({ kind, read, new: found }, index) => ({
        name: names[index] ?? '',
        kind,
        read,
        new: found,
      })),
      change,
    };
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    throw new Failure(code, { ...fields, file: names[current] ?? '' }, thrown);
  }
}
