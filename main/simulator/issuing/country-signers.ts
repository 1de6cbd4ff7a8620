import type { Authority } from './certificate-content.ts';
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
