import type { StationClock } from '../../machine/clock.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { Store } from '../../store/types.ts';
import type { ArrivedPolicy } from '../../trust/lists/held-policy.ts';
import type { TrustFileKind } from '../../trust/lists/recognise-file.ts';
import type { ListSigner, TrustImport } from '../../trust/types.ts';
import type { OwnPolicies } from '../policies/stated-policy.ts';

/** A file for the trust store: its kind is known, its bytes are read as they are needed. */
export interface TrustFile {
  readonly kind: TrustFileKind;
  /** All of it; each kind has its own bound. */
  readonly whole: () => Uint8Array;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/** What one file brought. Counts are of country signing certificates; `read` of a directory export counts its entries. */
export interface FileImport
  extends Pick<
    TrustImport,
    'read' | 'new' | 'known' | 'verified' | 'orphans' | 'refused' | 'remarked' | 'signer' | 'listDate'
  > {
  readonly kind: TrustFileKind;
  /** Document signers of a directory: kept to be found, believed by nobody. */
  readonly documentSigners: number;
  readonly revocationLists: readonly {
    readonly country: string;
    readonly issuer: string;
    readonly thisUpdate: PlainDate;
    readonly nextUpdate: PlainDate | null;
    readonly entries: number;
  }[];
  readonly defectLists: readonly {
    readonly kind: string;
    readonly signer: string;
    readonly date: PlainDate | null;
  }[];
  /** The master lists inside a directory export. */
  readonly masterLists: readonly { readonly signer: ListSigner; readonly listDate: PlainDate | null }[];
  /** Number and issuing key of a station bundle. */
  readonly bundle: { readonly issuer: string; readonly number: number } | null;
  /** The policies of a station bundle; `isOwn` where the app's own says the same. */
  readonly policies: readonly Pick<ArrivedPolicy, 'id' | 'version' | 'isOwn'>[];
  /** SHA-256 over the file, lower-case hex. */
  readonly digest: string;
}

export interface ImportSurroundings {
  readonly store: Store;
  readonly clock: StationClock;
  /** The app's own, beside which those of a bundle are read. */
  readonly ownPolicies: OwnPolicies;
  /** Issuers' keys that a folder of this kind never believes: those that are published with the specimens. */
  readonly refusedPublicKeys: ReadonlySet<string>;
  /** Called and awaited between certificates or entries; `total` is 0 where nobody knows it. */
  readonly onProgress: (done: number, total: number) => void | Promise<void>;
  /** Hears of each master list (DER) that a file is, before anything is stored: it may be read a second time afterwards. */
  readonly onMasterList?: ((bytes: Uint8Array) => void) | undefined;
  /**
   * Called where a bundle brings policies that judge otherwise than those in force: throws where whoever takes it is too few to change
   * them. Left out where no person takes it: what administrators set fetches it, or brings it from headquarters.
   */
  readonly refusePolicies?: (() => void) | undefined;
  /** Writes the change as a recorded act: both or neither. Left out where the history alone tells of it. */
  readonly asAct?: (<Answer>(write: () => Answer) => Answer) | undefined;
}
