/** Size, time of change and time of the entry's change. */
export type FileState = readonly number[];

/** Which bundle is in force, and what it was made of. */
export interface BundleList {
  readonly root: string;
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly state: FileState; readonly digest: string }[];
}

export const listName: string;
export function bundlesOf(root: string): string;
export function bundledSideDoor(root: string): string | null;
export function stateOf(path: string): FileState;
export function digestOf(path: string): string;
export function keepList(bundles: string, list: BundleList): void;
