import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** One case of the plan, as far as the runs need it. Its words stay where they are. */
export interface PlanCase {
  readonly id: string;
  readonly unit: string;
  readonly basis: 'described' | 'title' | 'deleted';
  /** The verdict to reach, and whose it is. Null: nobody states one. */
  readonly expected: 'accept' | 'reject' | null;
  readonly statedBy: 'plan' | 'ours';
}

const folder = resolve(
  process.env.STYRK_REAL_DATA === undefined
    ? resolve(import.meta.dirname, '../../../../shared')
    : dirname(resolve(process.env.STYRK_REAL_DATA)),
  'conformance',
);
const file = resolve(folder, 'tr-03105-5-1.json');

function verdict(word: unknown): PlanCase['expected'] {
  return word === 'accept' || word === 'reject' ? word : null;
}

function planCase(entry: Readonly<Record<string, unknown>>): PlanCase {
  const basis = String(entry.basis);
  const ofPlan = verdict(entry.expected);
  return {
    id: String(entry.id),
    unit: String(entry.plan_unit),
    basis: basis.startsWith('described') ? 'described' : basis === 'deleted' ? 'deleted' : 'title',
    expected: ofPlan ?? verdict(entry.expected_guess),
    statedBy: ofPlan === null ? 'ours' : 'plan',
  };
}

/** The cases of TR-03105-5.1 beside the project; null where they are missing. */
export const plan: readonly PlanCase[] | null = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>[]).map(planCase)
  : null;
