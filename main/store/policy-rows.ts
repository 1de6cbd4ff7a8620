import type { Database } from 'better-sqlite3';
import { type ArrivedPolicy, type HeldPolicy, refuseOlderPolicy } from '../trust/lists/held-policy.ts';

const columns = 'id, version, digest, content, issuer, bundle_number AS bundleNumber, added_at AS addedAt';

/** The policies that bundles brought, by id. */
export function heldPolicies(database: Database): readonly HeldPolicy[] {
  return database
    .prepare<[], HeldPolicy>(`SELECT ${columns} FROM policies ORDER BY id`)
    .all()
    .map((row) => ({ ...row, content: new Uint8Array(row.content) }));
}

/**
 * Keeps what a bundle brings; what the app itself says takes the place of what was held. Call it inside a transaction. Fails
 * with `policy.older`, `policy.version-reused`.
 */
export function writePolicies(database: Database, arrived: readonly ArrivedPolicy[]): void {
  const held = new Map(heldPolicies(database).map((policy) => [policy.id, policy]));
  const remove = database.prepare('DELETE FROM policies WHERE id = ?');
  const write = database.prepare(
    `INSERT INTO policies (id, version, digest, content, issuer, bundle_number, added_at)
     VALUES (@id, @version, @digest, @content, @issuer, @bundleNumber, @addedAt)
     ON CONFLICT (id) DO UPDATE SET version = excluded.version, digest = excluded.digest, content = excluded.content,
       issuer = excluded.issuer, bundle_number = excluded.bundle_number, added_at = excluded.added_at`,
  );
  for (const { isOwn, ...policy } of arrived) {
    const present = held.get(policy.id) ?? null;
    refuseOlderPolicy(policy, present);
    if (isOwn) remove.run(policy.id);
    else if (policy.digest !== present?.digest) write.run(policy);
    // Two stations may send the same policy in one import.
    held.set(policy.id, policy);
  }
}

/** Lets go what a station sent that is no longer believed. */
export function removePoliciesOf(database: Database, issuer: string): void {
  database.prepare('DELETE FROM policies WHERE issuer = ?').run(issuer);
}
