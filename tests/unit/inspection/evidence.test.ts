import { describe, expect, it } from 'vitest';
import { checkEvidence } from '../../../main/inspection/check-evidence.ts';
import { evidenceFiles, factsFile, readEvidenceFiles } from '../../../main/inspection/evidence-files.ts';
import type { Inspection } from '../../../main/inspection/types.ts';
import { Failure } from '../../../main/result/failure.ts';
import { listSpecimens } from '../../../main/simulator/documents/list-specimens.ts';
import { extended, inspectSpecimen, today, trainingTrust } from './bench-of-specimens.ts';

const trust = await trainingTrust();

function saved(inspection: Inspection): Map<string, Uint8Array> {
  if (inspection.evidence === undefined) throw new Error('no evidence');
  return new Map(evidenceFiles(inspection.evidence));
}

function codeOf(read: () => unknown): string | null {
  try {
    read();
    return null;
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown.code;
    throw thrown;
  }
}

describe('an inspection that was saved', () => {
  it.each(listSpecimens(today))('$id: the same checks again, without the chip', async ({ id }) => {
    const { inspection } = await inspectSpecimen({ id, limits: extended, trust });
    const again = await checkEvidence(readEvidenceFiles(saved(inspection)), { at: today, trust });
    expect(again.checks).toEqual(inspection.checks);
    expect({ ...again, evidence: null, resume: null, lengths: null }).toEqual({
      ...inspection,
      evidence: null,
      resume: null,
      lengths: null,
    });
  });

  it('one that was torn off', async () => {
    for (const last of [1, 4, 8, 10, 13]) {
      const answer = (_command: Uint8Array, number: number) => {
        if (number >= last) throw new Failure('card.removed');
        return null;
      };
      const { inspection } = await inspectSpecimen({ id: 'se-passport', answer, trust });
      const again = await checkEvidence(readEvidenceFiles(saved(inspection)), { at: today, trust });
      expect(again.checks).toEqual(inspection.checks);
    }
  });

  it('any changed, missing or cut file is found', async () => {
    const { inspection } = await inspectSpecimen({ id: 'se-passport', trust });
    const files = saved(inspection);
    expect([...files.keys()]).toContain(factsFile);
    for (const [name, bytes] of files) {
      const step = Math.max(1, Math.floor(bytes.length / 40));
      for (let at = 0; at < bytes.length; at += step) {
        const changed = bytes.slice();
        changed[at] = (changed[at] ?? 0) ^ 1;
        expect(codeOf(() => readEvidenceFiles(new Map(files).set(name, changed)))).toMatch(/^evidence\./);
      }
      expect(codeOf(() => readEvidenceFiles(new Map(files).set(name, bytes.slice(1))))).toMatch(/^evidence\./);
      const without = new Map(files);
      without.delete(name);
      expect(codeOf(() => readEvidenceFiles(without))).toMatch(/^evidence\./);
    }
  });

  it.each(['', '{}', 'null', '[]', '{"facts":1}'])('nonsense is named: %s', (text) => {
    const nonsense = new Map([[factsFile, new TextEncoder().encode(text)]]);
    expect(codeOf(() => readEvidenceFiles(nonsense))).toBe('evidence.malformed');
  });
});
