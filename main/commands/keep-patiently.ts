import { failureWords } from '../../resources/failures/failures.ts';
import type { House, QueueChange } from '../house/house.ts';
import { asFailure } from '../result/failure.ts';
import type { Role } from '../result/roles.ts';
import { refuseOtherPolicy } from '../verification/closing.ts';
import type { CaseFacts } from '../verification/types.ts';
import type { CommandCall } from './command.ts';

/** A record as it was kept; null where another process held the folder too long. */
export type KeptRecord = { readonly id: string; readonly hash: string } | null;

const mostTries = 12;

/** What is done with a record beside keeping it. */
export interface Keeping {
  readonly queue?: QueueChange;
  readonly asRole?: Role | undefined;
  /**
   * Judges what is to go on once more: another process may have brought just what speaks against it. `judgedAt` is
   * `House.writtenElsewhere` as it was before it was judged.
   */
  readonly again?: { readonly judge: () => Promise<CaseFacts>; readonly judgedAt: number };
}

/**
 * Keeps a record and what it does to the queue. Another process may hold the folder, each try waits for it: what was read and judged
 * is not lost for that. What goes on is judged once more (`again`) where that process wrote, and for each further try. Null where it holds it for a minute: then the verdict is told, and that it left no record.
 */
export async function keepPatiently(
  house: Pick<House, 'refuseIfBusy' | 'keepRecord' | 'policy' | 'writtenElsewhere'>,
  facts: CaseFacts,
  call: Pick<CommandCall, 'machine' | 'note'>,
  { queue = {}, asRole, again }: Keeping = {},
): Promise<KeptRecord> {
  const goesOn = facts.decision.outcome === 'go-on';
  for (let tries = 1; tries <= mostTries; tries++) {
    try {
      house.refuseIfBusy(call.machine.patienceMillis);
      refuseOtherPolicy(facts, house.policy);
      const isOlder = again !== undefined && (tries > 1 || house.writtenElsewhere() !== again.judgedAt);
      const now = isOlder && goesOn ? await again.judge() : facts;
      return await house.keepRecord(now, queue, asRole);
    } catch (thrown) {
      if (asFailure(thrown).code !== 'storage.busy') throw thrown;
      call.note(`${failureWords('en', 'storage.busy').happened} (storage.busy)`);
    }
  }
  return null;
}
