import { decodeTlv, readTlvHeader } from '../../document/tlv.ts';
import { asFailure } from '../../result/failure.ts';
import type { ImportRemark } from '../types.ts';
import { tag } from './asn1-values.ts';
import { parseName } from './distinguished-name.ts';
import { fingerprintOf } from './fingerprint.ts';

const longestSubject = 300;

/** What can be read of a certificate that cannot be read as a whole; each empty where that is nothing. */
export interface ReadableNames {
  readonly country: string;
  /** Of the subject, or else of the issuer. */
  readonly subject: string;
}

/**
 * Whose a malformed certificate is by its own word (RFC 5280 §4.1): its fields are walked one by one, so that a broken one
 * hides none before it. Never throws.
 */
export function readableNames(bytes: Uint8Array): ReadableNames {
  // [0] version, serial number, algorithm, issuer, validity, subject.
  const fields = fieldsOf(bytes);
  const [, , issuer, , subject] = fields[0]?.[0] === 0xa0 ? fields.slice(1) : fields;
  const names = [subject, issuer].map(nameOrNull);
  const country = names.find((name) => name !== null && name.country !== '')?.country ?? '';
  const text = names.find((name) => name !== null && name.text !== '')?.text ?? '';
  return { country, subject: text.slice(0, longestSubject) };
}

function fieldsOf(bytes: Uint8Array): readonly Uint8Array[] {
  const fields: Uint8Array[] = [];
  try {
    const body = inside(inside(bytes));
    for (let at = 0; at < body.length && fields.length < 6; ) {
      const header = readTlvHeader(body, at);
      if (header === null || header.length === null) break;
      const end = at + header.headerLength + header.length;
      fields.push(body.subarray(at, end));
      at = end;
    }
  } catch {
    // What was read before it stands.
  }
  return fields;
}

function inside(bytes: Uint8Array): Uint8Array {
  const header = readTlvHeader(bytes);
  if (header === null || header.tag !== tag.sequence) return new Uint8Array();
  return bytes.subarray(header.headerLength, header.length === null ? undefined : header.headerLength + header.length);
}

function nameOrNull(field: Uint8Array | undefined): ReturnType<typeof parseName> | null {
  try {
    return field === undefined ? null : parseName(decodeTlv(field));
  } catch {
    return null;
  }
}

/** Remarks that a certificate was not taken, under what can be read of its names. */
export function refusedCertificate(der: Uint8Array, thrown: unknown): ImportRemark {
  return { ...readableNames(der), fingerprint: fingerprintOf(der), code: asFailure(thrown).code };
}
