import type { DataKind } from '../../result/data-kind.ts';
import type { FailureFields } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { ListSigning } from '../../trust/lists/list-signing.ts';
import type { ImportedFiles } from '../import/import-files.ts';
import type { TrustUpdate } from '../update/update-trust.ts';

/** What a trust worker is started for: it does one piece of work on one data folder and ends. */
export interface TrustWork {
  readonly directory: string;
  readonly kind: DataKind;
  readonly resourcesDirectory: string;
  readonly task:
    | { readonly type: 'update' }
    | { readonly type: 'import'; readonly paths: readonly string[] }
    | { readonly type: 'signing'; readonly path: string }
    | { readonly type: 'bundle'; readonly content: Uint8Array };
}

/** How far the work came; `part` runs from 0 to 1 and is null where nobody can know the whole. */
export interface TrustProgress {
  readonly part: number | null;
  readonly file: string | null;
}

/** What the worker tells. All but `progress` end its work. */
export type TrustWorkerMessage =
  | { readonly type: 'progress'; readonly progress: TrustProgress }
  | { readonly type: 'updated'; readonly update: TrustUpdate }
  | { readonly type: 'imported'; readonly imported: ImportedFiles }
  | { readonly type: 'taken' }
  | { readonly type: 'signing'; readonly signing: ListSigning }
  | { readonly type: 'failure'; readonly code: FailureCode; readonly fields: FailureFields };
