import { asFailure, Failure } from '../../result/failure.ts';
import { importLinks } from '../../trust/lists/link-import.ts';
import { pinCertificate } from '../../trust/lists/pin-certificate.ts';
import { isBelieved } from '../../trust/path/belief.ts';
import { acceptRevocationList } from '../../trust/revocation/revocation-import.ts';
import type { DocumentSignerRow, ImportRemark, StoredCertificate, StoredRevocationList } from '../../trust/types.ts';
import { type Certificate, isSignedBy, parseCertificate, publicKeyOf } from '../../trust/x509/certificate.ts';
import { type CertificateBag, readCertificateBag } from '../../trust/x509/certificate-bag.ts';
import { fingerprintOf } from '../../trust/x509/fingerprint.ts';
import { pemBlocks } from '../../trust/x509/pem.ts';
import { refusedCertificate } from '../../trust/x509/refused-certificate.ts';
import type { FileImport } from './file-import.ts';
import type { TrustImportRun } from './import-run.ts';

/**
 * Certificates that no list vouches for: one alone, several as PEM, or a PKCS #7 bundle. Self-signed ones are taken where an
 * administrator vouches for them (`pin`), links where a believed key has signed them, document signers to be found. One
 * certificate that is not taken is a failure, of several it is a remark.
 */
export async function importBareCertificates(
  kind: 'certificate' | 'certificate-bundle',
  bytes: Uint8Array,
  pin: boolean,
  run: TrustImportRun,
): Promise<FileImport> {
  const { certificates: encoded, revocationLists } = encodedParts(kind, bytes);
  const refused: ImportRemark[] = [];
  const sorted = sort(encoded, refused, pin && encoded.length === 1);
  const before = run.knownFingerprints();
  const taken: StoredCertificate[] = [];
  const remarked = sorted.signers.filter(({ extensions }) => extensions.unreadable.length > 0).map(partUnreadable);
  for (const certificate of sorted.selfSigned) {
    if (pin) taken.push(...(await pinned(certificate, run, { refused, remarked })));
    else refused.push(remarkOf(certificate, 'trust.not-vouched'));
  }
  const links = importLinks(
    sorted.links.map(({ der }) => der),
    { kind: 'directory', digest: fingerprintOf(bytes), date: null },
    run.context(),
  );
  run.take(links.certificates);
  refused.push(...links.refused);
  if (encoded.length === 1) refuseOnly(refused);
  if (sorted.signers.length > 0) {
    run.stage.add(sorted.signers.map(rowOf));
    run.staged = true;
  }
  const lists = await takeRevocationLists(revocationLists, run, refused);
  const accepted = [...taken, ...links.certificates];
  return run.imported(kind, fingerprintOf(bytes), {
    read: encoded.length,
    new: accepted.filter(({ summary }) => !before.has(summary.fingerprint)).length,
    known: links.known + accepted.filter(({ summary }) => before.has(summary.fingerprint)).length,
    verified: taken.filter(isBelieved).length + links.verified,
    orphans: links.orphans,
    refused,
    remarked: [...remarked, ...links.remarked],
    documentSigners: sorted.signers.length,
    revocationLists: lists,
  });
}

function encodedParts(kind: 'certificate' | 'certificate-bundle', bytes: Uint8Array): CertificateBag {
  const blocks = pemBlocks(bytes).map(({ der }) => der);
  const parts = blocks.length === 0 ? [bytes] : blocks;
  const [only] = parts;
  if (kind === 'certificate-bundle' && only !== undefined && parts.length === 1) return readCertificateBag(only);
  return { certificates: parts, revocationLists: [] };
}

// They come after the certificates of the same bag, whose keys may prove them.
async function takeRevocationLists(
  encoded: readonly Uint8Array[],
  run: TrustImportRun,
  refused: ImportRemark[],
): Promise<readonly StoredRevocationList[]> {
  const taken: StoredRevocationList[] = [];
  for (const der of encoded) {
    try {
      taken.push(await acceptRevocationList(der, run.lookup(), run.at));
    } catch (thrown) {
      const { code, fields } = asFailure(thrown);
      if (code === 'internal.unexpected') throw thrown;
      const named = { country: String(fields.country ?? ''), subject: String(fields.issuer ?? '') };
      refused.push({ ...named, fingerprint: fingerprintOf(der), code });
    }
  }
  run.revocationLists.push(...taken);
  return taken;
}

function sort(encoded: readonly Uint8Array[], refused: ImportRemark[], meantAsAuthority: boolean) {
  const selfSigned: Certificate[] = [];
  const links: Certificate[] = [];
  const signers: Certificate[] = [];
  for (const der of encoded) {
    try {
      const certificate = parseCertificate(der);
      const { basicConstraints, keyUsage } = certificate.extensions;
      const isAuthority = basicConstraints?.ca === true || keyUsage?.keyCertSign === true;
      // Who vouches for one certificate means it as a country signing one, and is told where it is none. A link is not vouched
      // for by a person but by its issuer's key.
      if (meantAsAuthority && (!isAuthority || certificate.subject.key === certificate.issuer.key))
        selfSigned.push(certificate);
      else if (!isAuthority) signers.push(certificate);
      else if (provesItself(certificate)) selfSigned.push(certificate);
      else links.push(certificate);
    } catch (thrown) {
      refused.push(refusedCertificate(der, thrown));
    }
  }
  return { selfSigned, links, signers };
}

// A state's link certificate often bears one name as subject and issuer: only the key tells.
function provesItself(certificate: Certificate): boolean {
  return certificate.subject.key === certificate.issuer.key && isSignedBy(certificate, publicKeyOf(certificate));
}

async function pinned(
  certificate: Certificate,
  run: TrustImportRun,
  remarks: { readonly refused: ImportRemark[]; readonly remarked: ImportRemark[] },
): Promise<readonly StoredCertificate[]> {
  try {
    const { certificates, remarked } = await pinCertificate(certificate.der, run.context());
    run.take(certificates);
    // In its own name, so that it stands where a bundle's word for the same certificate is taken back, and goes where it stays.
    const { fingerprint } = certificate;
    run.vouched.push({ what: fingerprint, source: fingerprint, by: fingerprint });
    remarks.remarked.push(...remarked);
    return certificates;
  } catch (thrown) {
    const { code } = asFailure(thrown);
    if (code === 'internal.unexpected') throw thrown;
    remarks.refused.push(remarkOf(certificate, code));
    return [];
  }
}

function partUnreadable(certificate: Certificate): ImportRemark {
  return remarkOf(certificate, 'certificate.part-unreadable');
}

function remarkOf({ subject, fingerprint }: Certificate, code: ImportRemark['code']): ImportRemark {
  return { country: subject.country, subject: subject.text, fingerprint, code };
}

function refuseOnly([refusal]: readonly ImportRemark[]): void {
  if (refusal === undefined) return;
  const { code, country, subject, fingerprint } = refusal;
  if (code === 'trust.not-vouched')
    throw new Failure('arguments.unusable', {
      reason: 'a single certificate needs someone who vouches for it: --pin',
      fingerprint,
    });
  throw new Failure(code, { country, subject, fingerprint });
}

function rowOf({ fingerprint, issuer, serialNumber, extensions, der }: Certificate): DocumentSignerRow {
  return {
    fingerprint,
    country: issuer.country,
    issuerKey: issuer.key,
    serialNumber,
    subjectKeyIdentifier: extensions.subjectKeyIdentifier,
    der: der.slice(),
  };
}
