import { isBelieved, issuedByStored } from '../path/belief.ts';
import { LinkProof, openLink } from '../path/link-proof.ts';
import type { IsRevoked, StoredCertificate } from '../types.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { isWaiting } from './link-import.ts';

// As many keys as a name leads to in real lists, and some more.
const mostTried = 12;

/**
 * The orphans that what an import brought makes believed: what is believed must not depend on the order in which things come.
 * An orphan of a signed list is verified by any key of the station, as it would have been in its list; a link that nobody
 * vouches for by a believed authority alone (`voucherFor`).
 */
export function judgeOrphans(
  held: readonly StoredCertificate[],
  brought: readonly StoredCertificate[],
  isRevoked: IsRevoked,
): readonly StoredCertificate[] {
  const orphans = new Map(
    held.filter((stored) => !isBelieved(stored)).map((stored) => [stored.summary.fingerprint, stored]),
  );
  if (orphans.size === 0) return [];
  const verified: StoredCertificate[] = [];
  const take = (stored: StoredCertificate): void => {
    orphans.delete(stored.summary.fingerprint);
    verified.push(stored);
  };
  const news = new Led(brought);
  for (const orphan of orphans.values()) {
    if (isWaiting(orphan)) continue;
    const certificate = parseCertificate(orphan.der);
    const issuer = news.leadingTo(orphan).find((each) => issuedByStored(certificate, each));
    if (issuer !== undefined) take({ ...orphan, verifiedBy: issuer.summary.fingerprint });
  }
  const proof = new LinkProof([...held, ...brought, ...verified], isRevoked);
  // Each one that is believed may be what the next one waits for.
  for (let arrived: readonly StoredCertificate[] = [...brought, ...verified]; arrived.length > 0; ) {
    const led = new Led(arrived);
    const proved: StoredCertificate[] = [];
    for (const orphan of orphans.values()) {
      if (led.leadingTo(orphan).length === 0) continue;
      const verdict = proof.prove(openLink(parseCertificate(orphan.der)));
      if (verdict !== null && 'issuer' in verdict)
        proved.push({ ...orphan, verifiedBy: verdict.issuer.summary.fingerprint });
    }
    for (const stored of proved) {
      take(stored);
      proof.add(stored);
    }
    arrived = proved;
  }
  return verified;
}

/** Certificates by the names under which others say who issued them. */
class Led {
  readonly #byName: ReadonlyMap<string, readonly StoredCertificate[]>;

  constructor(certificates: readonly StoredCertificate[]) {
    const named = certificates.flatMap((stored) =>
      [stored.summary.subjectKeyIdentifier, stored.summary.subjectKey].map((name) => ({ name, stored })),
    );
    const byName = Map.groupBy(named, ({ name }) => name ?? '');
    this.#byName = new Map([...byName].map(([name, found]) => [name, found.map(({ stored }) => stored)]));
  }

  /** Those that the orphan names by key identifier or name, each key once. */
  leadingTo({ summary }: StoredCertificate): readonly StoredCertificate[] {
    const named = [summary.authorityKeyIdentifier, summary.issuerKey].flatMap((name) =>
      name === null || name === '' ? [] : (this.#byName.get(name) ?? []),
    );
    const byKey = new Map(named.map((stored) => [stored.summary.publicKeyFingerprint, stored]));
    byKey.delete(summary.publicKeyFingerprint);
    return [...byKey.values()].slice(0, mostTried);
  }
}
