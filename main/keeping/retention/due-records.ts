import { keptUntil, type RetentionLedger } from '../../records/retention.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { KeptRecord } from '../../store/retention/record-index.ts';
import type { UnlockedStore } from '../../store/types.ts';

/** Records at once while those that were written since are taken in: the desk waits for no more. */
export const followedAtOnce = 200;

/** Takes all records in that were written since. */
export function followAll({ retention }: Pick<UnlockedStore, 'retention'>): void {
  while (!retention.follow(followedAtOnce));
}

/** The last day on which a record is kept, by all that acts say of it; null where the years have not begun to run. */
export function endOf(kept: KeptRecord, ledger: RetentionLedger, withHolds = true): PlainDate | null {
  return keptUntil({
    retention: kept.retention,
    writtenOn: kept.writtenOn,
    event: ledger.events.get(kept.number) ?? null,
    heldUntil: withHolds ? (ledger.heldUntil.get(kept.number) ?? null) : null,
  });
}

/** Whether a record's time is over on this day, by all that acts say of it. */
export function isDue(kept: KeptRecord, ledger: RetentionLedger, today: PlainDate): boolean {
  const end = kept.erased ? null : endOf(kept, ledger);
  return end !== null && end < today;
}

/** The records whose time is over on this day, by number. Those of a hold are not among them. */
export function dueRecords(
  { retention }: Pick<UnlockedStore, 'retention'>,
  ledger: RetentionLedger,
  today: PlainDate,
): readonly KeptRecord[] {
  const due = new Map<number, KeptRecord>();
  const look = (kept: KeptRecord | null): void => {
    if (kept !== null && isDue(kept, ledger, today)) due.set(kept.number, kept);
  };
  for (const [number, { on }] of ledger.events)
    if (on < today && !ledger.erased.has(number)) look(retention.kept(number));
  for (const kept of retention.ofNone(today)) look(kept);
  return [...due.values()].sort((a, b) => a.number - b.number);
}
