import type { DecisionInput } from '../../preload/contract.ts';
import type { House } from '../house/house.ts';
import { asFailure, Failure } from '../result/failure.ts';
import { unanswered } from '../verification/directory-age.ts';
import type { CaseFile } from './case-file.ts';

/**
 * Looks the case's customer up once more, since a register may have come meanwhile: whoever has died, moved or changed numbers
 * since they were chosen is matched as they are on file now. Where a directory does not answer it is what it said before, with its age
 * (`withDirectoryAge`). Fails with `holder.not-found` where they are on file no more and the case is to go on; it may end all the same.
 */
export async function lookUpHolderAgain(
  house: Pick<House, 'holder'>,
  file: CaseFile,
  outcome: DecisionInput['outcome'],
): Promise<void> {
  const { holder } = file;
  if (holder === null) return;
  const now = await house.holder(holder.id).catch((thrown: unknown) => {
    const { code } = asFailure(thrown);
    if (code.startsWith('service.')) return unanswered(holder, code);
    throw thrown;
  });
  if (now === null && outcome === 'go-on') throw new Failure('holder.not-found');
  // Another one may have been chosen while this one was looked up.
  if (file.holder === holder && now !== null) file.holder = now;
}
