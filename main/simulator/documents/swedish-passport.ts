import { accepted, both, pace, type TravelDocument } from './travel-document.ts';

/**
 * What most Swedish specimens have in common. The optional data hold the personal number as on the published specimen of
 * the Swedish identity card; that the passport does the same, and every PACE parameter, is assumed.
 */
export const swedishPassport = {
  kind: 'travel document',
  format: 'TD3',
  issuer: 'SWE',
  withPersonalNumber: true,
  can: null,
  term: { issuedDaysAgo: 400, years: 5 },
  signer: 'ds-se',
  hash: 'SHA-256',
  details: true,
  version: 'V1',
  basicAccessControl: true,
  pace: pace('AES-128', 13),
  extendedLength: { maxCommand: 4096, maxResponse: 16_384 },
  forgery: null,
  leavesField: false,
  chipAuthentication: [{ domain: 'brainpoolP256r1', ciphers: ['AES-128'], form: 'explicit' }],
  expected: both(accepted),
} as const satisfies Partial<TravelDocument>;
