import type { Database } from 'better-sqlite3';
import { Failure } from '../result/failure.ts';
import { first } from './migrations/0001-first.ts';
import { trust } from './migrations/0002-trust.ts';
import { trustUpdates } from './migrations/0003-trust-updates.ts';
import { policies } from './migrations/0004-policies.ts';
import { marks } from './migrations/0005-marks.ts';
import { acts } from './migrations/0006-acts.ts';
import { omittedRevocations } from './migrations/0007-omitted-revocations.ts';
import { secondReadings } from './migrations/0008-second-readings.ts';
import { holderNumbers } from './migrations/0009-holder-numbers.ts';
import { answers } from './migrations/0010-answers.ts';
import { operators } from './migrations/0011-operators.ts';
import { holderTokens } from './migrations/0012-holder-tokens.ts';
import { confirmedOrders } from './migrations/0013-confirmed-orders.ts';
import { services } from './migrations/0014-services.ts';
import { referrals } from './migrations/0015-referrals.ts';
import { leavingHolders } from './migrations/0016-leaving-holders.ts';
import { log } from './migrations/0017-log.ts';
import { outbox } from './migrations/0018-outbox.ts';
import { retention } from './migrations/0019-retention.ts';
import { rosterHead } from './migrations/0020-roster-head.ts';
import { outgoingDigests } from './migrations/0021-outgoing-digests.ts';
import { logCosigned } from './migrations/0022-log-cosigned.ts';
import { knownDocuments } from './migrations/0023-known-documents.ts';
import { fleetLists } from './migrations/0024-fleet-lists.ts';
import { recordsChecked } from './migrations/0025-records-checked.ts';
import { recordTerms } from './migrations/0026-record-terms.ts';
import { logSigners } from './migrations/0027-log-signers.ts';
import { openOrders } from './migrations/0028-open-orders.ts';
import { pullRefused } from './migrations/0029-pull-refused.ts';
import { logFindings } from './migrations/0030-log-findings.ts';
import { actsHead } from './migrations/0031-acts-head.ts';
import { referralsHanded } from './migrations/0032-referrals-handed.ts';
import { parcels } from './migrations/0033-parcels.ts';

/** Every step of the schema in order: the first makes version 1. A step that was released is never edited. */
const migrations: readonly string[] = [
  first,
  trust,
  trustUpdates,
  policies,
  marks,
  acts,
  omittedRevocations,
  secondReadings,
  holderNumbers,
  answers,
  operators,
  holderTokens,
  confirmedOrders,
  services,
  referrals,
  leavingHolders,
  log,
  outbox,
  retention,
  rosterHead,
  outgoingDigests,
  logCosigned,
  knownDocuments,
  fleetLists,
  recordsChecked,
  recordTerms,
  logSigners,
  openOrders,
  pullRefused,
  logFindings,
  actsHead,
  referralsHanded,
  parcels,
];

/** The schema version that this app writes. */
export const newestVersion = migrations.length;

/** The first version whose rows are marked. */
export const firstMarked = 5;

/**
 * Brings the schema to the newest version, all or nothing; `around` runs the steps inside the transaction and adds what
 * belongs to it. Throws `storage.newer` where the schema is ahead of this app.
 */
export function migrate(
  database: Database,
  path: string,
  around: (version: number, steps: () => void) => void = (_, steps) => steps(),
): void {
  if (versionOf(database) === newestVersion) return;
  database
    .transaction(() => {
      // Another process may have done it while this one waited.
      const version = versionOf(database);
      if (version > newestVersion) throw new Failure('storage.newer', { path, found: version, known: newestVersion });
      if (version === newestVersion) return;
      around(version, () => {
        for (const migration of migrations.slice(version)) database.exec(migration);
        database.pragma(`user_version = ${newestVersion}`);
      });
    })
    .immediate();
}

function versionOf(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}
