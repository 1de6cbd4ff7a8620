import { Enumerated } from 'asn1js';
import { CertificateRevocationList, type Extension, Extensions, RevokedCertificate } from 'pkijs';
import { addDays, type PlainDate, partsOf } from '../../result/plain-date.ts';
import { bitString, encoded, integer } from './asn1.ts';
import { authorityKeyIdentifier, extension, issuerAlternativeName } from './certificate-extensions.ts';
import { serialNumber } from './certificates.ts';
import { type CountrySigner, countrySigners } from './country-signers.ts';
import { type DocumentSigner, type DocumentSignerId, documentSigners } from './document-signers.ts';
import { documentSignerCertificate } from './issuers.ts';
import { issuingKey } from './issuing-keys.ts';
import { distinguishedName } from './names.ts';
import { signatureAlgorithm, signWith } from './signature-algorithms.ts';
import { time } from './times.ts';

const version2 = 1;
/** 9303-12 §4.1.5: the next list comes within 90 days. */
const daysToNext = 90;
const revokedDaysBefore = 20;
/** CRLReason (RFC 5280 §5.3.1). */
const keyCompromise = 1;

const signerIds = Object.keys(documentSigners) as DocumentSignerId[];

// 9303-12 §4.1.5: one list for all keys of an authority, signed by one of them. Of one name are the certificates of one.
function speakers(): readonly CountrySigner[] {
  const { 'csca-unknown': _unknown, ...believed } = countrySigners;
  const byName = new Map<string, CountrySigner>();
  for (const signer of Object.values<CountrySigner>(believed))
    if (!byName.has(signer.authority.commonName)) byName.set(signer.authority.commonName, signer);
  return [...byName.values()];
}

function revokedBy({ authority }: CountrySigner, thisUpdate: PlainDate): RevokedCertificate[] {
  const revoked = signerIds.filter((id) => {
    const signer: DocumentSigner = documentSigners[id];
    const issuer: CountrySigner = countrySigners[signer.issuer];
    return signer.revoked === true && issuer.authority.commonName === authority.commonName;
  });
  return revoked.map((id) => {
    // Its number is the same whenever its documents were issued.
    const certificate = documentSignerCertificate(id, thisUpdate, thisUpdate);
    return new RevokedCertificate({
      userCertificate: integer(serialNumber(certificate)),
      revocationDate: time(addDays(thisUpdate, -revokedDaysBefore)),
      crlEntryExtensions: new Extensions({
        extensions: [extension('2.5.29.21', new Enumerated({ value: keyCompromise }))],
      }),
    });
  });
}

function listOf(signer: CountrySigner, thisUpdate: PlainDate): Uint8Array {
  const { year, month } = partsOf(thisUpdate);
  const key = issuingKey(signer.key);
  const algorithm = signatureAlgorithm(signer.scheme);
  const revoked = revokedBy(signer, thisUpdate);
  const extensions: Extension[] = [
    authorityKeyIdentifier(key),
    issuerAlternativeName(signer.authority),
    extension('2.5.29.20', integer(year * 12 + month)),
  ];
  const list = new CertificateRevocationList({
    version: version2,
    signature: algorithm,
    issuer: distinguishedName(signer.authority),
    thisUpdate: time(thisUpdate),
    nextUpdate: time(addDays(thisUpdate, daysToNext)),
    // RFC 5280 §5.1.2.6: left out where nobody is revoked.
    ...(revoked.length === 0 ? {} : { revokedCertificates: revoked }),
    crlExtensions: new Extensions({ extensions }),
    signatureAlgorithm: algorithm,
  });
  const [unsigned] = list.toSchema(true).valueBlock.value;
  if (unsigned === undefined) throw new RangeError('a list without content');
  const toBeSigned = encoded(unsigned);
  list.tbs = toBeSigned.buffer;
  list.signatureValue = bitString(signWith(key, signer.scheme, toBeSigned));
  return encoded(list.toSchema());
}

let issued: { readonly date: PlainDate; readonly lists: readonly Uint8Array[] } | null = null;

/**
 * The revocation lists (DER) of the specimens' authorities as dated that day, by the profile of 9303-12 §7.1.4: one for each
 * name that training believes. The same day gives the same bytes.
 */
export function revocationLists(date: PlainDate): readonly Uint8Array[] {
  if (issued?.date !== date) issued = { date, lists: speakers().map((signer) => listOf(signer, date)) };
  return issued.lists.map((list) => list.slice());
}
