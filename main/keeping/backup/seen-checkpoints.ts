import { asFailure, Failure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { Store, UnlockedStore } from '../../store/types.ts';
import { readAnchors } from '../log/anchors.ts';
import { readCheckpointAt } from '../log/written-checkpoint.ts';

/** How a folder stands to checkpoints of its log that were kept elsewhere. */
export interface Standing {
  /** Records in the folder. */
  readonly size: number;
  /** Records in the newest checkpoint that was shown; null where none was. */
  readonly seen: number | null;
  /** The folder is from before a checkpoint that was shown. */
  readonly isOlder: boolean;
}

/** What lies where the folder's own administrators have its checkpoints written. */
export interface LookedAtPlace {
  readonly place: string;
  /** Records in the checkpoint there; null where none could be read. */
  readonly size: number | null;
  /** Why it says nothing: it could not be read, or is of another log. */
  readonly code: FailureCode | null;
}

/**
 * Holds the log of a folder against checkpoints (C2SP tlog-checkpoint) or receipts that were kept elsewhere. Fails with
 * `backup.other-log` for one of another log, or one that the station did not sign; with `backup.other-history` where both have the
 * same records by number and not by content; `log.malformed`.
 */
export function standingTo({ log }: Pick<UnlockedStore, 'log'>, notes: readonly string[]): Standing {
  const { size } = log.newest();
  const sizes = notes.map((note) => {
    const found = log.against(note);
    if (found.code === 'log.foreign') throw new Failure('backup.other-log');
    if (found.code === 'log.forked') throw new Failure('backup.other-history', { size: found.size });
    return found.size;
  });
  const seen = sizes.length === 0 ? null : Math.max(...sizes);
  return { size, seen, isOlder: seen !== null && seen > size };
}

/** Reads what lies at the folder's own places: those of this log count as if they were given, the others are told. */
export async function lookAtPlaces(
  { settings }: Pick<Store, 'settings'>,
  { log }: Pick<UnlockedStore, 'log'>,
): Promise<{ readonly places: readonly LookedAtPlace[]; readonly notes: readonly string[] }> {
  const notes: string[] = [];
  const places: LookedAtPlace[] = [];
  for (const place of readAnchors(settings).files) {
    try {
      const note = await readCheckpointAt(place, log.origin);
      const { size, code } = log.against(note);
      if (code === 'log.foreign') places.push({ place, size: null, code });
      else {
        places.push({ place, size, code: null });
        notes.push(note);
      }
    } catch (thrown) {
      places.push({ place, size: null, code: asFailure(thrown).code });
    }
  }
  return { places, notes };
}
