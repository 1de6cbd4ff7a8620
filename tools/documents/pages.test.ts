import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentsPage, faultsPage } from './pages.ts';
import { policiesPage } from './policies-page.ts';

const page = (name: string): string => readFileSync(resolve(import.meta.dirname, '../../docs', name), 'utf8');

describe('pages written from the specimens (node tools/documents/write.ts)', () => {
  it('docs/documents.md says what the specimens are', () => {
    expect(page('documents.md')).toBe(documentsPage());
  });

  it('docs/faults.md says what the catalogue holds', () => {
    expect(page('faults.md')).toBe(faultsPage());
  });

  // Specimens and results against purposes: the verdict and its conditions.
  it('docs/policies-table.md says what the policies come to', () => {
    expect(page('policies-table.md')).toBe(policiesPage());
  });
});
