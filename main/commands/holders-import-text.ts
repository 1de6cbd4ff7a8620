import catalogue from '../../resources/texts/en.json' with { type: 'json' };
import { textsIn } from '../../resources/texts/texts.ts';
import type { House } from '../house/house.ts';

type Note = keyof typeof catalogue.roster.notes;
type Report = Awaited<ReturnType<House['importRoster']>>;

/** What a note of a line says, for people; null where it is none of ours. Never what a line holds: it is somebody's personal data. */
export function wordsOfNote(note: string): string | null {
  return Object.hasOwn(catalogue.roster.notes, note) ? textsIn('en')(`roster/notes/${note as Note}`) : null;
}

const mostLines = 20;
const kinds = { fault: 'left out', remark: 'taken, and odd', sharing: 'taken' } as const;

/** What an import came to, for people. */
export function reportText(report: Report): string {
  const { read, added, replaced, rejected, encoding, unused, notes, resumed, taken } = report;
  const would = taken ? '' : 'Nothing was taken. It would be: ';
  const lines = [
    `${would}${read} ${read === 1 ? 'holder' : 'holders'} read, ${added} added, ${replaced} replaced${rejected > 0 ? `, ${rejected} left out` : ''}.`,
  ];
  if (resumed) lines.push('It went on where an earlier import of the file had ended.');
  if (encoding !== 'utf-8') lines.push(`The file is written in ${encoding}.`);
  if (unused.length > 0) lines.push(`Columns that are not used: ${unused.join(', ')}.`);
  for (const { kind, note, count, lines: named } of notes) {
    const more = count > mostLines ? ` and ${count - Math.min(named.length, mostLines)} more` : '';
    const told = `${kinds[kind]}: ${wordsOfNote(note) ?? note}: line ${named.slice(0, mostLines).join(', ')}${more}.`;
    lines.push(told.charAt(0).toUpperCase() + told.slice(1));
  }
  return `${lines.join('\n')}\n`;
}
