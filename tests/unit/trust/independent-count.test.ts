import { X509Certificate } from 'node:crypto';
import { fromBER, type OctetString, type Sequence } from 'asn1js';
import { Certificate as PkijsCertificate } from 'pkijs';
import { beforeAll, expect, it } from 'vitest';
import { countCertificates } from '../../../main/trust/lists/count-certificates.ts';
import { germanList, listFile, today } from '../../support/german-list.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';

/*
 * The German list counted without the code that is tested: asn1js cuts the certificates out of it, PKI.js names and dates
 * them, OpenSSL (node:crypto) verifies their signatures.
 */

interface Counted {
  readonly certificate: X509Certificate;
  readonly fingerprint: string;
  readonly country: string;
  readonly year: number;
  readonly selfIssued: boolean;
  readonly subjectKeyIdentifier: string | null;
  readonly authorityKeyIdentifier: string | null;
}

const hex = (bytes: ArrayBuffer | Uint8Array): string => Buffer.from(new Uint8Array(bytes)).toString('hex');

function identifierOf(extension: unknown): string | null {
  const parsed = extension as
    | { readonly valueBlock?: OctetString['valueBlock']; readonly keyIdentifier?: OctetString }
    | undefined;
  const octets = parsed?.keyIdentifier?.valueBlock ?? parsed?.valueBlock;
  return octets === undefined ? null : hex(octets.valueHexView);
}

function counted(node: { readonly valueBeforeDecodeView: Uint8Array }): Counted {
  const der = Buffer.from(node.valueBeforeDecodeView);
  const read = new PkijsCertificate({ schema: node });
  const extension = (id: string) => identifierOf(read.extensions?.find(({ extnID }) => extnID === id)?.parsedValue);
  const country = read.subject.typesAndValues.find(({ type }) => type === '2.5.4.6')?.value.valueBlock.value;
  const certificate = new X509Certificate(der);
  return {
    certificate,
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    country: String(country).toUpperCase(),
    year: read.notBefore.value.getUTCFullYear(),
    selfIssued: hex(read.subject.valueBeforeDecode) === hex(read.issuer.valueBeforeDecode),
    subjectKeyIdentifier: extension('2.5.29.14'),
    authorityKeyIdentifier: extension('2.5.29.35'),
  };
}

type Answer = 'verified' | 'not verified' | 'cannot tell';

function verifiedBy(certificate: Counted, issuer: Counted): Answer {
  try {
    return certificate.certificate.verify(issuer.certificate.publicKey) ? 'verified' : 'not verified';
  } catch {
    return 'cannot tell';
  }
}

// By the key identifier that the certificate names, by its issuer's name, and by its own key.
function possibleIssuers(certificate: Counted, all: readonly Counted[]): readonly Counted[] {
  return all.filter(
    (other) =>
      other === certificate ||
      (certificate.authorityKeyIdentifier !== null &&
        other.subjectKeyIdentifier === certificate.authorityKeyIdentifier) ||
      other.certificate.subject === certificate.certificate.issuer,
  );
}

interface Census {
  readonly all: readonly Counted[];
  readonly answers: ReadonlyMap<Counted, Answer>;
}

// ContentInfo { type, [0] SignedData { version, digests, { eContentType, [0] eContent } } } (RFC 5652 §5.1).
function certificatesIn(bytes: Uint8Array): readonly Counted[] {
  const bounds = { maxNodes: 1_000_000, parseEmbedded: false };
  const parts = (node: unknown) => (node as Sequence).valueBlock.value;
  const signedData = parts(parts(fromBER(new Uint8Array(bytes), bounds).result)[1])[0];
  const content = parts(parts(parts(signedData)[2])[1])[0] as OctetString;
  const list = fromBER(content.getValue(), bounds).result;
  return parts(parts(list)[1]).map(counted);
}

function census(): Census {
  const all = certificatesIn(realData(listFile));
  const answers = all.map((certificate) => {
    const found = possibleIssuers(certificate, all).map((issuer) => verifiedBy(certificate, issuer));
    const told = (['verified', 'cannot tell', 'not verified'] as const).find((answer) => found.includes(answer));
    return [certificate, told ?? 'not verified'] as const;
  });
  return { all, answers: new Map(answers) };
}

describeWithRealData('the German list counted by other libraries', () => {
  let all: Census['all'] = [];
  let answers: Census['answers'] = new Map();
  beforeAll(() => {
    ({ all, answers } = census());
  });

  it('has as many certificates, countries, self-issued ones and links', async () => {
    const { counts } = countCertificates((await germanList()).certificates, today);
    expect(counts).toMatchObject({
      certificates: all.length,
      countries: new Set(all.map(({ country }) => country)).size,
      selfIssued: all.filter(({ selfIssued }) => selfIssued).length,
      links: all.filter(({ selfIssued }) => !selfIssued).length,
    });
    expect([all.length, counts.countries, counts.selfIssued, counts.links]).toEqual([588, 112, 504, 84]);
  });

  it('has as many that verify, and the same orphans by country and year', async () => {
    const { counts, orphans } = countCertificates((await germanList()).certificates, today);
    const count = (wanted: Answer): number => [...answers.values()].filter((answer) => answer === wanted).length;
    const told = { verified: count('verified'), cannotTell: count('cannot tell'), not: count('not verified') };
    expect(told).toEqual({ verified: counts.verified, cannotTell: 0, not: counts.orphans });
    const theirs = [...answers]
      .filter(([, answer]) => answer === 'not verified')
      .map(([{ country, year, fingerprint }]) => `${country} ${year} ${fingerprint}`);
    expect(theirs.sort()).toEqual(orphans.map((each) => `${each.country} ${each.year} ${each.fingerprint}`).sort());
  });
});
