import type { AccessKeyInput } from '../../preload/contract.ts';
import type { AccessKey } from '../chip/access-key.ts';
import type { Mrz } from '../document/types.ts';
import type { PrintedPage } from '../verification/known-before.ts';

/** What a document that came first opens its chip with, until the case comes to the chip. */
export interface WaitingKey {
  readonly key: AccessKey;
  readonly kind: AccessKeyInput['kind'];
}

/** The lines of the page; null before they were swiped or typed, and where two dates are all that was typed. */
export function linesOf(page: PrintedPage | null): Mrz | null {
  return page?.kind === 'lines' ? page.mrz : null;
}
