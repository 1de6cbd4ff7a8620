import type { CurveName } from '../../crypto/curves.ts';
import { swedishPassport } from './swedish-passport.ts';
import { abroad, accepted, type TravelDocument } from './travel-document.ts';

/** Chip authentication with AES-128 on a curve in explicit form. */
export const ecdh = (curve: CurveName) => [{ domain: curve, ciphers: ['AES-128'], form: 'explicit' }] as const;

/** What most foreign specimens have in common. */
export const foreign = {
  ...swedishPassport,
  withPersonalNumber: false,
  term: { issuedDaysAgo: 500, years: 10 },
  details: false,
  chipAuthentication: ecdh('brainpoolP256r1'),
  expected: abroad(accepted),
} as const satisfies Partial<TravelDocument>;

/** Before PACE. */
export const basicAccessAlone = { pace: [], basicAccessControl: true, chipAuthentication: [] } as const;
