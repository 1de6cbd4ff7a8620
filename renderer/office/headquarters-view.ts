import type { Answer, HeadquartersCertificate, HeadquartersView, Language } from '../../preload/contract.ts';
import { languageFacts } from '../../resources/texts/languages.ts';
import type { Texts } from '../../resources/texts/texts.ts';
import { dayAndTime, dayInWords } from '../parts/formats.ts';
import type { Mark } from '../parts/result-mark.tsx';

type SetThere = NonNullable<HeadquartersView['set']>;
type Delivery = NonNullable<HeadquartersView['delivery']>;
/** How a try of either way ended. */
export type Tried = Delivery['lastPull'];

/** A row of what is set: its name, and what stands there; `compare` is told in groups of digits. */
export interface SetRow {
  readonly field:
    | 'server'
    | 'user'
    | 'certificate'
    | 'authority'
    | 'password'
    | 'sealingKey'
    | 'issuingKey'
    | 'receives'
    | 'setBy';
  readonly words: string;
  readonly compare: boolean;
  /** Where something is soon, or already, not as it should be. */
  readonly mark: Mark | null;
}

/** So many days before its last a certificate is worth a word: another one takes its time. */
const soonDays = 30;

/** What is set, row by row. */
export function setRows(set: SetThere, language: Language, t: Texts): readonly SetRow[] {
  const { host, port, database, user, certificate, authority, identified, password, sealingKey, issuingKey } = set;
  const plain = (field: SetRow['field'], words: string): SetRow => ({ field, words, compare: false, mark: null });
  const key = (field: SetRow['field'], digits: string): SetRow => ({ field, words: digits, compare: true, mark: null });
  const proof = (field: SetRow['field'], told: HeadquartersCertificate | null, none: string): SetRow =>
    told === null
      ? plain(field, none)
      : { field, words: certificateWords(told, language, t), compare: false, mark: certificateMark(told) };
  const when = dayAndTime(language, set.setAt);
  return [
    plain('server', `${host}:${port}, ${database}`),
    plain('user', user),
    proof('certificate', certificate, t(identified ? 'headquarters/untold' : 'headquarters/noCertificate')),
    proof('authority', authority, t('headquarters/anyAuthority')),
    plain('password', yesOrNo(password, t)),
    key('sealingKey', sealingKey),
    issuingKey === null ? plain('issuingKey', t('headquarters/nobody')) : key('issuingKey', issuingKey),
    plain('receives', yesOrNo(set.receives, t)),
    plain('setBy', t('headquarters/setByWhom', { when, names: set.setBy.join(', ') })),
  ];
}

/** Whose certificate, until when, and how many days are left. */
export function certificateWords(
  { subject, notAfter, daysLeft }: HeadquartersCertificate,
  language: Language,
  t: Texts,
): string {
  const left = daysLeft < 0 ? t('headquarters/ended') : t('headquarters/daysLeft', { count: daysLeft });
  return `${subject}, ${t('headquarters/until', { day: dayInWords(language, notAfter) })} · ${left}`;
}

function certificateMark({ daysLeft }: HeadquartersCertificate): Mark | null {
  if (daysLeft < 0) return 'failed';
  return daysLeft < soonDays ? 'refer' : null;
}

/** How many wait, and for how long the oldest. */
export function waitingWords({ waiting, waitingSince }: Delivery, now: string, language: Language, t: Texts): string {
  if (waiting === 0) return t('headquarters/nothingWaits');
  if (waitingSince === null) return String(waiting);
  const millis = Math.max(0, Date.parse(now) - Date.parse(waitingSince));
  return t('headquarters/oldest', { count: waiting, age: ageInWords(language, millis) });
}

const units = [
  ['day', 24 * 60 * 60_000],
  ['hour', 60 * 60_000],
  ['minute', 60_000],
] as const;

/** An age in its largest whole unit: days, hours or minutes. */
export function ageInWords(language: Language, millis: number): string {
  const [unit, length] = units.find(([, each]) => millis >= each) ?? ['minute', 60_000];
  const format = new Intl.NumberFormat(languageFacts[language].locale, { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(Math.floor(millis / length));
}

/** When something was delivered last: the newest of all parts; null where nothing was. */
export function lastDeliveredAt({ parts }: Delivery): string | null {
  const all = parts.flatMap(({ deliveredAt }) => (deliveredAt === null ? [] : [deliveredAt]));
  return all.toSorted().at(-1) ?? null;
}

/** How many a delivery brought that somebody counts. */
export function broughtBy({ records, answers, erasures }: Answer<'headquarters.deliver'>): number {
  return records + answers + erasures;
}

/** What was fetched, line by line. */
export function fetchedWords({ issues, refused }: Answer<'headquarters.fetch'>, t: Texts): readonly string[] {
  if (issues.length === 0 && refused.length === 0) return [t('headquarters/nothingNew')];
  return issues.map((issue) => issueWords(issue, t));
}

/** One issue, and how it fared. */
function issueWords({ kind, number, outcome }: Answer<'headquarters.fetch'>['issues'][number], t: Texts): string {
  return t('headquarters/issue', {
    kind: t(`headquarters/kinds/${kind}`),
    number,
    outcome: t(`headquarters/outcomes/${outcome}`),
  });
}

/** What was written into a file, and whether more waits. */
export function writtenWords(written: Answer<'headquarters.writeFile'>, t: Texts): readonly string[] {
  if (written === null) return [];
  const { file, rows, more } = written;
  const words = t('headquarters/written', { file, count: broughtBy(rows) });
  return more ? [words, t('headquarters/more')] : [words];
}

/** What a file of headquarters' brought. */
export function takenWords(taken: Answer<'headquarters.takeFile'>, t: Texts): readonly string[] {
  if (taken === null) return [];
  if ('issue' in taken) return [issueWords(taken.issue, t)];
  const { records, answers, erasures } = taken.arrived;
  return [t('headquarters/receipt', { records, answers, erasures })];
}

const kinds = ['trust', 'roster', 'blocked', 'operators'] as const;

/** The newest of each kind that came from headquarters. */
export function pulledWords({ pulled }: Delivery, language: Language, t: Texts): readonly string[] {
  return pulled.map(({ kind, number, takenAt }) => {
    const known = kinds.find((each) => each === kind);
    return t('headquarters/pulledNumber', {
      kind: known === undefined ? kind : t(`headquarters/kinds/${known}`),
      number,
      when: dayAndTime(language, takenAt),
    });
  });
}

function yesOrNo(yes: boolean, t: Texts): string {
  return t(yes ? 'headquarters/yes' : 'headquarters/no');
}
