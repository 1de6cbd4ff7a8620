import { addYears, type PlainDate } from '../../result/plain-date.ts';

export type Validity = 'valid' | 'expiring' | 'expired' | 'not-yet';

/** How a certificate's time stands on a day; `expiring`: its last day lies within the next twelve months. */
export function validityOf(
  { notBefore, notAfter }: { readonly notBefore: PlainDate; readonly notAfter: PlainDate },
  day: PlainDate,
): Validity {
  if (notAfter < day) return 'expired';
  if (notBefore > day) return 'not-yet';
  return notAfter <= addYears(day, 1) ? 'expiring' : 'valid';
}
