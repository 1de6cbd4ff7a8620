import type { FailureCode } from '../../result/failure-codes.ts';
import { isBelieved } from '../path/belief.ts';
import { linkFault } from '../path/link-belief.ts';
import { LinkProof, type OpenLink, openLink } from '../path/link-proof.ts';
import type { ImportContext, ImportRemark, StoredCertificate, TrustSource } from '../types.ts';
import { type Certificate, isSignedBy, parseCertificate, publicKeyOf } from '../x509/certificate.ts';
import { fingerprintOf } from '../x509/fingerprint.ts';
import { refusedCertificate } from '../x509/refused-certificate.ts';
import { summarise } from '../x509/summarise.ts';
import { holdsRefusedKey } from './certificate-import.ts';

export interface LinkImport {
  /** Links that are believed, and those whose issuer is not at hand: they are kept, and vouch for nothing. */
  readonly certificates: readonly StoredCertificate[];
  readonly known: number;
  /** How many of the new and the known ones are believed. */
  readonly verified: number;
  readonly orphans: readonly ImportRemark[];
  readonly refused: readonly ImportRemark[];
  /** Taken ones of which a part that is not critical could not be read. */
  readonly remarked: readonly ImportRemark[];
}

// Nobody signs what brings them: so many wait in the store for an issuer, and no more.
const mostWaiting = 500;
// A state's chain of links has a handful of steps, each of which may need the one before it.
const mostRounds = 32;

/**
 * Country signing certificates that no signed list vouches for. A link certificate counts where a believed authority has
 * signed it in its time (`voucherFor`); a self-signed one counts for nothing. One link may carry the next, in whatever order
 * they stand. A link whose issuer is not at hand waits for it as an orphan.
 */
export function importLinks(
  encoded: readonly Uint8Array[],
  source: TrustSource,
  context: Pick<ImportContext, 'known' | 'refusedPublicKeys' | 'isRevoked'>,
): LinkImport {
  const held = new Map(context.known.map((stored) => [stored.summary.fingerprint, stored]));
  const knownOrphans: ImportRemark[] = [];
  const refused = new Map<string, ImportRemark>();
  const open = new Map<string, OpenLink>();
  let known = 0;
  for (const [fingerprint, der] of new Map(encoded.map((each) => [fingerprintOf(each), each]))) {
    const stored = held.get(fingerprint);
    if (stored !== undefined) {
      known++;
      const { country, subject } = stored.summary;
      if (!isBelieved(stored)) knownOrphans.push({ country, subject, fingerprint, code: 'certificate.issuer-unknown' });
      continue;
    }
    try {
      const certificate = parseCertificate(der);
      const code = faultOf(certificate, context);
      if (code === null) open.set(fingerprint, openLink(certificate));
      else refused.set(fingerprint, remark(certificate, code));
    } catch (thrown) {
      refused.set(fingerprint, refusedCertificate(der, thrown));
    }
  }
  const proof = new LinkProof(context.known, context.isRevoked);
  const taken = proveAll(open, proof, source, refused);
  const free = Math.max(0, mostWaiting - context.known.filter(isWaiting).length);
  const waiting = [...open.values()].slice(0, free);
  for (const { certificate } of [...open.values()].slice(free))
    refused.set(certificate.fingerprint, remark(certificate, 'trust.list-too-large'));
  const all = [...taken, ...waiting.map(({ certificate }) => storedLink(certificate, null, source))];
  return {
    certificates: all,
    known,
    verified: taken.length + known - knownOrphans.length,
    orphans: [...knownOrphans, ...waiting.map(({ certificate }) => remark(certificate, 'certificate.issuer-unknown'))],
    refused: [...refused.values()],
    remarked: all.flatMap(({ der }) => {
      const certificate = parseCertificate(der);
      return certificate.extensions.unreadable.length > 0 ? [remark(certificate, 'certificate.part-unreadable')] : [];
    }),
  };
}

/** Whether a stored certificate is one that only its issuer's signature can make believed, and that has none yet. */
export function isWaiting(stored: StoredCertificate): boolean {
  return !isBelieved(stored) && stored.sources.every(({ kind }) => kind === 'directory');
}

function faultOf(
  certificate: Certificate,
  { refusedPublicKeys }: Pick<ImportContext, 'refusedPublicKeys'>,
): FailureCode | null {
  const key = publicKeyOf(certificate);
  if (holdsRefusedKey(certificate, refusedPublicKeys)) return 'certificate.training-issuer';
  if (certificate.subject.key === certificate.issuer.key && isSignedBy(certificate, key)) return 'trust.not-vouched';
  return linkFault(certificate);
}

// The oldest first: most chains are proved in one round. What is proved or refused leaves `open`.
function proveAll(
  open: Map<string, OpenLink>,
  proof: LinkProof,
  source: TrustSource,
  refused: Map<string, ImportRemark>,
): readonly StoredCertificate[] {
  const taken: StoredCertificate[] = [];
  const codes = new Map<string, ImportRemark>();
  const oldestFirst = [...open].toSorted(([, a], [, b]) =>
    a.certificate.notBefore < b.certificate.notBefore ? -1 : 1,
  );
  for (let round = 0, before = -1; round < mostRounds && taken.length > before; round++) {
    before = taken.length;
    for (const [fingerprint, link] of oldestFirst) {
      if (!open.has(fingerprint)) continue;
      const verdict = proof.prove(link);
      if (verdict === null) continue;
      if ('code' in verdict) {
        codes.set(fingerprint, remark(link.certificate, verdict.code));
        continue;
      }
      const stored = storedLink(link.certificate, verdict.issuer.summary.fingerprint, source);
      open.delete(fingerprint);
      codes.delete(fingerprint);
      proof.add(stored);
      taken.push(stored);
    }
  }
  for (const [fingerprint, code] of codes) {
    open.delete(fingerprint);
    refused.set(fingerprint, code);
  }
  return taken;
}

function storedLink(certificate: Certificate, verifiedBy: string | null, source: TrustSource): StoredCertificate {
  return { summary: summarise(certificate, 'link'), der: certificate.der.slice(), verifiedBy, sources: [source] };
}

function remark({ subject, fingerprint }: Certificate, code: FailureCode): ImportRemark {
  return { country: subject.country, subject: subject.text, fingerprint, code };
}
