import { constants } from 'node:fs';
import { access, mkdir, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FailureCode } from '../../result/failure-codes.ts';

/** How a drop folder is. */
export interface FolderState {
  /** Null: orders are read from it, and answers can be laid there. */
  readonly code: Extract<FailureCode, 'bank.folder-unusable'> | null;
  /** What the machine calls the fault (`ENOENT`, `EACCES`); null where there is none. */
  readonly detail: string | null;
  /** Since when it is so, ISO 8601. */
  readonly since: string;
}

/**
 * What keeps orders from being read in a drop folder, as the machine calls it; null where nothing does. Nothing is made: whoever typed
 * the folder's name wrongly must not find one there.
 */
export async function folderFault(folder: string): Promise<string | null> {
  try {
    await (await opendir(join(folder, 'orders'))).close();
    return null;
  } catch (thrown) {
    return errnoOf(thrown);
  }
}

/** The same, and makes the place of its answers where orders can be read: in an order's folder alone, which the bank has made. */
export async function openFolder(folder: string): Promise<string | null> {
  const fault = await folderFault(folder);
  if (fault !== null) return fault;
  const answers = join(folder, 'answers');
  try {
    // One that is there already is as good.
    await mkdir(answers).catch(() => undefined);
    await (await opendir(answers)).close();
    await access(answers, constants.W_OK);
    return null;
  } catch (thrown) {
    return errnoOf(thrown);
  }
}

function errnoOf(thrown: unknown): string {
  const { code } = thrown as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'unknown';
}
