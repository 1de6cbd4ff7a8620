import { basename } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { type InputFile, withInputFiles } from '../../machine/input-file.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import type { TrustHistoryEntry } from '../../store/trust-changes.ts';
import { type ListSigning, listSigning } from '../../trust/lists/list-signing.ts';
import type { FileImport, ImportSurroundings, TrustFile } from './file-import.ts';
import { importTrust } from './import-trust.ts';
import { trustFile } from './trust-file.ts';
import { standingPins, type Vouching, voucherOf } from './voucher.ts';

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
  around: Omit<ImportSurroundings, 'onProgress'> & {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: ImportProgress) => void;
  },
): Promise<ImportedFiles> {
  return withInputFiles((open) => importOpened(paths, open, around));
}

async function importOpened(
  paths: readonly string[],
  open: (path: string) => InputFile,
  around: Parameters<typeof importTrustFiles>[1],
): Promise<ImportedFiles> {
  const { store, signal } = around;
  const names = paths.map((path) => basename(path));
  let current = 0;
  try {
    const inputs = paths.map((path, index) => {
      current = index;
      return open(path);
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
    const imports = await importTrust(files, standingPins, {
      ...around,
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

/**
 * By whom a file is signed that someone chose: for a person to look at before they vouch. Nothing is taken. Fails as `listSigning` and
 * the reading of the file do, with its name in `file`.
 */
function signingOfFile(path: string, { clock, refusedPublicKeys }: SigningGround): Promise<ListSigning> {
  return withInputFiles(async (open) => {
    try {
      const { kind, whole } = trustFile(open(path));
      // A directory export may have any size, and none of it is read for this.
      const bytes = kind === 'ldif' ? new Uint8Array() : whole();
      return listSigning(kind, bytes, { at: clock.today(), refusedPublicKeys });
    } catch (thrown) {
      const { code, fields } = asFailure(thrown);
      throw new Failure(code, { ...fields, file: basename(path) }, thrown);
    }
  });
}

type SigningGround = Pick<ImportSurroundings, 'clock' | 'refusedPublicKeys'>;

/** How files come into the trust store. */
export interface TrustImports {
  /** Takes files that an administrator vouches for: all of them or nothing. Fails as `importTrust` and `voucherOf`. */
  readonly take: (
    files: readonly TrustFile[],
    vouching: Vouching,
    onProgress: ImportSurroundings['onProgress'],
    /** As `ImportSurroundings.refusePolicies`. */
    refusePolicies?: () => void,
  ) => Promise<readonly FileImport[]>;
  /**
   * Takes files that people chose in a window; only standing pins vouch. Policies are two administrators' to change, who sign in at
   * the side door: where there are operators it fails with `operator.second-needed`. Else as `importTrustFiles`.
   */
  readonly takeChosen: (
    paths: readonly string[],
    around: { readonly signal: AbortSignal; readonly onProgress: (progress: ImportProgress) => void },
  ) => Promise<ImportedFiles>;
  /** As `signingOfFile`: by whom a chosen file is signed. */
  readonly signingOf: (path: string) => Promise<ListSigning>;
}

/** The imports into one data folder; `ground` is what every one of them stands on. */
export function trustImports(
  ground: () => Omit<ImportSurroundings, 'onProgress'>,
  refusePolicies: () => void,
): TrustImports {
  return {
    take: async (files, vouching, onProgress, refuse) =>
      importTrust(files, voucherOf(vouching), { ...ground(), onProgress, refusePolicies: refuse }),
    takeChosen: async (paths, around) => importTrustFiles(paths, { ...ground(), ...around, refusePolicies }),
    signingOf: async (path) => signingOfFile(path, ground()),
  };
}
