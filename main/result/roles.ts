/** What a member of staff may do: the words that both doors, the store and the page share. */
export const roles = ['teller', 'supervisor', 'administrator', 'auditor'] as const;
export type Role = (typeof roles)[number];
