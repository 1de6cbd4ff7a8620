import type { HashName } from '../crypto/hash.ts';
import type { Authority } from './certificates.ts';
import type { IssuingKeyId, SignatureScheme } from './issuing-keys.ts';

/** A country's signing certification authority, or its only one here. */
export interface CountrySigner {
  readonly authority: Authority;
  readonly key: IssuingKeyId;
  readonly scheme: SignatureScheme;
  readonly parameters: 'explicit' | 'named';
}

const sweden = { country: 'SE', state: 'SWE', commonName: 'Styrk Specimen CSCA SE' };
const germany = { country: 'DE', state: 'D', commonName: 'Styrk Specimen CSCA DE' };

function authority(country: string, state: string): Authority {
  return { country, state, commonName: `Styrk Specimen CSCA ${country}` };
}

/** Like Sweden's own, both Swedish CSCAs have one name and different keys: only the key identifier tells them apart. */
export const countrySigners = {
  'csca-se': {
    authority: sweden,
    key: 'csca-se',
    scheme: { name: 'ECDSA', hash: 'SHA-512' },
    parameters: 'explicit',
  },
  'csca-se-rsa': {
    authority: sweden,
    key: 'csca-se-rsa',
    scheme: { name: 'RSASSA-PSS', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-de': {
    authority: germany,
    key: 'csca-de',
    scheme: { name: 'ECDSA', hash: 'SHA-384' },
    parameters: 'explicit',
  },
  'csca-unknown': {
    authority: { country: 'SE', state: 'SWE', commonName: 'Styrk Specimen Unknown CSCA SE' },
    key: 'csca-unknown',
    scheme: { name: 'ECDSA', hash: 'SHA-384' },
    parameters: 'named',
  },
  'csca-fr': {
    authority: authority('FR', 'FRA'),
    key: 'csca-fr',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-es': {
    authority: authority('ES', 'ESP'),
    key: 'csca-es',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-ua': {
    authority: authority('UA', 'UKR'),
    key: 'csca-ua',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-cn': {
    authority: authority('CN', 'CHN'),
    key: 'csca-cn',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'named',
  },
  'csca-ru': {
    authority: authority('RU', 'RUS'),
    key: 'csca-ru',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-nl': {
    authority: authority('NL', 'NLD'),
    key: 'csca-nl',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-no': {
    authority: authority('NO', 'NOR'),
    key: 'csca-no',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-it': {
    authority: authority('IT', 'ITA'),
    key: 'csca-it',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-mt': {
    authority: authority('MT', 'MLT'),
    key: 'csca-mt',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-pl': {
    authority: authority('PL', 'POL'),
    key: 'csca-pl',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-be': {
    authority: authority('BE', 'BEL'),
    key: 'csca-be',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-gr': {
    authority: authority('GR', 'GRC'),
    key: 'csca-gr',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-br': {
    authority: authority('BR', 'BRA'),
    key: 'csca-br',
    scheme: { name: 'ECDSA', hash: 'SHA-512' },
    parameters: 'explicit',
  },
  'csca-lt': {
    authority: authority('LT', 'LTU'),
    key: 'csca-lt',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'named',
  },
  'csca-sk': {
    authority: authority('SK', 'SVK'),
    key: 'csca-sk',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-ch': {
    authority: authority('CH', 'CHE'),
    key: 'csca-ch',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-nz': {
    authority: authority('NZ', 'NZL'),
    key: 'csca-nz',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-at': {
    authority: authority('AT', 'AUT'),
    key: 'csca-at',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-us': {
    authority: authority('US', 'USA'),
    key: 'csca-us',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-au': {
    authority: authority('AU', 'AUS'),
    key: 'csca-au',
    scheme: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-tr': {
    authority: authority('TR', 'TUR'),
    key: 'csca-tr',
    scheme: { name: 'RSASSA-PSS', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-ph': {
    authority: authority('PH', 'PHL'),
    key: 'csca-ph',
    scheme: { name: 'RSASSA-PSS', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-jp': {
    authority: authority('JP', 'JPN'),
    key: 'csca-jp',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-in': {
    authority: authority('IN', 'IND'),
    key: 'csca-in',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
  },
} as const satisfies Record<string, CountrySigner>;
export type CountrySignerId = keyof typeof countrySigners;

/** A document signer: whose it is, how it signs, which documents. */
export interface DocumentSigner {
  readonly issuer: CountrySignerId;
  readonly key: IssuingKeyId;
  readonly scheme: SignatureScheme;
  readonly parameters: 'explicit' | 'named';
  /** Null where the certificate has no document type list. */
  readonly documentCodes: readonly string[] | null;
  /** `bare` is a SEQUENCE of the codes without version and SET, as the Philippines have it. */
  readonly documentTypesForm?: 'standard' | 'bare';
  /** EF.SOD: the hash of the SignerInfo where it is another than that of the signature's algorithm identifier. */
  readonly digestAlgorithm?: HashName;
}

export const documentSigners = {
  'ds-se': {
    issuer: 'csca-se',
    key: 'ds-se',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-se-384': {
    issuer: 'csca-se',
    key: 'ds-se-384',
    scheme: { name: 'ECDSA', hash: 'SHA-384' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-se-512': {
    issuer: 'csca-se',
    key: 'ds-se-512',
    scheme: { name: 'ECDSA', hash: 'SHA-512' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-se-id': {
    issuer: 'csca-se',
    key: 'ds-se-id',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['I'],
  },
  'ds-se-rsa': {
    issuer: 'csca-se-rsa',
    key: 'ds-se-rsa',
    scheme: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-se-pss': {
    issuer: 'csca-se-rsa',
    key: 'ds-se-pss',
    scheme: { name: 'RSASSA-PSS', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-de': {
    issuer: 'csca-de',
    key: 'ds-de',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-unknown': {
    issuer: 'csca-unknown',
    key: 'ds-unknown',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'named',
    documentCodes: ['P'],
  },
  'ds-fr': {
    issuer: 'csca-fr',
    key: 'ds-fr',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P', 'IR'],
  },
  'ds-es': {
    issuer: 'csca-es',
    key: 'ds-es',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['I'],
  },
  'ds-ua': {
    issuer: 'csca-ua',
    key: 'ds-ua',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-cn': {
    issuer: 'csca-cn',
    key: 'ds-cn',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'named',
    documentCodes: ['P'],
  },
  'ds-ru': {
    issuer: 'csca-ru',
    key: 'ds-ru',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-nl': {
    issuer: 'csca-nl',
    key: 'ds-nl',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-no': {
    issuer: 'csca-no',
    key: 'ds-no',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-it': {
    issuer: 'csca-it',
    key: 'ds-it',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['I', 'C'],
  },
  'ds-mt': {
    issuer: 'csca-mt',
    key: 'ds-mt',
    scheme: { name: 'ECDSA', hash: 'SHA-224' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-pl': {
    issuer: 'csca-pl',
    key: 'ds-pl',
    scheme: { name: 'ECDSA', hash: 'SHA-384' },
    parameters: 'explicit',
    documentCodes: ['I'],
  },
  'ds-be': {
    issuer: 'csca-be',
    key: 'ds-be',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['I', 'P'],
  },
  'ds-gr': {
    issuer: 'csca-gr',
    key: 'ds-gr',
    scheme: { name: 'ECDSA', hash: 'SHA-384' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-br': {
    issuer: 'csca-br',
    key: 'ds-br',
    scheme: { name: 'ECDSA', hash: 'SHA-512' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-lt': {
    issuer: 'csca-lt',
    key: 'ds-lt',
    scheme: { name: 'ECDSA', hash: 'SHA-512' },
    parameters: 'named',
    documentCodes: ['P'],
    digestAlgorithm: 'SHA-256',
  },
  'ds-sk': {
    issuer: 'csca-sk',
    key: 'ds-sk',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['I'],
  },
  'ds-ch': {
    issuer: 'csca-ch',
    key: 'ds-ch',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-nz': {
    issuer: 'csca-nz',
    key: 'ds-nz',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: null,
  },
  'ds-at': {
    issuer: 'csca-at',
    key: 'ds-at',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P', 'AR', 'ID'],
  },
  'ds-us': {
    issuer: 'csca-us',
    key: 'ds-us',
    scheme: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-au': {
    issuer: 'csca-au',
    key: 'ds-au',
    scheme: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-tr': {
    issuer: 'csca-tr',
    key: 'ds-tr',
    scheme: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-ph': {
    issuer: 'csca-ph',
    key: 'ds-ph',
    scheme: { name: 'RSASSA-PSS', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
    documentTypesForm: 'bare',
  },
  'ds-jp': {
    issuer: 'csca-jp',
    key: 'ds-jp',
    scheme: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-in': {
    issuer: 'csca-in',
    key: 'ds-in',
    scheme: { name: 'ECDSA', hash: 'SHA-384' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
} as const satisfies Record<string, DocumentSigner>;
export type DocumentSignerId = keyof typeof documentSigners;
