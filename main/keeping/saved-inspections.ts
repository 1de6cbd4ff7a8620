import { checkEvidence } from '../inspection/check-evidence.ts';
import type { InspectionEvidence } from '../inspection/evidence.ts';
import { readEvidenceFiles } from '../inspection/evidence-files.ts';
import type { Inspection } from '../inspection/types.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { Station, Store } from '../store/types.ts';
import type { Verdict } from '../verification/types.ts';
import { judge } from '../verification/verdict.ts';
import { asTrusted, judgingBasis } from './judging-basis.ts';
import type { PoliciesInForce } from './policies/policies-in-force.ts';
import { type LooseFiles, withChipLines } from './saved-files.ts';
import { judgeSavedInspection, savedInspection } from './saved-inspection.ts';
import { knownStationKeys } from './station-keys.ts';

/** The day to judge for, and whether it is the clock's or one that a person states. */
export interface JudgedDay {
  readonly at: PlainDate;
  readonly day: 'clock' | 'stated';
}

/** What was read of chips and saved, judged by what the station believes now: no reader and no worker is needed. */
export interface SavedInspections {
  /**
   * The files of an inspection that is to be kept, by name. `sealedBy` is the public key of the station's seal over them; null
   * where the folder is locked: then they are without one.
   */
  readonly seal: (evidence: InspectionEvidence) => {
    readonly files: ReadonlyMap<string, Uint8Array>;
    readonly sealedBy: Uint8Array | null;
  };
  /** Judges loose files of a chip. */
  readonly judgeFiles: (loose: LooseFiles, on: JudgedDay) => Promise<Inspection>;
  /** Judges a saved inspection as one, as `judgeSavedInspection`. */
  readonly judge: (saved: ReadonlyMap<string, Uint8Array>, on: JudgedDay) => Promise<Inspection>;
  /** The day that a saved inspection says it was made for; null where the folder does not say. Sealed only where `judge` finds so. */
  readonly madeFor: (saved: ReadonlyMap<string, Uint8Array>) => PlainDate | null;
  /** The verdict on a document alone, by the policy `document`. Fails as `PoliciesInForce.of`. */
  readonly verdict: (inspection: Pick<Inspection, 'checks' | 'specimen'>) => Verdict;
}

/** Saved inspections at the station of an open data folder; `station` is null while it is locked. */
export function savedInspections(
  store: Store,
  station: () => Station | null,
  { policies, now }: { readonly policies: PoliciesInForce; readonly now: () => string },
): SavedInspections {
  const trusted = (inspection: Inspection): Inspection => ({
    ...inspection,
    checks: asTrusted(store, inspection.checks),
  });
  const basis = (day: JudgedDay['day']) => judgingBasis(store, day === 'stated' ? null : now());
  return {
    seal: (evidence) => {
      const signer = station();
      return { files: savedInspection(evidence, signer), sealedBy: signer?.publicKey ?? null };
    },
    judgeFiles: async (loose, { at, day }) => {
      const page = loose.page === null ? {} : { page: loose.page };
      const evidence = { files: withChipLines(loose), facts: null, ...page };
      return trusted(await checkEvidence(evidence, { at, ...(await basis(day)) }));
    },
    judge: async (saved, { at, day }) => {
      const knownKeys = store.isWhole() ? knownStationKeys(store) : [];
      return trusted(await judgeSavedInspection(saved, { at, ...(await basis(day)), knownKeys }));
    },
    madeFor: (saved) => {
      try {
        return readEvidenceFiles(saved).facts?.at ?? null;
      } catch {
        return null;
      }
    },
    verdict: ({ checks, specimen }) =>
      judge(policies.of('document').policy, checks, { training: store.kind === 'training', specimen }),
  };
}
