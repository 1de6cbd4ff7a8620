import type { PlainDate } from '../../main/result/plain-date.ts';
import { readMasterList } from '../../main/trust/lists/master-list.ts';
import { nothingRevoked } from '../../main/trust/path/link-belief.ts';
import type { ImportContext, MasterListImport } from '../../main/trust/types.ts';
import { realData } from './real-data.ts';

export const listFile = 'pki/DE_ML_2026-05-28-08-28-45.ml';
export const listSignerFile = 'pki/DE_ROOT_CA_CSCA07.cer';

/** The day on which the real files were put together: all certificates that documents of then need are valid. */
export const today = '2026-11-23' as PlainDate;

export const emptyContext: ImportContext = {
  at: today,
  known: [],
  refusedPublicKeys: new Set(),
  isRevoked: nothingRevoked,
};

let list: Promise<MasterListImport> | null = null;

/** The German master list of 28 May 2026, imported once for each test file. */
export function germanList(): Promise<MasterListImport> {
  list ??= readMasterList(realData(listFile), { ...emptyContext, pinnedSigner: realData(listSignerFile) });
  return list;
}
