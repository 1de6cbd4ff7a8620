import { type Checkpoint, parseCheckpoint } from '../../records/log/checkpoint.ts';
import { parseNote } from '../../records/log/note.ts';
import { signersOf, type VerifierKey, verifierKey } from '../../records/log/note-keys.ts';
import { equal } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import type { UnlockedStore } from '../../store/types.ts';

/** How a folder stands to checkpoints of its log that were kept elsewhere. */
export interface Standing {
  /** Records in the folder. */
  readonly size: number;
  /** Records in the newest checkpoint that was shown; null where none was. */
  readonly seen: number | null;
  /** The folder is from before a checkpoint that was shown. */
  readonly isOlder: boolean;
}

/**
 * Holds the log of a folder against checkpoints (C2SP tlog-checkpoint) that were kept elsewhere. Fails with `backup.other-log`
 * for one of another log, or one that the station did not sign; with `backup.other-history` where both have the same records by
 * number and not by content; `log.malformed`.
 */
export function standingTo(
  { log, station }: Pick<UnlockedStore, 'log' | 'station'>,
  notes: readonly string[],
): Standing {
  const { size } = log.newest();
  const key = verifierKey(log.origin, 'ed25519', station.publicKey);
  const seen = notes.map((text) => seenCheckpoint(text, key));
  for (const checkpoint of seen)
    if (checkpoint.size <= size && !equal(log.rootAt(checkpoint.size), checkpoint.root))
      throw new Failure('backup.other-history', { size: checkpoint.size });
  const newest = seen.reduce<number | null>((most, { size: one }) => Math.max(most ?? 0, one), null);
  return { size, seen: newest, isOlder: newest !== null && newest > size };
}

function seenCheckpoint(text: string, key: VerifierKey): Checkpoint {
  const note = parseNote(text);
  const checkpoint = parseCheckpoint(note.text);
  const isOurs = checkpoint.origin === key.name && signersOf(note, [key]).length > 0;
  if (!isOurs) throw new Failure('backup.other-log');
  return checkpoint;
}
