import type { Issue } from '../fleet/issue.ts';
import type { TakeIssue } from '../fleet/pull.ts';
import { fileOfBytes } from '../keeping/import/trust-file.ts';
import type { TrustKeeping } from '../keeping/trust-keeping.ts';
import type { StationClock } from '../machine/clock.ts';
import type { UnlockedStore } from '../store/types.ts';
import { readBlockedDocuments } from '../verification/blocked-documents.ts';
import type { RosterOrder, RosterReport } from './roster-messages.ts';

/** What taking issues of headquarters stands on. */
export interface TakingGround {
  readonly keeping: TrustKeeping;
  readonly open: () => UnlockedStore;
  readonly clock: StationClock;
  /** The register's import, of a file that is not on disk. */
  readonly importRoster: (
    content: Uint8Array<ArrayBuffer>,
    order: Omit<RosterOrder, 'path' | 'today' | 'content'>,
    signal: AbortSignal,
  ) => Promise<RosterReport>;
}

/**
 * Takes what headquarters issued, whole or not at all, by the gates of its kind: a bundle as one that an administrator chose (its own
 * signer must stand pinned), a register's file as an import without `--partial`, lists in the place of the last one.
 */
export function takingIssues({ keeping, open, clock, importRoster }: TakingGround): TakeIssue {
  const take: Readonly<Record<Issue['kind'], TakeIssue>> = {
    trust: async ({ content }) => {
      await keeping.imports.take([fileOfBytes(content)], { signer: null, pin: false, names: [] }, () => undefined);
    },
    roster: async ({ content }, { signal }) => {
      const whole = { mapping: [], encoding: null, partial: false, rejects: null, dryRun: false, runPostings: null };
      await importRoster(new Uint8Array(content), whole, signal);
    },
    blocked: async ({ number, issuedAt, content }) => {
      open().blockedDocuments.replace({ number, issuedAt, takenAt: clock.now() }, readBlockedDocuments(content));
    },
    operators: async ({ number, digest, content }) => {
      keeping.operators.takeIssued(content, { number, digest });
    },
  };
  return (issue, around) => take[issue.kind](issue, around);
}
