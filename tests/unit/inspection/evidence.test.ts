import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { checkEvidence } from '../../../main/inspection/check-evidence.ts';
import { evidenceFiles, factsFile, readEvidenceFiles } from '../../../main/inspection/evidence-files.ts';
import { factsSchema } from '../../../main/inspection/evidence-schema.ts';
import type { Inspection } from '../../../main/inspection/types.ts';
import { concat } from '../../../main/result/bytes.ts';
import { canonicalBytes } from '../../../main/result/canonical-json.ts';
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

  it('is written in the canonical form of RFC 8785', async () => {
    const { inspection } = await inspectSpecimen({ id: 'se-passport', trust });
    const document = saved(inspection).get(factsFile) ?? new Uint8Array();
    const json = JSON.parse(new TextDecoder().decode(document));
    expect(json).toMatchObject({ format: 'styrk-inspection', version: 2 });
    expect(canonicalBytes(json)).toEqual(document);
  });

  // As it was saved before: without a version, the fields in the order of the code.
  it('is read in its first form too, with any byte changed found', async () => {
    const { inspection } = await inspectSpecimen({ id: 'se-passport', trust });
    const files = saved(inspection);
    const { facts, files: digests } = JSON.parse(new TextDecoder().decode(files.get(factsFile)));
    const inOrder = v.parse(factsSchema, facts);
    const utf8 = (value: object) => new TextEncoder().encode(JSON.stringify(value));
    const digest = createHash('sha256')
      .update(utf8({ facts: inOrder, files: digests }))
      .digest('hex');
    const first = utf8({ facts: inOrder, files: digests, digest });
    const read = (document: Uint8Array) => readEvidenceFiles(new Map(files).set(factsFile, document));
    expect(read(first)).toEqual(readEvidenceFiles(files));
    expect(codeOf(() => read(concat(first, Uint8Array.of(0x20))))).toBe('evidence.changed');
    expect(codeOf(() => read(utf8({ files: digests, facts: inOrder, digest })))).toBe('evidence.changed');
    // No text of Unicode, and so without a canonical form.
    const lone = { code: 'access.pace-failed', fields: { reason: '\ud800' } };
    const whole = { format: 'styrk-inspection', version: 2, facts: { ...inOrder, paceFailure: lone }, files: digests };
    expect(codeOf(() => read(utf8({ ...whole, digest })))).toBe('evidence.malformed');
  });

  it.each(['', '{}', 'null', '[]', '{"facts":1}'])('nonsense is named: %s', (text) => {
    const nonsense = new Map([[factsFile, new TextEncoder().encode(text)]]);
    expect(codeOf(() => readEvidenceFiles(nonsense))).toBe('evidence.malformed');
  });
});
