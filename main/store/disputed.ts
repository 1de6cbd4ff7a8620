import type { Database } from 'better-sqlite3';
import type { Difference } from '../trust/second-reading/facts.ts';
import type { ReadTwiceKind } from '../trust/second-reading/kinds.ts';

/** By fingerprint of a certificate or a revocation list: the fields that both readings have otherwise. */
export type Disputed = ReadonlyMap<string, readonly string[]>;

const none: Disputed = new Map();

interface Held {
  readonly fingerprint: string;
  readonly verifiedBy: string | null;
  readonly kind: string;
  readonly digest: string;
}

/**
 * What both readings have otherwise, and what rests on nothing else: a certificate that only such lists hold, and one that no
 * list holds and that only such a certificate's key has proved.
 */
export function disputedOf(database: Database): Disputed {
  const differing = database
    .prepare<[], { readonly digest: string; readonly kind: ReadTwiceKind; readonly differences: string }>(
      "SELECT digest, kind, differences FROM second_readings WHERE result = 'differ'",
    )
    .all();
  if (differing.length === 0) return none;
  const fields = new Map(differing.map(({ digest, differences }) => [digest, fieldsOf(differences)]));
  const lists = new Set(differing.filter(({ kind }) => kind === 'master-list').map(({ digest }) => digest));
  const held = Map.groupBy(
    database
      .prepare<[], Held>(
        `SELECT c.fingerprint, c.verified_by AS verifiedBy, s.kind, s.digest FROM certificates c
           JOIN certificate_sources cs ON cs.fingerprint = c.fingerprint JOIN trust_sources s ON s.id = cs.source`,
      )
      .all(),
    ({ fingerprint }) => fingerprint,
  );
  for (const [fingerprint, sources] of held) {
    const [first] = sources;
    if (first === undefined || fields.has(fingerprint) || !sources.every(({ digest }) => lists.has(digest))) continue;
    fields.set(fingerprint, fields.get(first.digest) ?? []);
  }
  for (let grown = true; grown; ) {
    grown = false;
    for (const [fingerprint, sources] of held) {
      const proof = fields.get(sources[0]?.verifiedBy ?? '');
      if (proof === undefined || fields.has(fingerprint) || !sources.every(({ kind }) => kind === 'directory'))
        continue;
      fields.set(fingerprint, proof);
      grown = true;
    }
  }
  return fields;
}

function fieldsOf(differences: string): readonly string[] {
  return (JSON.parse(differences) as readonly Difference[]).map(({ field }) => field);
}
