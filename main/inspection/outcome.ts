import type { FailureCode } from '../result/failure-codes.ts';
import type { Inspection, ResumeState } from './types.ts';

/** How often a torn reading goes on by itself, at both doors, before people must say so. */
export const mostAutomaticReadings = 8;

/** How a reading ended: whole, cut off so that it goes on when the card is back, or failed until staff act. */
export type ReadingOutcome =
  | { readonly state: 'done'; readonly code: null }
  | { readonly state: 'interrupted' | 'failed'; readonly code: FailureCode };

export type WrongKeyCode = 'access.wrong-key' | 'access.wrong-key-maybe';

const interruptions: ReadonlySet<FailureCode> = new Set([
  'card.removed',
  'card.absent',
  'card.reset',
  'card.mute',
  'reader.lost',
  'reader.not-found',
  'reader.communication',
  'reader.service-stopped',
]);

/** Whether a failure of this code is mended by laying the card back, or by the reader's return. */
export function isInterruption(code: FailureCode): boolean {
  return interruptions.has(code);
}

/** The outcome of a failure that was thrown instead of told in a check. */
export function outcomeOfFailure(code: FailureCode): ReadingOutcome {
  return { state: isInterruption(code) ? 'interrupted' : 'failed', code };
}

/** The outcome that an inspection's checks tell. A document that is no travel document has been read wholly. */
export function outcomeOf(inspection: Inspection): ReadingOutcome {
  const codes = inspection.checks.flatMap(({ code }) => (code === null ? [] : [code]));
  const aborted = inspection.checks.flatMap(({ result, code }) =>
    result === 'aborted' && code !== null && code !== 'check.aborted' ? [code] : [],
  );
  const interruption = aborted.find(isInterruption);
  if (interruption !== undefined) return { state: 'interrupted', code: interruption };
  const wrongKey = codes.find(isWrongKey);
  if (wrongKey !== undefined) return { state: 'failed', code: wrongKey };
  if (isOtherCard(inspection)) return { state: 'done', code: null };
  const [firstAborted] = aborted;
  if (firstAborted !== undefined) return { state: 'failed', code: firstAborted };
  if (inspection.access !== null) return { state: 'done', code: null };
  const refused = inspection.checks.find(
    ({ id, code }) => (id === 'access.pace' || id === 'access.bac') && code !== null,
  );
  return { state: 'failed', code: refused?.code ?? 'document.not-read' };
}

const otherCards: ReadonlySet<FailureCode | null> = new Set(['document.no-application', 'document.new-kind']);

/** Whether what was read is no travel document, but another card that has nothing more to be read. */
export function isOtherCard(inspection: Pick<Inspection, 'checks'>): boolean {
  return otherCardOf(inspection) !== null;
}

/** By which code another card is told than a travel document; null where none was read. */
export function otherCardOf({ checks }: Pick<Inspection, 'checks'>): FailureCode | null {
  return checks.find(({ code }) => otherCards.has(code))?.code ?? null;
}

/** Whether the chip refused the key, or may have. */
export function isWrongKey(code: FailureCode | null): code is WrongKeyCode {
  return code === 'access.wrong-key' || code === 'access.wrong-key-maybe';
}

/**
 * What the next reading goes on from. A reading that was torn before it came to EF.SOD leaves what stood before it; one
 * that came to an end, of whatever kind, leaves nothing.
 */
export function carriedOver(
  before: ResumeState | null,
  outcome: ReadingOutcome,
  inspection: Inspection | null,
): ResumeState | null {
  return outcome.state === 'interrupted' ? (inspection?.resume ?? before) : null;
}
