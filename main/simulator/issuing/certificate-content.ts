import type { PlainDate } from '../../result/plain-date.ts';
import type { IssuingKey, SignatureScheme } from './issuing-keys.ts';

/** Who a certificate speaks of. */
export interface Authority {
  /** countryName, two upper-case letters. */
  readonly country: string;
  /** The code of the MRZ, as localityName of the alternative names (9303-12 §7.1.1.2). */
  readonly state: string;
  readonly commonName: string;
}

/** What a certificate says, and who signs it how. */
export interface CertificateContent {
  readonly subject: Authority;
  readonly issuer: Authority;
  readonly key: IssuingKey;
  readonly issuerKey: IssuingKey;
  readonly scheme: SignatureScheme;
  readonly parameters: 'explicit' | 'named';
  readonly notBefore: PlainDate;
  readonly notAfter: PlainDate;
  /** The end of the time in which the key signs (RFC 3280 §4.2.1.4). */
  readonly signsUntil: PlainDate;
  readonly kind: 'CSCA' | 'document signer';
  /** The document codes that a document signer may sign; null where its certificate does not say. */
  readonly documentCodes: readonly string[] | null;
  readonly documentTypesForm: 'standard' | 'bare';
  /** Numbered without its day: the same number whenever it was issued. */
  readonly oneNumber?: boolean;
}
