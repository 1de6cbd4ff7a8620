import { asFailure, Failure } from '../../result/failure.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { ImportContext, MasterListImport } from '../types.ts';
import { readMasterList } from './master-list.ts';

/**
 * A master list that one of the pinned signers (DER or PEM) vouches for. Fails as `readMasterList` does; with
 * `trust.signer-not-pinned` where none of them does.
 */
export async function readPinnedMasterList(
  bytes: Uint8Array,
  pinnedSigners: readonly Uint8Array[],
  context: ImportContext,
): Promise<MasterListImport> {
  let refusal = new Failure('trust.signer-not-pinned');
  for (const pinnedSigner of pinnedSigners) {
    try {
      return await readMasterList(bytes, { ...context, pinnedSigner });
    } catch (thrown) {
      refusal = asFailure(thrown);
      if (refusal.code !== 'trust.signer-not-pinned') throw thrown;
    }
  }
  throw refusal;
}

/** A list that came in before: whose it was and of which day. */
export interface KnownEdition {
  readonly signer: string | null;
  readonly date: PlainDate | null;
}

/**
 * Refuses an edition that is older than one of the same signer's issuer that the station has taken: it could bring back
 * what its publisher has dropped. Fails with `trust.list-older`.
 */
export function refuseOlderEdition(
  list: Pick<MasterListImport, 'listDate' | 'signer'>,
  known: readonly KnownEdition[],
): void {
  const { listDate, signer } = list;
  const newest = known
    .filter((edition) => edition.signer === signer.issuer && edition.date !== null)
    .map(({ date }) => date)
    .reduce((newer, date) => (newer === null || (date !== null && date > newer) ? date : newer), null);
  if (listDate !== null && newest !== null && listDate < newest)
    throw new Failure('trust.list-older', { date: listDate, present: newest });
}
