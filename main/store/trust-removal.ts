import type { Database } from 'better-sqlite3';
import { asFailure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { revokedBy, voucherFor } from '../trust/path/link-belief.ts';
import type { IsRevoked } from '../trust/types.ts';
import { type Certificate, parseCertificate } from '../trust/x509/certificate.ts';
import { removePoliciesOf } from './policy-rows.ts';
import { RevocationRows } from './revocation-rows.ts';

/** A master list that a change brings: of its signer's issuer it is the newest edition, and older ones give way to it. */
export interface BroughtList {
  /** SHA-256 over the list, lower-case hex. */
  readonly digest: string;
  /** The issuer of the list's signer: whose list it is. */
  readonly signer: string;
  readonly date: PlainDate | null;
}

/**
 * What a publisher has left out of his newest edition is no longer his word: older editions of the same signer no longer
 * stand behind their certificates. What came by a bundle stays until the bundle's issuer leaves it out.
 */
export function supersedeEditions(database: Database, lists: readonly BroughtList[]): void {
  const name = database.prepare("UPDATE trust_sources SET signer = ? WHERE kind = 'master-list' AND digest = ?");
  for (const { digest, signer } of lists) name.run(signer, digest);
  const remove = database.prepare(
    `DELETE FROM certificate_sources WHERE vouched_by NOT IN (SELECT issuer FROM trust_bundles) AND source IN (
       SELECT id FROM trust_sources WHERE kind = 'master-list' AND signer = ? AND digest <> ? AND date < ?)`,
  );
  for (const { digest, signer, date } of lists) remove.run(signer, digest, date);
}

/**
 * Of a publisher's lists of defects the newest stands. One that another voucher brought hides an older one and leaves it there:
 * what the withdrawal of that voucher takes away must not have taken the publisher's own word with it.
 */
export function supersedeDefectLists(database: Database): void {
  database
    .prepare(
      `DELETE FROM defect_lists WHERE EXISTS (SELECT 1 FROM defect_lists newer
         WHERE newer.kind = defect_lists.kind AND newer.signer = defect_lists.signer AND newer.date > defect_lists.date
           AND newer.vouched_by = defect_lists.vouched_by)`,
    )
    .run();
}

/** A station's newest bundle is all that it vouches for. `kept` are the certificates with the sources that it names. */
export function supersedeBundle(
  database: Database,
  issuer: string,
  kept: readonly { readonly certificate: string; readonly source: string }[],
): void {
  const present = database
    .prepare<[string], { fingerprint: string; source: number; digest: string }>(
      `SELECT cs.fingerprint, cs.source, s.digest FROM certificate_sources cs JOIN trust_sources s ON s.id = cs.source
       WHERE cs.vouched_by = ?`,
    )
    .all(issuer);
  const named = new Set(kept.map(({ certificate, source }) => `${certificate} ${source}`));
  const remove = database.prepare(
    'DELETE FROM certificate_sources WHERE fingerprint = ? AND source = ? AND vouched_by = ?',
  );
  for (const { fingerprint, source, digest } of present)
    if (!named.has(`${fingerprint} ${digest}`)) remove.run(fingerprint, source, issuer);
}

/** Takes away what rests on this voucher's word alone, and a certificate that was pinned under this fingerprint. */
export function removeVouched(database: Database, vouchedBy: string): void {
  database.prepare('DELETE FROM certificate_sources WHERE vouched_by = ?').run(vouchedBy);
  database.prepare('DELETE FROM defect_lists WHERE vouched_by = ?').run(vouchedBy);
  database.prepare("DELETE FROM trust_sources WHERE kind = 'pinned' AND digest = ?").run(vouchedBy);
  removePoliciesOf(database, vouchedBy);
}

/**
 * Takes away the word of this station's own people for one certificate, and leaves what bundles and lists say of it. Whether there was
 * such a word.
 */
export function removeOwnWord(database: Database, fingerprint: string): boolean {
  const { changes } = database
    .prepare(
      `DELETE FROM certificate_sources WHERE fingerprint = ? AND vouched_by NOT IN (SELECT issuer FROM trust_bundles)
         AND source IN (SELECT id FROM trust_sources WHERE kind = 'pinned')`,
    )
    .run(fingerprint);
  return changes > 0;
}

interface Standing {
  readonly fingerprint: string;
  readonly publicKey: string;
  readonly verifiedBy: string | null;
  readonly verifierKey: string | null;
  /** Whether some list or act still stands behind it. */
  readonly held: number;
  /** Whether more than its issuer's signature stands behind it. */
  readonly listed: number;
}

/**
 * Lets what nobody stands behind go, and settles by whom the rest is verified. A signature was made by a key: another
 * certificate for the same key verifies as well. What a directory brought is believed for its issuer's sake alone, and is
 * judged anew at every change: where no believed issuer is left that may vouch for it, or where it or the key was revoked, it
 * is an orphan again.
 */
export function settle(database: Database): void {
  const all = database
    .prepare<[], Standing>(
      `SELECT c.fingerprint, c.public_key_fingerprint AS publicKey, c.verified_by AS verifiedBy,
         (SELECT v.public_key_fingerprint FROM certificates v WHERE v.fingerprint = c.verified_by) AS verifierKey,
         EXISTS (SELECT 1 FROM certificate_sources cs WHERE cs.fingerprint = c.fingerprint) AS held,
         EXISTS (SELECT 1 FROM certificate_sources cs JOIN trust_sources s ON s.id = cs.source
           WHERE cs.fingerprint = c.fingerprint AND s.kind <> 'directory') AS listed
       FROM certificates c ORDER BY c.fingerprint`,
    )
    .all();
  const setVerifier = database.prepare('UPDATE certificates SET verified_by = ? WHERE fingerprint = ?');
  const held = all.filter((each) => each.held === 1);
  const verifiers = verifiersOf(held, linkJudge(database));
  for (const { fingerprint, verifiedBy } of held) {
    const verifier = verifiers.get(fingerprint) ?? null;
    if (verifier !== verifiedBy) setVerifier.run(verifier, fingerprint);
  }
  database
    .prepare('DELETE FROM certificates WHERE fingerprint NOT IN (SELECT fingerprint FROM certificate_sources)')
    .run();
  // The issuers of specimens are known by their source also where an app has dropped them.
  database
    .prepare(
      "DELETE FROM trust_sources WHERE kind <> 'training' AND id NOT IN (SELECT source FROM certificate_sources)",
    )
    .run();
}

/** By which of the certificates for the key that signed it a link is believed; null where none of them may vouch for it. */
type LinkJudge = (link: string, ofKey: readonly string[], believed: ReadonlyMap<string, string>) => string | null;

// Few stations hold links that no list holds: nothing is read before one of them is judged.
function linkJudge(database: Database): LinkJudge {
  const derOf = database.prepare<[string], Uint8Array>('SELECT der FROM certificates WHERE fingerprint = ?').pluck();
  const lists = new RevocationRows(database);
  const read = new Map<string, Certificate>();
  let isRevoked: IsRevoked | null = null;
  const certificateOf = (fingerprint: string): Certificate => {
    const certificate =
      read.get(fingerprint) ?? parseCertificate(new Uint8Array(derOf.get(fingerprint) ?? new Uint8Array()));
    read.set(fingerprint, certificate);
    return certificate;
  };
  return (link, ofKey, believed) => {
    try {
      isRevoked ??= revokedBy(lists.newest());
      const holders = ofKey.map((fingerprint) => ({
        fingerprint,
        certificate: certificateOf(fingerprint),
        believed: believed.has(fingerprint),
      }));
      const verdict = voucherFor(certificateOf(link), holders, isRevoked);
      return 'issuer' in verdict ? verdict.issuer.fingerprint : null;
    } catch (thrown) {
      // What can no longer be read vouches for nothing, and must not stand in the way of every change.
      if (asFailure(thrown).code === 'internal.unexpected') throw thrown;
      return null;
    }
  };
}

function verifiersOf(held: readonly Standing[], judge: LinkJudge): ReadonlyMap<string, string> {
  const there = new Set(held.map(({ fingerprint }) => fingerprint));
  const byKey = Map.groupBy(held, ({ publicKey }) => publicKey);
  const found = new Map<string, string>();
  for (const { fingerprint, verifiedBy, verifierKey, listed } of held) {
    if (listed === 0 || verifiedBy === null) continue;
    const verifier = there.has(verifiedBy) ? verifiedBy : byKey.get(verifierKey ?? '')?.[0]?.fingerprint;
    if (verifier !== undefined) found.set(fingerprint, verifier);
  }
  const waiting = new Set(held.filter(({ listed, verifiedBy }) => listed === 0 && verifiedBy !== null));
  // From what is listed outwards, so that no circle of links carries itself.
  for (let grown = true; grown; ) {
    grown = false;
    for (const link of waiting) {
      const ofKey = (byKey.get(link.verifierKey ?? '') ?? []).map(({ fingerprint }) => fingerprint);
      if (!ofKey.some((fingerprint) => found.has(fingerprint))) continue;
      const issuer = judge(link.fingerprint, ofKey, found);
      if (issuer === null) continue;
      found.set(link.fingerprint, issuer);
      waiting.delete(link);
      grown = true;
    }
  }
  return found;
}
