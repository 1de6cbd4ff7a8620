import type { Tlv } from '../../document/tlv.ts';
import { toHex } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import { expectTag, oidOf, tag, textOf } from './asn1-values.ts';

/** A Name (RFC 5280 §4.1.2.4), as people read it and as names are compared. */
export interface DistinguishedName {
  /** In the order of RFC 4514: the last component first. */
  readonly text: string;
  /** Equal for names that mean the same: order, string type, case and white space do not count. */
  readonly key: string;
  /**
   * countryName in upper case, two or three letters; empty where there is none, where it is none, or where two differ: such a
   * name says of nobody whose it is.
   */
  readonly country: string;
  /** localityName in upper case, the first one; empty where there is none. */
  readonly locality: string;
}

// RFC 4514 §3 and, for what that table lacks, RFC 4519.
const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};
const countryName = '2.5.4.6';
const localityName = '2.5.4.7';

// Names come from chips and are shown and recorded: nothing that hides or turns the text around, and no novels.
const maximumValueLength = 1_024;

// Most values have nothing to escape and are as they are compared but for their case: one look tells it.
const plain = /^[A-Za-z0-9](?:[A-Za-z0-9.()_/:-]| (?! |$))*$/;

function escaped(value: string): string {
  if (plain.test(value)) return value;
  return value
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd')
    .replace(/[\\,+"<>;=]/g, '\\$&')
    .replace(/^[ #]| $/g, '\\$&');
}

function normalised(value: string): string {
  if (plain.test(value)) return value.toLowerCase();
  return value.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

// 9303-12 §7.1.1.2: one countryName, of two letters; three are met. Which of two counts must not depend on who reads it, and
// what is no code stands in tables and pages where one is expected.
function onlyCountry(countries: readonly string[]): string {
  const [first = ''] = countries;
  return /^[A-Z]{2,3}$/.test(first) && countries.every((country) => country === first) ? first : '';
}

/** Reads a Name. Fails with `tlv.malformed`. */
export function parseName(node: Tlv | undefined): DistinguishedName {
  const components = expectTag(node, tag.sequence, 'name').children.map((set) => {
    const pairs = expectTag(set, tag.set, 'name').children.map((pair) => {
      const [type, value] = expectTag(pair, tag.sequence, 'name').children;
      if (value === undefined || value.value.length > maximumValueLength)
        throw new Failure('tlv.malformed', { reason: 'name' });
      return { type: oidOf(type), value: value.constructed ? toHex(value.raw) : textOf(value) };
    });
    return pairs;
  });
  const all = components.flat();
  return {
    text: components
      .map((pairs) => pairs.map(({ type, value }) => `${shortNames[type] ?? type}=${escaped(value)}`).join('+'))
      .reverse()
      .join(','),
    // JSON keeps the parts apart whatever characters they hold.
    key: JSON.stringify(all.map(({ type, value }) => [type, normalised(value)].join('=')).sort()),
    country: onlyCountry(all.filter(({ type }) => type === countryName).map(({ value }) => value.trim().toUpperCase())),
    locality: (all.find(({ type }) => type === localityName)?.value ?? '').trim().toUpperCase(),
  };
}
