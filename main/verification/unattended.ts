import { type Purpose, purposes } from './purposes.ts';
import type { Policy } from './types.ts';

/** What training offers at a kiosk whatever the policies say: nothing comes of it. */
const inTraining: readonly Purpose[] = ['renew-bankid', 'replace-device'];

/** The purposes that a person may begin with nobody of the bank beside them, in the order of purposes. */
export function purposesUnattended(policyOf: (purpose: Purpose) => Policy, training: boolean): readonly Purpose[] {
  return purposes.filter(
    (purpose) => (training && inTraining.includes(purpose)) || policyOf(purpose).unattended === 'begun',
  );
}
