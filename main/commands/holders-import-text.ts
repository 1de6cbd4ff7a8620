import type { House } from '../house/house.ts';

type Report = Awaited<ReturnType<House['importRoster']>>;

// Never what a line holds: it is somebody's personal data.
const words: Readonly<Record<string, string>> = {
  header: 'the first line does not name an id and a name once each',
  mapping: 'a mapping names no field, or a column that is not there',
  encoding: 'the line is written in another encoding than the file',
  'quotes-or-length': 'a quotation mark is not closed, or stands where none may',
  'row-too-long': 'the row is longer than any may be',
  columns: 'there are not as many columns as in the first line',
  json: 'the line is no object of texts',
  characters: 'there is a character that no id, number or date has',
  'id-missing': 'the id is missing',
  'id-too-long': 'the id is too long',
  'id-twice': 'an earlier line has the same id',
  'reference-too-long': 'the reference is too long',
  'name-missing': 'given names and surname are both missing',
  'name-too-long': 'a name is too long',
  'birth-date': 'the birth date is not written YYYY-MM-DD, or is no day',
  'birth-date-out-of-range': 'the birth date lies in the future or too far back',
  'identity-level': 'the identity level is none',
  since: 'neither yes, no nor a day that has been',
  'number-country': 'the other number is of no country whose numbers are known',
  'number-validity': 'the other number is valid from or to no day, or ends before it begins',
  'number-replaced-because': 'the reason why the number was replaced is none',
  'document-kind': 'the kind of the document is none',
  'document-number': 'the number or the issuer of the document is none',
  'document-seen': 'it is not said who saw the document, and when',
  'personal-number-form': 'the number has not the digits of one',
  'personal-number-contradiction': 'the number and the birth date beside it contradict each other',
  'personal-number-ambiguous': 'the century of the number cannot be told',
  'personal-number-future': 'the number is of a day to come',
  'personal-number-date': 'the number names no day',
  'personal-number-check-digit': 'the last digit of the number does not fit the others',
  'stale-sign': 'the number has a minus where the person has turned a hundred',
  'neighbour-day': 'the number names another day of the month than the birth date',
  'characters-filtered': 'characters that nobody sees were taken out of a name',
  number: 'somebody else on file has the number: have the register looked at',
};

/** What a note of a line says, for people; null where it is none of ours. */
export function wordsOfNote(note: string): string | null {
  return words[note] ?? null;
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
    const told = `${kinds[kind]}: ${words[note] ?? note}: line ${named.slice(0, mostLines).join(', ')}${more}.`;
    lines.push(told.charAt(0).toUpperCase() + told.slice(1));
  }
  return `${lines.join('\n')}\n`;
}
