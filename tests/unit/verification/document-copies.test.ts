import { describe, expect, it } from 'vitest';
import type { FileName } from '../../../main/chip/files.ts';
import { copiesFor } from '../../../main/verification/document-copies.ts';

/* AMLR 2024/1624 art. 77(1): copies of documents and information, not redacted; only where the policy says so. */
describe('copies of a document', () => {
  const read = (files: Readonly<Record<string, number>>) => ({
    evidence: {
      files: new Map(Object.entries(files).map(([name, length]) => [name as FileName, new Uint8Array(length).fill(7)])),
      facts: null as never,
    },
  });
  const policy = (keep: 'copy' | 'reference' | 'none', holder: 'on-file' | 'nobody' = 'on-file') => ({
    retention: { keep, years: 5 },
    holder,
  });

  it('hold each file as it was read, where the policy says copy', () => {
    const { copies } = copiesFor(policy('copy'), read({ 'EF.DG1': 3, 'EF.SOD': 2 }));
    expect(copies).toEqual({ files: { 'EF.SOD': 'Bwc=', 'EF.DG1': 'BwcH' }, left: [] });
  });

  it.each([
    ['reference', policy('reference')],
    ['none', policy('none')],
    ['nobody is meant', policy('copy', 'nobody')],
    ['nothing is said', { retention: null, holder: 'on-file' as const }],
  ])('are none: %s', (_, said) => {
    expect(copiesFor(said, read({ 'EF.DG1': 3 }))).toEqual({});
    expect(copiesFor(policy('copy'), null)).toEqual({});
  });

  it('that are too large for a record are named', () => {
    const { copies } = copiesFor(policy('copy'), read({ 'EF.DG11': 500_000, 'EF.DG2': 200_000, 'EF.DG1': 90 }));
    expect([Object.keys(copies?.files ?? {}), copies?.left]).toEqual([['EF.DG1', 'EF.DG2'], ['EF.DG11']]);
  });
});
