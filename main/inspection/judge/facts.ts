import type { AccessKey } from '../../chip/access-key.ts';
import type { FileName } from '../../chip/files.ts';
import type { PlainFailure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { SeenEvidence } from '../evidence.ts';
import type { PassiveFindings } from './authenticate.ts';

/** Everything that a judgement rests on, as plain values: the same of a chip, of what was saved of one, and of loose files. */
export interface Facts {
  readonly evidence: SeenEvidence;
  readonly passive: PassiveFindings;
  /** The day for which it is judged, the newest day that the station has seen, and how its clock stands (`StationTime`). */
  readonly at: PlainDate;
  readonly newestKnown: PlainDate | null;
  readonly behind: string | null;
  /** Why what only the session with the chip could show does not count; null where it does. */
  readonly doubt: FailureCode | null;
  /** The hash of the order that is asked for, in hex; null where none is. */
  readonly order: string | null;
}

/** What ended the reading before its end; null where it was whole, or nobody saw it. */
export function endOf({ evidence }: Facts): PlainFailure | null {
  return evidence.facts?.end ?? null;
}

/** What was read from the page: what opened the chip, or the lines that lie beside loose files; null where nothing was. */
export function pageOf({ evidence }: Facts): AccessKey | null {
  return evidence.facts === null ? (evidence.page ?? null) : evidence.facts.accessKey;
}

/** Why a file was not read though it was asked for; null where it was read, or nobody asked. */
export function unreadIn({ evidence }: Facts, file: FileName): PlainFailure | null {
  return evidence.facts?.unread[file] ?? null;
}
