import { basename } from 'node:path';
import type { ImportedFiles } from '../keeping/import/import-files.ts';
import type { OfferedSigner } from '../keeping/report/list-signers.ts';
import type { TrustReport } from '../keeping/report/trust-report.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { ListSigning } from '../trust/lists/list-signing.ts';
import type { TrustTending } from './trust-tending.ts';

/** Files that were not taken because nobody vouches for the signer of one of them. */
interface Refused {
  readonly paths: readonly string[];
  /** The one at fault. */
  readonly path: string;
}

/** By whom a file is signed that people look at now; each certificate is told from the bytes that would be pinned. */
interface Looked extends Pick<ListSigning, 'kind' | 'date'>, Refused {
  readonly certificates: readonly (OfferedSigner & Pick<ListSigning['certificates'][number], 'part'>)[];
}

/**
 * What is looked at before anybody vouches for a signer: files that were refused for want of one, and by whom a file is signed. Of one
 * run of the app: nothing of it is kept, and nothing of it is believed.
 */
export class SignerLook {
  readonly #tending: Pick<TrustTending, 'importFiles' | 'signingOf'>;
  readonly #report: Pick<TrustReport, 'offered'>;
  #refused: Refused | null = null;
  #looked: Looked | null = null;

  constructor(tending: Pick<TrustTending, 'importFiles' | 'signingOf'>, report: Pick<TrustReport, 'offered'>) {
    this.#tending = tending;
    this.#report = report;
  }

  get refused(): Refused | null {
    return this.#refused;
  }

  get looked(): Looked | null {
    return this.#looked;
  }

  /** Takes files, and remembers which were refused for want of a signer. Fails as `TrustTending.importFiles`. */
  async take(paths: readonly string[]): Promise<ImportedFiles> {
    try {
      const imported = await this.#tending.importFiles(paths);
      this.leave();
      return imported;
    } catch (thrown) {
      const { code, fields } = asFailure(thrown);
      const path = paths.find((each) => basename(each) === fields.file);
      // What was looked at is another list than the one that is refused now.
      if (code === 'trust.signer-not-pinned' && path !== undefined) {
        this.leave();
        this.#refused = { paths, path };
      }
      throw thrown;
    }
  }

  /** Looks at the file that was refused. Fails with `trust.pin-unknown` where none was, and as `TrustTending.signingOf`. */
  async lookAtRefused(): Promise<Looked> {
    if (this.#refused === null) throw new Failure('trust.pin-unknown');
    return this.#look(this.#refused);
  }

  /** Looks at another file. Fails as `TrustTending.signingOf`. */
  async lookAt(path: string): Promise<Looked> {
    return this.#look({ paths: [path], path });
  }

  /** Looks at nothing any longer. */
  leave(): void {
    this.#refused = null;
    this.#looked = null;
  }

  async #look(refused: Refused): Promise<Looked> {
    const { kind, date, certificates } = await this.#tending.signingOf(refused.path);
    this.#looked = {
      ...refused,
      kind,
      date,
      // A worker that parsed hostile lists says what their bytes are; what they mean is read here.
      certificates: certificates.map(({ part, der }) => ({ part, ...this.#report.offered(der) })),
    };
    return this.#looked;
  }
}
