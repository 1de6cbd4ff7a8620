import type { CheckId } from '../../main/result/check.ts';
import type { CaseView } from '../../preload/contract.ts';
import type { TextKey } from '../../resources/texts/texts.ts';
import { personalNumber } from '../parts/formats.ts';

export interface ComparisonRow {
  readonly label: TextKey;
  /** Null where that side says nothing of it. */
  readonly onFile: string | null;
  readonly inDocument: string | null;
  /** `same` and `differs` only where a check says so; two values that were not compared are `open`. */
  readonly meeting: 'same' | 'near' | 'differs' | 'open';
}

function meeting(view: CaseView, id: CheckId): ComparisonRow['meeting'] {
  const check = view.checks.find((candidate) => candidate.id === id);
  if (check === undefined) return 'open';
  if (check.result === 'successful') return 'same';
  if (check.code === 'holder.name-near') return 'near';
  return check.result === 'failed' ? 'differs' : 'open';
}

function numberOf(number: string | null | undefined): string | null {
  return number === null || number === undefined ? null : personalNumber(number);
}

/** Holder and document side by side. Rows that both sides lack do not occur. */
export function comparisonRows(view: CaseView): readonly ComparisonRow[] {
  const { holder, document } = view;
  const person = document?.holder;
  const name = (names: { readonly givenNames: string; readonly surname: string } | null | undefined) =>
    `${names?.givenNames ?? ''} ${names?.surname ?? ''}`.trim() || null;
  const rows: readonly ComparisonRow[] = [
    {
      label: 'evidence/name',
      onFile: name(holder),
      inDocument: name(person),
      meeting: meeting(view, 'holder.name'),
    },
    {
      label: 'evidence/personalNumber',
      onFile: numberOf(holder?.personalNumber),
      inDocument: numberOf(person?.personalNumber),
      meeting: meeting(view, 'holder.personal-number'),
    },
    {
      label: 'evidence/birthDate',
      onFile: holder?.birthDate ?? null,
      inDocument: person?.birthDate ?? null,
      meeting: meeting(view, 'holder.birth-date'),
    },
  ];
  return rows.filter(({ onFile, inDocument }) => onFile !== null || inDocument !== null);
}
