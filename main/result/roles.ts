/** What a member of staff may do: the words that both doors, the store and the page share. */
export const roles = ['teller', 'supervisor', 'administrator', 'auditor'] as const;
export type Role = (typeof roles)[number];

/**
 * Whether an operator no longer counts as trained on that day (plain dates, in order as text). Where nobody has said until when
 * they do, they do not.
 */
export function isLapsed({ competentUntil }: { readonly competentUntil: string | null }, today: string): boolean {
  return competentUntil === null || competentUntil < today;
}
