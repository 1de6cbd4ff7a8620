import { type Check, successful, unsuccessful } from '../../result/check.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { countryMeant, sameCountry } from '../country-codes.ts';
import type { TrustLimits } from '../types.ts';
import { type Certificate, publicKeyOf, signatureAlgorithmOf } from '../x509/certificate.ts';
import { authorityFault, usageFault } from '../x509/signer-usage.ts';
import { summarise } from '../x509/summarise.ts';
import { type Weakness, weaknessesOf, weighed } from '../x509/weak-signature.ts';
import { clockWentBack } from './freshness.ts';
import type { PathFinding } from './path.ts';
import { namedCertificate, shownCertificate, shownSources } from './resting-on.ts';

/**
 * `passive-authentication.path`: whether a believed country signing certificate issued the signer's (9303-11 §5.1), and
 * whether something that still holds brought it in (`fresh`).
 */
export function checkPath(
  signer: Certificate,
  path: PathFinding,
  around: {
    readonly documentCode: string | null;
    readonly fresh: boolean;
    readonly at: PlainDate;
    readonly limits: TrustLimits;
  },
): Check {
  const id = 'passive-authentication.path';
  const own = shownCertificate(summarise(signer, 'link'));
  const issuerName = signer.issuer.text;
  if (path.result !== 'successful')
    return unsuccessful(id, path.result, path.code, { path: [own], issuer: issuerName, training: false });
  const { stored, certificate, names } = path.issuer;
  const training = stored.sources.length > 0 && stored.sources.every(({ kind }) => kind === 'training');
  const detail = {
    path: [own, { ...shownCertificate(stored.summary), sources: shownSources(stored.sources, around) }],
    issuer: issuerName,
    training,
    names,
    documentTypes: signer.extensions.documentTypes,
    unknownCritical: signer.extensions.unknownCritical,
    unreadable: [...new Set([...signer.extensions.unreadable, ...certificate.extensions.unreadable])],
  };
  const authority = authorityFault(certificate);
  if (authority !== null) {
    // What is critical and not understood may forbid it or not: nobody can tell (RFC 5280 §4.2).
    const result = authority === 'issuer has a critical extension that is not known' ? 'undetermined' : 'failed';
    return unsuccessful(id, result, 'certificate.not-authority', { ...detail, usage: authority });
  }
  const fault = usageFault(signer, around.documentCode);
  if (fault !== null) return unsuccessful(id, 'failed', 'certificate.usage-wrong', { ...detail, usage: fault });
  // RFC 5280 §4.2: what is critical and not understood cannot be relied on.
  if (signer.extensions.unknownCritical.length > 0)
    return unsuccessful(id, 'undetermined', 'certificate.usage-wrong', detail);
  // The key is right and nobody without it could have signed; but it is another authority's than the signer says.
  if (names === 'other') return unsuccessful(id, 'undetermined', 'certificate.issuer-differs', detail);
  const check = around.fresh ? successful(id, detail) : unsuccessful(id, 'undetermined', 'trust.list-stale', detail);
  return weighed(check, weaknessesOfIssue(signer, certificate));
}

// What the authority's key and its signature on the signer's certificate are worth. How the authority's own certificate was
// signed counts for nothing: lists vouch for it, not its signature.
function weaknessesOfIssue(signer: Certificate, authority: Certificate): readonly Weakness[] {
  const { hash } = signatureAlgorithmOf(signer);
  return weaknessesOf('authority', publicKeyOf(authority), hash === null ? [] : [hash], signer.notBefore);
}

/**
 * `passive-authentication.validity`: signer and issuer on the day of the check (TR-03135-1 §5.6.4.3.4). An object that says
 * of itself that it was signed on a day to come, or outside the time in which its signer's key was in use (9303-11 §5.1.1),
 * leaves open who signed it; a day's difference between places aside. Whether both certificates were valid on that day is
 * told along. Null where the object does not say when it was signed.
 */
