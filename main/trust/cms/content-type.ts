import { decodeTlv } from '../../document/tlv.ts';
import type { PassiveAuthenticationInput } from '../types.ts';
import { tag } from '../x509/asn1-values.ts';
import { oid } from '../x509/object-identifiers.ts';
import { parseLdsSecurityObject } from './lds-security-object.ts';

/**
 * How the eContentType of a security object fits the file that it lies in (9303-10 §4.6.2.3, 9303-11 §9.2.11).
 * `known deviation`: this state's documents are known to be so. `deviation`: the content is what it should be and only its
 * name is not. `other`: signed for another purpose, or as content that this file cannot have.
 */
export type ContentTypeStanding = 'right' | 'known deviation' | 'deviation' | 'other';

type Kind = PassiveAuthenticationInput['kind'];

const right: Readonly<Record<Kind, readonly string[]>> = {
  'EF.SOD': [oid.ldsSecurityObject, oid.oldLdsSecurityObject],
  'EF.CardSecurity': [oid.cardSecurityObject],
};

// Seen in genuine documents: China writes id-data (gmrtd commit 0184941), the Dutch producer Sdu an identifier of its own
// (gmrtd#425, after JMRTD). By the country of the signer's issuer, which the path proves.
const knownDeviations: Readonly<Record<string, readonly string[]>> = {
  [oid.data]: ['CN'],
  [oid.sduSecurityObject]: ['NL'],
};

// ICAO's security mechanisms, BSI's protocols, PKCS #7 and S/MIME: there an identifier says what a thing is, and what a key
// has signed as one thing must not pass for another.
const purposes = ['2.23.136.1.1.', '0.4.0.127.0.7.', '1.2.840.113549.1.7.', '1.2.840.113549.1.9.16.'];

/** `country`: of the signer's issuer, upper case; null where no signer is known. */
export function contentTypeStanding(
  kind: Kind,
  { contentType, content }: { readonly contentType: string; readonly content: Uint8Array },
  country: string | null,
): ContentTypeStanding {
  if (right[kind].includes(contentType)) return 'right';
  const named = contentType !== oid.data && purposes.some((arc) => contentType.startsWith(arc));
  if (named || !isContentOf(kind, content)) return 'other';
  const known = kind === 'EF.SOD' && country !== null && knownDeviations[contentType]?.includes(country) === true;
  return known ? 'known deviation' : 'deviation';
}

// The name says nothing here, so the content must say it: an LDSSecurityObject, or the SET of SecurityInfos.
function isContentOf(kind: Kind, content: Uint8Array): boolean {
  try {
    if (kind === 'EF.CardSecurity') return decodeTlv(content).tag === tag.set;
    parseLdsSecurityObject(content);
    return true;
  } catch {
    return false;
  }
}
