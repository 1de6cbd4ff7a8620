import type { RecordContent } from '../../records/types.ts';
import { asFailure } from '../../result/failure.ts';
import type { UnlockedStore } from '../../store/types.ts';

/** The record of that id: what it holds and its hash, `erased` where that is gone, null where there never was one. Fails as `get` else. */
export function recordOf(
  records: Pick<UnlockedStore['records'], 'get'>,
  id: string,
): { readonly content: RecordContent; readonly hash: string } | 'erased' | null {
  try {
    const { content, hash } = records.get(id);
    return { content, hash };
  } catch (thrown) {
    const { code } = asFailure(thrown);
    if (code === 'record.not-found') return null;
    if (code === 'record.erased') return 'erased';
    throw thrown;
  }
}
