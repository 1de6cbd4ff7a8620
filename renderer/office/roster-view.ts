import type { Language, RosterFileView, RosterReportView, RosterWorkView } from '../../preload/contract.ts';
import catalogue from '../../resources/texts/en.json' with { type: 'json' };
import type { Texts } from '../../resources/texts/texts.ts';

export type RosterField = keyof typeof catalogue.roster.fields;
/** What a column may hold that every register has; other numbers and documents go by their own names alone. */
export const usualFields = ['id', 'personalNumber', 'givenNames', 'surname', 'birthDate', 'reference'] as const;
const rosterFields = Object.keys(catalogue.roster.fields) as readonly RosterField[];
/** What few have. */
export const furtherFields = rosterFields.filter((field) => !usualFields.some((usual) => usual === field));
type Note = keyof typeof catalogue.roster.notes;

/** Which column holds which field, as far as the names tell. */
export function columnsByName({ columns }: RosterFileView): ReadonlyMap<RosterField, string> {
  const found = rosterFields.flatMap((field) => {
    const column = columns.find((one) => one.field === field);
    return column === undefined ? [] : [[field, column.name] as const];
  });
  return new Map(found);
}

/** What the file's own names do not say already. */
export function mappingOf(
  file: RosterFileView,
  chosen: ReadonlyMap<RosterField, string>,
): { readonly field: string; readonly column: string }[] {
  const named = columnsByName(file);
  return [...chosen]
    .filter(([field, column]) => named.get(field) !== column)
    .map(([field, column]) => ({ field, column }));
}

const secondsShown = 90;

interface RosterWords {
  readonly t: Texts;
  readonly language: Language;
}

// A million is read by its groups of three.
function shown(count: number, language: Language): { readonly count: number; readonly shown: string } {
  return { count, shown: new Intl.NumberFormat(language).format(count) };
}

/** How far an import is, in words: people, how many a second, and how long it takes yet. */
export function progressWords(
  { people, perSecond, secondsLeft }: RosterWorkView,
  { t, language }: RosterWords,
): readonly string[] {
  const words: string[] = [];
  if (people > 0) words.push(t('roster/people', shown(people, language)));
  if (perSecond >= 1) words.push(t('roster/rate', shown(Math.round(perSecond), language)));
  if (secondsLeft !== null)
    words.push(
      secondsLeft <= secondsShown
        ? t('roster/secondsLeft', { count: Math.ceil(secondsLeft) })
        : t('roster/minutesLeft', { count: Math.ceil(secondsLeft / 60) }),
    );
  return words;
}

/** What is told of lines, in words; a note that this page does not know by its name. */
export function noteWords(note: string, t: Texts): string {
  return Object.hasOwn(catalogue.roster.notes, note) ? t(`roster/notes/${note as Note}`) : note;
}

/** How an import or a trial ended, line by line. */
export function reportWords(report: RosterReportView, { t, language }: RosterWords): readonly string[] {
  const { read, added, replaced, rejected, notes, unused } = report;
  const words = [
    t('roster/read', shown(read, language)),
    t('roster/added', shown(added, language)),
    t('roster/replaced', shown(replaced, language)),
  ];
  if (rejected > 0) words.push(t('roster/rejected', shown(rejected, language)));
  if (report.resumed) words.push(t('roster/resumed'));
  if (report.encoding === 'windows-1252') words.push(t('roster/windows'));
  if (unused.length > 0) words.push(t('roster/unused', { names: unused.join(', ') }));
  for (const { kind, note, count, lines } of notes) {
    const named = lines.join(', ');
    const told =
      count > lines.length ? t('roster/more', { lines: named, ...shown(count - lines.length, language) }) : named;
    const where = t(count === 1 ? 'roster/line' : 'roster/lines', { lines: told });
    words.push(`${t(`roster/${kind}`, { note: noteWords(note, t) })} (${where})`);
  }
  return words;
}
