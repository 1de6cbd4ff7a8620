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
  /** Judges what is to go on once more, for a further try: another process may have brought just what speaks against it. */
  readonly again?: () => Promise<CaseFacts>;
}

/**
 * Keeps a record and what it does to the queue. Another process may hold the folder, each try waits for it: what was read and judged
 * is not lost for that, and what goes on is judged once more (`again`) for each further one. Null where it holds it for a minute: then the verdict is told, and that it left no record.
 */
export async function keepPatiently(
  house: Pick<House, 'refuseIfBusy' | 'keepRecord' | 'policy'>,
  facts: CaseFacts,
  call: Pick<CommandCall, 'machine' | 'note'>,
  { queue = {}, asRole, again }: Keeping = {},
): Promise<KeptRecord> {
  const goesOn = facts.decision.outcome === 'go-on';
  for (let tries = 1; tries <= mostTries; tries++) {
    try {
      house.refuseIfBusy(call.machine.patienceMillis);
      refuseOtherPolicy(facts, house.policy);
      const now = tries > 1 && goesOn && again !== undefined ? await again() : facts;
      return await house.keepRecord(now, queue, asRole);
    } catch (thrown) {
      if (asFailure(thrown).code !== 'storage.busy') throw thrown;
      call.note(`${failureWords('en', 'storage.busy').happened} (storage.busy)`);
    }
  }
  return null;
}
