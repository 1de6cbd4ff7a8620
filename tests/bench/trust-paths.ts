import { decodeTlv } from '../../main/document/tlv.ts';
import type { PlainDate } from '../../main/result/plain-date.ts';
import { parseSignedData } from '../../main/trust/cms/cms.ts';
import { findIssuer } from '../../main/trust/path/path.ts';
import type { TrustLookup } from '../../main/trust/types.ts';
import { type Certificate, isSignedBy, parseCertificate, publicKeyOf } from '../../main/trust/x509/certificate.ts';

const runs = 25;

/** What finding the issuer of a document's signer costs, in milliseconds (medians). */
export interface PathFigures {
  /** Names of the documents whose path was found. */
  readonly documents: readonly string[];
  /** Of the document that takes longest: all of the search, the one signature in it that fits, and what is left. */
  readonly searchMillis: number;
  readonly signatureMillis: number;
  readonly onTopMillis: number;
  readonly onTopByDocument: Readonly<Record<string, number>>;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** The first certificate of a security object: an EF.SOD is wrapped in tag 77, EF.CardSecurity is not. */
export function signerOf(securityObject: Uint8Array): Certificate {
  const node = decodeTlv(securityObject);
  const [der] = parseSignedData(
    node.tag === 0x77 ? (node.children[0]?.raw ?? new Uint8Array()) : node.raw,
  ).certificates;
  if (der === undefined) throw new Error('a security object without certificates');
  return parseCertificate(der);
}

/**
 * Finds the issuer of each signer. Keys that are tried and do not fit are part of the search, so that what is on top of the
 * signature that fits is told too high rather than too low.
 */
export async function benchPaths(
  signers: ReadonlyMap<string, Certificate>,
  trust: TrustLookup,
  at: PlainDate,
): Promise<PathFigures> {
  const figures: { name: string; search: number; signature: number; onTop: number }[] = [];
  for (const [name, signer] of signers) {
    const searches: number[] = [];
    const signatures: number[] = [];
    for (let run = 0; run < runs; run++) {
      const begun = performance.now();
      const path = await findIssuer(signer, trust, at);
      searches.push(performance.now() - begun);
      if (path.result !== 'successful') throw new Error(`${name}: ${path.code}`);
      const key = publicKeyOf(path.issuer.certificate);
      const verifying = performance.now();
      if (!isSignedBy(signer, key)) throw new Error(`${name}: not signed by its issuer`);
      signatures.push(performance.now() - verifying);
    }
    const [search, signature] = [median(searches), median(signatures)];
    figures.push({ name, search, signature, onTop: Math.max(0, search - signature) });
  }
  const [slowest] = figures.toSorted((a, b) => b.onTop - a.onTop);
  return {
    documents: figures.map(({ name }) => name),
    searchMillis: rounded(slowest?.search ?? 0),
    signatureMillis: rounded(slowest?.signature ?? 0),
    onTopMillis: rounded(slowest?.onTop ?? 0),
    onTopByDocument: Object.fromEntries(figures.map(({ name, onTop }) => [name, rounded(onTop)])),
  };
}
