import type { InspectionEvidence } from './evidence.ts';
import type { Inspection } from './types.ts';

/**
 * An inspection as it is judged now: every check made again from its evidence. What the reading cost and the portrait that
 * staff compared stay as they were; an inspection that left no evidence stays as it is.
 */
export async function judgeAgain(
  inspection: Inspection,
  judge: (evidence: InspectionEvidence) => Promise<Inspection>,
): Promise<Inspection> {
  if (inspection.evidence === undefined) return inspection;
  const { document, checks, mrz, details, specimen } = await judge(inspection.evidence);
  return { ...inspection, document, checks, mrz, details, specimen };
}
