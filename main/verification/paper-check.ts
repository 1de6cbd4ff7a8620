import { type Check, successful, unsuccessful } from '../result/check.ts';
import type { StationKind } from './types.ts';

/** What staff look at, in the order in which they are asked. */
export const paperParts = ['feel', 'security', 'signature'] as const;
export type PaperPart = (typeof paperParts)[number];

/**
 * What staff found: `right`, `wrong`, `unsure`, or `none` where the document has no such thing (a child's has no signature).
 * A part that is missing was not looked at.
 */
export const paperFindings = ['right', 'wrong', 'unsure', 'none'] as const;
export type PaperAnswer = Readonly<Partial<Record<PaperPart, (typeof paperFindings)[number]>>>;

/**
 * `document.paper`: what a chip cannot prove of the document in the hand. A document counts as equal to a passport where it has
 * a signature and security features (draft RTS on customer due diligence art. 6); both are seen and felt by staff: the paper
 * or card, what changes when it is tilted, the signature. At a station where nobody stands it is not asked. `not supported`
 * where the document has none of what was looked for; `aborted` where only a part was looked at.
 */
export function paperCheck(answer: PaperAnswer | null, station: StationKind | null): Check {
  const id = 'document.paper';
  if (station !== 'attended') {
    return unsuccessful(id, 'undetermined', 'paper.not-seen', { station: station ?? 'not set' });
  }
  if (answer === null) return unsuccessful(id, 'undetermined', 'paper.not-seen');
  const detail = { answeredBy: 'staff', ...answer };
  const found = paperParts.map((part) => answer[part]);
  if (found.includes('wrong')) return unsuccessful(id, 'failed', 'paper.wrong', detail);
  if (found.includes(undefined)) return unsuccessful(id, 'aborted', 'paper.unfinished', detail);
  if (found.includes('unsure')) return unsuccessful(id, 'undetermined', 'paper.unsure', detail);
  if (found.includes('none')) return unsuccessful(id, 'not supported', 'paper.lacks', detail);
  return successful(id, detail);
}
