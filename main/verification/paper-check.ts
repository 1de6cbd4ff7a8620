import { type Check, successful, unsuccessful } from '../result/check.ts';
import { type PaperAnswer, paperFindings, paperParts } from './paper-findings.ts';
import type { StationKind } from './types.ts';

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

/** Reads findings as typed: `feel=right,security=unsure,signature=none`, or one word for all three; null where they are none. */
export function paperAnswer(text: string): PaperAnswer | null {
  const finding = (word: string | undefined) => paperFindings.find((known) => known === word);
  const all = finding(text);
  if (all !== undefined) return { feel: all, security: all, signature: all };
  const found: { -readonly [Part in keyof PaperAnswer]: PaperAnswer[Part] } = {};
  for (const each of text.split(',')) {
    const [name, word, ...more] = each.split('=');
    const part = paperParts.find((known) => known === name?.trim());
    const answer = finding(word?.trim());
    if (part === undefined || answer === undefined || more.length > 0 || found[part] !== undefined) return null;
    found[part] = answer;
  }
  return found;
}
