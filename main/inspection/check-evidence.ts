import type { FailureCode } from '../result/failure-codes.ts';
import { inspectionOf } from './assemble.ts';
import type { SeenEvidence } from './evidence.ts';
import { authenticate } from './judge/authenticate.ts';
import { Contents } from './judge/contents.ts';
import type { Inspection, Judging } from './types.ts';

/**
 * Makes every check of an inspection from its evidence, without the chip, as often as somebody asks: files are understood and
 * hashed again, signatures and paths verified with `trust` for the day `at`, the answer of active authentication and the data
 * of chip authentication mapping verified again. What only the chip's session could show (access, secure messaging, that
 * the new keys of chip authentication worked) is as it was recorded: evidence is as good as the place where it was kept.
 * With a `doubt` it is `undetermined` with that code; of files alone (`facts` null) it is so in any case. Never throws for what
 * a file holds.
 */
export async function checkEvidence(
  evidence: SeenEvidence,
  around: Judging & { readonly doubt?: FailureCode | null },
): Promise<Inspection> {
  const contents = new Contents((file) => evidence.files.get(file) ?? null, around.at);
  return inspectionOf(evidence, await authenticate(evidence, contents, around), contents, around);
}
