import type { HashName } from '../../crypto/hash.ts';
import type { CountrySignerId } from './country-signers.ts';
import type { IssuingKeyId, SignatureScheme } from './issuing-keys.ts';

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
  /** Its key is known to others: its authority's list names its one certificate, whenever its documents were issued. */
  readonly revoked?: true;
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
  'ds-se-revoked': {
    issuer: 'csca-se',
    key: 'ds-se-revoked',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
    revoked: true,
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