export function checkValidity(
  signer: Certificate,
  path: PathFinding,
  at: PlainDate,
  signingTime: PlainDate | null,
): Check {
  const id = 'passive-authentication.validity';
  const issuer = path.result === 'successful' ? path.issuer.certificate : null;
  const certificates = issuer === null ? [signer] : [signer, issuer];
  const period = signer.extensions.privateKeyUsagePeriod;
  const [from, until] = [period?.notBefore ?? signer.notBefore, period?.notAfter ?? signer.notAfter];
  const detail = {
    at,
    signer: { fingerprint: signer.fingerprint, notBefore: signer.notBefore, notAfter: signer.notAfter },
    issuer:
      issuer === null
        ? null
        : { fingerprint: issuer.fingerprint, notBefore: issuer.notBefore, notAfter: issuer.notAfter },
    privateKeyUsagePeriod: period === null ? null : { notBefore: period.notBefore, notAfter: period.notAfter },
    signingTime,
    signedInPeriod: signingTime === null ? null : from <= signingTime && signingTime <= until,
    validAtSigning: signingTime === null ? null : certificates.every((each) => isValidOn(each, signingTime)),
  };
  const odd = signingTime === null ? null : oddityOf(signingTime, { from, until, at });
  const told = odd === null ? detail : { ...detail, remarks: [odd] };
  if (certificates.some(({ notAfter }) => at > notAfter))
    return unsuccessful(id, 'failed', 'certificate.expired', told);
  if (certificates.some(({ notBefore }) => at < notBefore))
    return unsuccessful(id, 'failed', 'certificate.not-yet-valid', told);
  if (odd !== null) return unsuccessful(id, 'undetermined', odd, told);
  return issuer === null
    ? unsuccessful(id, 'undetermined', path.result === 'successful' ? 'certificate.issuer-unknown' : path.code, detail)
    : successful(id, detail);
}

function oddityOf(
  signed: PlainDate,
  { from, until, at }: Record<'from' | 'until' | 'at', PlainDate>,
): FailureCode | null {
  if (clockWentBack(at, signed)) return 'security-object.signed-ahead';
  return clockWentBack(signed, from) || clockWentBack(until, signed) ? 'security-object.signed-out-of-time' : null;
}

function isValidOn({ notBefore, notAfter }: Certificate, day: PlainDate): boolean {
  return notBefore <= day && day <= notAfter;
}

/**
 * `passive-authentication.country`: the issuing state of DG1, the signer's issuer, the country signing certificate and
 * the three-letter codes in both (TR-03135-1 §5.6.4.5, 9303-12 §7.1.1.2). Without it any listed state could sign for any
 * other. `issuer` is null where DG1 was not read.
 */
export function checkCountry(signer: Certificate, path: PathFinding, issuer: string | null): Check {
  const id = 'passive-authentication.country';
  const authority = path.result === 'successful' ? path.issuer.certificate : null;
  const codes = {
    signerIssuer: signer.issuer.country,
    signerSubject: signer.subject.country,
    signerLocality: signer.extensions.subjectLocality,
    authority: authority?.subject.country ?? null,
    authorityLocality: authority?.extensions.subjectLocality ?? null,
  };
  const certificates = [signer, ...(authority === null ? [] : [authority])].map(namedCertificate);
  const detail = { document: issuer, ...codes, certificates };
  if (issuer === null) return unsuccessful(id, 'undetermined', 'file.not-read', detail);
  const locality = codes.signerLocality ?? codes.authorityLocality;
  const agrees = (code: string): boolean | null => sameCountry(issuer, countryMeant(code, locality));
  const answers = Object.values(codes)
    .filter((code) => code !== null && code !== '')
    .map((code) => agrees(code ?? ''));
  if (answers.includes(false)) return unsuccessful(id, 'failed', 'certificate.country-differs', detail);
  const main = signer.issuer.country === '' ? null : agrees(signer.issuer.country);
  return main === true
    ? successful(id, detail)
    : unsuccessful(id, 'undetermined', 'certificate.country-unknown', detail);
}
