/** What one process is told to import, and where. */
export interface ImportOrder {
  readonly directory: string;
  readonly files: readonly { readonly kind: 'master-list' | 'ldif'; readonly path: string }[];
  readonly signerPath: string;
}

/**
 * What the importing process tells on its standard output, a line each, in this order: it waits with everything loaded; its
 * import begins; so many certificates were looked at (`looked N`); all files are good and the one change of the store begins;
 * that change is made; the folder is closed.
 */
export const stages = ['ready', 'begun', 'looked', 'changing', 'changed', 'closed'] as const;
export type ImportStage = (typeof stages)[number];
