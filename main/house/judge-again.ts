import { checkEvidence } from '../inspection/check-evidence.ts';
import type { Inspection } from '../inspection/types.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { StationTime, TrustLookup } from '../trust/types.ts';

/**
 * An inspection as it is judged now: every check made again from its evidence. What the reading cost and the portrait that
 * staff compared stay as they were; an inspection that left no evidence stays as it is.
 */
export async function judgeAgain(
  inspection: Inspection,
  around: { readonly at: PlainDate; readonly time: StationTime; readonly trust: TrustLookup },
): Promise<Inspection> {
  if (inspection.evidence === undefined) return inspection;
  const { document, checks, mrz, details, specimen } = await checkEvidence(inspection.evidence, around);
  return { ...inspection, document, checks, mrz, details, specimen };
}
