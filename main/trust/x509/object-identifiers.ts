/** Object identifiers that this room reads (9303-10, 9303-12, RFC 5652, RFC 5280, RFC 4055, RFC 5758, TR-03111). */
export const oid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  /** RFC 6211. */
  algorithmProtection: '1.2.840.113549.1.9.52',

  ldsSecurityObject: '2.23.136.1.1.1',
  /** Of documents made before ICAO had an arc of its own (BE, FR). */
  oldLdsSecurityObject: '1.3.27.1.1.1',
  /** The producer Sdu's own, in Dutch documents. */
  sduSecurityObject: '1.2.528.1.1006.1.20.1',
  /** EF.CardSecurity (9303-11 §9.2.11, TR-03110-3 A.1.2.5). */
  cardSecurityObject: '0.4.0.127.0.7.3.2.1',
  masterList: '2.23.136.1.1.2',
  masterListSigner: '2.23.136.1.1.3',
  documentType: '2.23.136.1.1.6.2',
  deviationList: '2.23.136.1.1.7',
  deviationListSigner: '2.23.136.1.1.8',
  /** TR-03129-2 §7. */
  defectList: '0.4.0.127.0.7.3.1.5',

  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  privateKeyUsagePeriod: '2.5.29.16',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',

  revocationListNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaRevocationList: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  revocationDistributionPoints: '2.5.29.31',

  rsaEncryption: '1.2.840.113549.1.1.1',
  mgf1: '1.2.840.113549.1.1.8',
  rsassaPss: '1.2.840.113549.1.1.10',
  ecPublicKey: '1.2.840.10045.2.1',
  /** RFC 3279 §2.3.2. */
  dsa: '1.2.840.10040.4.1',
} as const;
