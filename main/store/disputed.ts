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
 * other list holds and that only such a certificate's key has proved.
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
  for (let grown = true; grown; ) {
    grown = false;
    for (const [fingerprint, sources] of held) {
      const why = fields.has(fingerprint) ? undefined : disputedBy(fingerprint, sources, { fields, lists });
      if (why === undefined) continue;
      fields.set(fingerprint, why);
      grown = true;
    }
  }
  return fields;
}

// A directory vouches for nobody: what it holds beside a list in dispute, whoever brought it first, is believed where an issuer
// that is not in dispute has proved it, and a self-signed one is proved by nobody.
function disputedBy(
  fingerprint: string,
  sources: readonly Held[],
  { fields, lists }: { readonly fields: Disputed; readonly lists: ReadonlySet<string> },
): readonly string[] | undefined {
  const listed = sources.find(({ digest }) => lists.has(digest));
  const others = sources.filter(({ digest }) => !lists.has(digest));
  const verifiedBy = sources[0]?.verifiedBy ?? null;
  if (!others.every(({ kind }) => kind === 'directory')) return undefined;
  const isUnproved = others.length === 0 || verifiedBy === null || verifiedBy === fingerprint;
  return listed !== undefined && isUnproved ? fields.get(listed.digest) : fields.get(verifiedBy ?? '');
}

function fieldsOf(differences: string): readonly string[] {
  return (JSON.parse(differences) as readonly Difference[]).map(({ field }) => field);
}
