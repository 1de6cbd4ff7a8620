import type { ReadingView } from '../../preload/contract.ts';
import type { FaceImage } from '../document/types.ts';
import type { Access, InspectedDocument, Inspection, InspectionProgress } from '../inspection/types.ts';
import type { Check } from '../result/check.ts';
import { type InspectionStep, inspectionSteps } from '../result/inspection-steps.ts';

/** What a reading has shown so far; `inspection` stands from the reading's end on, also where it was cut off. */
export interface Evidence {
  readonly document: InspectedDocument | null;
  readonly access: Access | null;
  readonly checks: readonly Check[];
  readonly portrait: FaceImage | null;
  readonly inspection: Inspection | null;
}

export const noEvidence: Evidence = { document: null, access: null, checks: [], portrait: null, inspection: null };

/** Steps and bytes of the reading that is under way or was the last. */
export interface Position {
  readonly steps: ReadonlyMap<InspectionStep, 'under-way' | 'ended'>;
  readonly file: string | null;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  /** The bar is that of a torn reading, and stays there until its file is read on. */
  readonly held: boolean;
}

export const startPosition: Position = { steps: new Map(), file: null, bytesRead: 0, bytesTotal: 0, held: false };

/** The beginning of the reading that goes on from a torn one: no step is made yet, and the bar stays where it was. */
export function heldPosition(torn: Position): Position {
  return { ...torn, steps: new Map(), held: torn.file !== null };
}

/**
 * The evidence after one piece of news; a check told again replaces what was told before, and of a reading that is made once
 * more nothing stays: nobody has proved that the second one is of the same document.
 */
export function gather(evidence: Evidence, news: InspectionProgress): Evidence {
  if (news.type === 'repeat') return noEvidence;
  if (news.type === 'access') return { ...evidence, access: news.access };
  if (news.type === 'document') return { ...evidence, document: news.document };
  if (news.type === 'portrait') return { ...evidence, portrait: news.image };
  if (news.type !== 'check') return evidence;
  return { ...evidence, checks: [...evidence.checks.filter(({ id }) => id !== news.check.id), news.check] };
}

/** The position after one piece of news. */
export function advance(position: Position, news: InspectionProgress): Position {
  if (news.type === 'file') {
    if (position.held && news.file !== position.file) return position;
    const { file, bytesRead, bytesTotal } = news;
    return { ...position, file, bytesRead, bytesTotal, held: false };
  }
  if (news.type === 'repeat') return startPosition;
  if (news.type === 'resume' && !news.sameChip) return { ...startPosition, steps: position.steps };
  if (news.type !== 'step') return position;
  const state = news.state === 'begun' ? 'under-way' : 'ended';
  return { ...position, steps: new Map([...position.steps, [news.step, state]]) };
}

/** The steps as people follow them, in their order. */
export function stepsView(position: Position): ReadingView['steps'] {
  return inspectionSteps.map((step) => ({ step, state: position.steps.get(step) ?? 'waiting' }));
}

/** The evidence that a finished inspection leaves. */
export function evidenceOf(inspection: Inspection): Evidence {
  const { document, access, checks, portrait } = inspection;
  return { document, access, checks, portrait, inspection };
}
