import { transliterate, transliterationOf, transliterations } from '../document/mrz-name-space.ts';
import type { Mrz, PersonalDetails } from '../document/types.ts';
import { type Check, successful, unsuccessful } from '../result/check.ts';
import type { Holder } from './holder.ts';
import { looseForm, wordsOf } from './name-words.ts';

/**
 * How near two names are, nearest first. `truncated`: the document's field is cut and fits as far as it goes (9303-4
 * §4.2.3). `token-subset`: the register holds some of the forenames (often the one used in daily life), the document all.
 * `given-names`: those are the same, the surname is another one, as marriage makes it.
 */
const levels = ['exact', 'truncated', 'token-subset', 'near', 'given-names', 'different'] as const;
type Level = (typeof levels)[number];

/** What of a document names somebody. */
type NamedZone = { readonly name: Omit<Mrz['name'], 'field'> };
type NamedDetails = Pick<PersonalDetails, 'fullName'>;

interface DocumentName {
  readonly source: 'DG1' | 'DG11';
  readonly written: string;
  readonly surname: readonly Word[];
  readonly givenNames: readonly Word[];
  readonly maybeTruncated: boolean;
  /** The words of DG11 as they stand there, in the letters of the state. */
  readonly words?: { readonly surname: readonly string[]; readonly givenNames: readonly string[] };
}

/** A word of the document: every form in MRZ space that it may have. */
type Word = readonly string[];

/** A word that is compared with the document's. */
interface Compared {
  readonly written: string;
  /** Whether a form in MRZ space is one of it, or with `prefix` the beginning of one. */
  readonly fits: (form: string, prefix?: boolean) => boolean;
}

const compared = (written: string): Compared => ({ written, fits: transliterationOf(written) });

/** Words of a name, and letters of a word, beyond which DG11's name is not compared: no person's name has so many. */
const mostWords = 40;
const longestWord = 64;

/**
 * `holder.name`: the name on file against DG1 and, where it is there, the full name of DG11, in MRZ space; the nearer of
 * the two counts, and of a cut field DG11's. Where the two contradict each other the document names two persons, and the name stays open, whichever of
 * them is on file.
 */
export function matchName(holder: Holder, mrz: NamedZone, details: NamedDetails | null): Check {
  const surname = wordsOf(holder.surname).map(compared);
  const givenNames = wordsOf(holder.givenNames).map(compared);
  const names = namesOf(mrz, details);
  const unknown =
    names.length === 0 || [...surname, ...givenNames].some(({ written }) => transliterate(written) === null);
  if (unknown) return unsuccessful('holder.name', 'undetermined', 'holder.name-unknown', { onFile: writtenOn(holder) });

  const [zone, full] = names;
  if (zone !== undefined && full !== undefined && contradict(zone, full)) {
    return unsuccessful('holder.name', 'undetermined', 'holder.name-contradicts', {
      onFile: writtenOn(holder),
      inDocument: zone.written,
      inDetails: full.written,
    });
  }
  // A cut field fits many, and where DG11 writes the name in full it is that name which counts.
  const cut = zone?.maybeTruncated === true && full !== undefined && isReadable(full);
  const best = (cut ? [full] : names)
    .map((name) => ({ name, level: levelOf(surname, givenNames, name) }))
    .sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))[0];
  const level = best?.level ?? 'different';
  const source = best?.name.source ?? 'DG1';
  if (level === 'exact' || level === 'truncated' || level === 'token-subset')
    return successful('holder.name', { source, level });
  const detail = { source, level, onFile: writtenOn(holder), inDocument: best?.name.written ?? '' };
  if (level === 'near') return unsuccessful('holder.name', 'undetermined', 'holder.name-near', detail);
  return level === 'given-names'
    ? unsuccessful('holder.name', 'undetermined', 'holder.surname-differs', detail)
    : unsuccessful('holder.name', 'failed', 'holder.name-differs', detail);
}

function writtenOn(holder: Holder): string {
  return `${holder.surname}, ${holder.givenNames}`;
}

function namesOf(mrz: NamedZone, details: NamedDetails | null): readonly DocumentName[] {
  const names: DocumentName[] = [];
  const { surname, givenNames, maybeTruncated } = mrz.name;
  if (surname !== '' || givenNames !== '')
    names.push({
      source: 'DG1',
      written: `${surname}, ${givenNames}`,
      surname: wordsOf(surname).map((word) => [word]),
      givenNames: wordsOf(givenNames).map((word) => [word]),
      maybeTruncated,
    });
  const full = details?.fullName ?? null;
  if (full !== null && (full.surname !== '' || full.givenNames !== '') && isComparable(full))
    names.push({
      source: 'DG11',
      written: `${full.surname}, ${full.givenNames}`,
      surname: wordsOf(full.surname).map(formsOf),
      givenNames: wordsOf(full.givenNames).map(formsOf),
      maybeTruncated: false,
      words: { surname: wordsOf(full.surname), givenNames: wordsOf(full.givenNames) },
    });
  return names;
}

function isComparable({ surname, givenNames }: NonNullable<PersonalDetails['fullName']>): boolean {
  const words = [...wordsOf(surname), ...wordsOf(givenNames)];
  return words.length <= mostWords && words.every((word) => word.length <= longestWord);
}

