import type { CheckId, CheckResult } from '../../../main/result/check.ts';
import type { ConformanceDocument } from './document.ts';
import { type Run, runInspection } from './run.ts';

/** One document of a case, where a case has several. */
export interface Variant {
  /** What this one is, in few words; empty where there is only one. */
  readonly name: string;
  readonly document: () => ConformanceDocument;
  /** What the plan looks at besides the verdict, on the command side: null where all is well. */
  readonly observe?: (runs: readonly Run[]) => string | null;
  /** How often the document is inspected; once unless said otherwise. */
  readonly times?: number;
}

/** What is tried in a case, in our own words, and the documents that it takes. */
export interface Case {
  readonly title: string;
  readonly variants: readonly Variant[];
}

export type CaseTable = Readonly<Record<string, Case>>;

/** What came of a variant. */
export interface VariantResult {
  readonly name: string;
  readonly verdict: 'accept' | 'reject';
  readonly reasons: readonly string[];
}

/** What came of a case: the one verdict of all its variants, or that they differ. */
export interface CaseResult {
  readonly got: 'accept' | 'reject' | 'mixed';
  readonly variants: readonly VariantResult[];
}

async function runVariant(variant: Variant): Promise<VariantResult> {
  const document = variant.document();
  const runs: Run[] = [];
  for (let count = 0; count < (variant.times ?? 1); count++) runs.push(await runInspection(document));
  const failed = runs.find(({ verdict }) => verdict === 'reject');
  const observed = variant.observe?.(runs) ?? null;
  const reasons = [...(failed?.reasons ?? []), ...(observed === null ? [] : [observed])];
  return { name: variant.name, verdict: failed === undefined && observed === null ? 'accept' : 'reject', reasons };
}

/** Runs every variant of a case through the inspection. */
export async function runCase({ variants }: Case): Promise<CaseResult> {
  const results: VariantResult[] = [];
  for (const variant of variants) results.push(await runVariant(variant));
  const verdicts = new Set(results.map(({ verdict }) => verdict));
  const [only] = verdicts;
  return { got: verdicts.size === 1 && only !== undefined ? only : 'mixed', variants: results };
}

/** A case with one document. */
export function one(title: string, document: () => ConformanceDocument, observe?: Variant['observe']): Case {
  return { title, variants: [{ name: '', document, ...(observe === undefined ? {} : { observe }) }] };
}

/** A case with several documents by name. */
export function several(
  title: string,
  documents: Readonly<Record<string, () => ConformanceDocument>>,
  observe?: Variant['observe'],
): Case {
  const watched = observe === undefined ? {} : { observe };
  return { title, variants: Object.entries(documents).map(([name, document]) => ({ name, document, ...watched })) };
}

/** Observes that a check came out so in every run: the verdict alone would not tell by what it was reached. */
export function finding(id: CheckId, result: CheckResult): NonNullable<Variant['observe']> {
  return (runs) => {
    const found = runs.map(({ inspection }) => inspection.checks.find((check) => check.id === id)?.result);
    const other = found.find((each) => each !== result);
    return found.every((each) => each === result) ? null : `${id}: ${other ?? 'absent'}`;
  };
}