/**
 * Whether DG11 names another person than DG1. A name in letters that MRZ space has no form for (9303-10 §4.7.11: national
 * characters) contradicts nothing.
 */
export function namesContradict(mrz: Mrz, details: PersonalDetails | null): boolean {
  const [zone, full] = namesOf(mrz, details);
  return zone !== undefined && full !== undefined && contradict(zone, full);
}

function contradict(zone: DocumentName, full: DocumentName): boolean {
  if (!isReadable(full)) return false;
  const { surname = [], givenNames = [] } = full.words ?? {};
  const level = levelOf(surname.map(compared), givenNames.map(compared), zone);
  return level === 'given-names' || level === 'different';
}

function isReadable(full: DocumentName): boolean {
  return [...full.surname, ...full.givenNames].every((forms) => forms.some((form) => /^[A-Z]+$/.test(form)));
}

/** No longer word has letters of which the issuer chose another form than the recommended one. */
const longestWordOfChoice = 20;

function formsOf(word: string): Word {
  if (word.length > longestWordOfChoice) return [transliterate(word) ?? word];
  const forms = transliterations(word);
  return forms.length === 0 ? [word] : forms;
}

function levelOf(surname: readonly Compared[], givenNames: readonly Compared[], name: DocumentName): Level {
  if (isSequence(surname, name.surname) && isSequence(givenNames, name.givenNames)) return 'exact';
  const cut = name.maybeTruncated;
  const surnameFits = isSequence(surname, name.surname) || (cut && isCutSequence(surname, name.surname));
  if (cut && surnameFits && isCutSequence(givenNames, name.givenNames))
    return saysEnough(givenNames, name.givenNames) ? 'truncated' : 'near';
  if (surnameFits && givenNames.length > 0 && isSubset(givenNames, name.givenNames)) return 'token-subset';
  if (isNear(surname, givenNames, name)) return 'near';
  return isSameGiven(givenNames, name) ? 'given-names' : 'different';
}

function isSameGiven(givenNames: readonly Compared[], name: DocumentName): boolean {
  if (givenNames.length === 0) return false;
  const cut =
    name.maybeTruncated && isCutSequence(givenNames, name.givenNames) && saysEnough(givenNames, name.givenNames);
  return cut || isSubset(givenNames, name.givenNames);
}

function isWord({ fits }: Compared, forms: Word): boolean {
  return forms.some((form) => fits(form));
}

function isSequence(words: readonly Compared[], found: readonly Word[]): boolean {
  return words.length === found.length && words.every((word, index) => isWord(word, found[index] ?? []));
}

// Each component may be cut, down to its initial, and the last ones may be missing; the first one stays.
function isCutSequence(words: readonly Compared[], found: readonly Word[]): boolean {
  if (found.length > words.length || (found.length === 0 && words.length > 0)) return false;
  return found.every((forms, index) => forms.some((form) => words[index]?.fits(form, true)));
}

/** Letters of the given names that a cut field must show: an initial or two are those of many. */
const fewestLetters = 3;

// A number may have been given to a second person, perhaps of the same surname: a cut name must still tell the two apart.
function saysEnough(words: readonly Compared[], found: readonly Word[]): boolean {
  const letters = found.reduce((all, forms) => all + (forms[0] ?? '').length, 0);
  if (words.length === 0 || letters >= fewestLetters) return true;
  return found.some((forms, index) => forms.some((form) => words[index]?.fits(form)));
}

function isSubset(words: readonly Compared[], found: readonly Word[]): boolean {
  const left = [...found];
  return words.every((word) => {
    const index = left.findIndex((forms) => isWord(word, forms));
    if (index === -1) return false;
    left.splice(index, 1);
    return true;
  });
}

// Near enough for a person to look at: the same but for letters that 9303-3 §6 does not pair (Ø as O), a word missing on
// one side, surname and forenames parted elsewhere, or a cut field that shows the surname alone.
function isNear(surname: readonly Compared[], givenNames: readonly Compared[], name: DocumentName): boolean {
  const written = (words: readonly Compared[]): readonly string[] => words.map((word) => word.written);
  const file = { surname: loose(written(surname)), given: loose(written(givenNames)) };
  const found = { surname: loose(flat(name.surname)), given: loose(flat(name.givenNames)) };
  if (sameWords([...file.surname, ...file.given], [...found.surname, ...found.given])) return true;
  const surnamesMeet = file.surname.some((word) => found.surname.includes(word));
  const givenMeet = file.given.some((word) => found.given.includes(word));
  if (surnamesMeet && givenMeet) return true;
  if (surnamesMeet && (file.given.length === 0 || found.given.length === 0 || name.maybeTruncated)) return true;
  return givenMeet && (file.surname.length === 0 || found.surname.length === 0);
}

function flat(words: readonly Word[]): readonly string[] {
  return words.map((forms) => forms[0] ?? '');
}

function loose(words: readonly string[]): readonly string[] {
  return words.map(looseForm);
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  return [...a].sort().join(' ') === [...b].sort().join(' ');
}
