import { checkResults } from '../../main/result/check.ts';
import { type FailureCode, failureCodes } from '../../main/result/failure-codes.ts';
import type { CheckView } from '../../preload/contract.ts';
import english from '../../resources/texts/en.json' with { type: 'json' };
import { languageFacts } from '../../resources/texts/languages.ts';
import type { TextKey } from '../../resources/texts/texts.ts';
import { countryName } from '../parts/country-name.ts';
import { personalNumber, timeInWords } from '../parts/formats.ts';
import type { Words } from '../parts/language.ts';
import { type EvidenceKind, type EvidenceName, evidenceKinds } from './evidence-kinds.ts';

/** One thing that a check rests on, in words. */
export interface EvidenceLine {
  readonly label: string;
  readonly value: string;
  /** Of standards and numbers: shown in the face in which letters and digits differ plainly. */
  readonly technical: boolean;
  /** What was shortened, where something was. */
  readonly whole: string | null;
}

/** Nothing that a check holds is nested as deep; what is comes from no check of ours. */
const deepest = 4;
const hashDigits = /^[0-9a-f]{32,}$/i;
const objectIdentifier = /^\d+(?:\.\d+)+$/;
const dayOrInstant = /^\d{4}-\d{2}-\d{2}(?:T|$)/;
const stateCode = /^[A-Z]{1,3}$/;
/** As status words of a chip are written: the failure's own sentence says what they mean. */
const statusWord = /^[0-9A-F]{4}$/i;
const codes: ReadonlySet<string> = new Set(failureCodes);
const results: ReadonlySet<string> = new Set(checkResults);

/** A check's evidence in words of the language, for those who ask what a result rests on. */
export function evidenceLines(detail: CheckView['detail'], words: Words): readonly EvidenceLine[] {
  return Object.entries(detail).flatMap(([name, value]) => linesOf(name, value, { words, around: [], kind: 'free' }));
}

interface Around {
  readonly words: Words;
  /** The labels of what this is a part of. */
  readonly around: readonly string[];
  /** Of the part around it: a hash for each data group is a hash. */
  readonly kind: EvidenceKind;
}

function linesOf(name: string, value: unknown, { words, around, kind: outer }: Around): readonly EvidenceLine[] {
  // What is odd is said in sentences of its own, above.
  if (value === null || value === undefined || name === 'remarks' || around.length >= deepest) return [];
  if (name === 'status' && typeof value === 'string' && statusWord.test(value)) return [];
  const kind = isEvidenceName(name) ? evidenceKinds[name] : outer === 'groups' ? 'word' : outer;
  const labels = [...around, labelOf(name, words)];
  const inner = (child: string, of: unknown, within = labels) => linesOf(child, of, { words, around: within, kind });
  if (!Array.isArray(value))
    return typeof value === 'object'
      ? Object.entries(value).flatMap(([child, of]) => inner(child, of))
      : [lineOf(labels, [valueInWords(value, kind, words)])];
  const parts = value.filter((item) => typeof item === 'object' && item !== null);
  const plain = value.filter((item) => typeof item !== 'object');
  const many = parts.length > 1;
  return [
    ...(plain.length === 0
      ? []
      : [
          lineOf(
            labels,
            plain.map((item) => valueInWords(item, kind, words)),
          ),
        ]),
    ...parts.flatMap((part, index) => {
      const within = many ? [...around, `${labels.at(-1)} ${index + 1}`] : labels;
      return Object.entries(part).flatMap(([child, of]) => inner(child, of, within));
    }),
  ];
}

interface Value {
  readonly text: string;
  readonly technical: boolean;
  readonly whole?: string;
}

function lineOf(labels: readonly string[], values: readonly Value[]): EvidenceLine {
  return {
    label: labels.join(' · '),
    value: values.map(({ text }) => text).join(', '),
    technical: values.every(({ technical }) => technical),
    whole: values.some(({ whole }) => whole !== undefined)
      ? values.map(({ text, whole }) => whole ?? text).join(', ')
      : null,
  };
}

function labelOf(name: string, { t }: Words): string {
  if (isEvidenceName(name)) return t(`evidenceNames/${name}`);
  return groupWords(name, t) ?? t('evidence/further');
}

/** A data group by its number or its name (9303-10 §4.7); null for what is none. */
function groupWords(group: string, t: Words['t']): string | null {
  const [, number] = /^(?:DG)?(\d{1,2})$/.exec(group) ?? [];
  return number === undefined ? null : known(`DG${number}`, t);
}

function valueInWords(value: unknown, kind: EvidenceKind, words: Words): Value {
  const { t, language } = words;
  if (typeof value === 'boolean') return plain(t(value ? 'evidence/yes' : 'evidence/no'));
  if (typeof value === 'number') return plain(numberOf(value, kind, words));
  const text = String(value);
  if (hashDigits.test(text)) return { text: `${text.slice(0, 8)}…${text.slice(-8)}`, technical: true, whole: text };
  if (dayOrInstant.test(text)) return plain(timeInWords(language, text));
  if (objectIdentifier.test(text)) return { text, technical: true };
  if (kind === 'technical' || kind === 'hash') return { text, technical: true };
  if (kind === 'free') return plain(personalNumber(text));
  const word = wordOf(text, words);
  if (kind === 'country') return plain(word ?? (stateCode.test(text) ? countryName(language, text) : text));
  return plain(word ?? t('evidence/technical'));
}

const plain = (text: string): Value => ({ text, technical: false });

function numberOf(value: number, kind: EvidenceKind, { t, language }: Words): string {
  if (kind === 'groups') return groupWords(String(value), t) ?? String(value);
  if (kind === 'word') return known(`reason-${value}`, t) ?? String(value);
  const { locale } = languageFacts[language];
  const unit = kind === 'day' || kind === 'minute' || kind === 'millisecond' ? kind : null;
  const style = unit === null ? {} : ({ style: 'unit', unit, unitDisplay: 'long' } as const);
  return new Intl.NumberFormat(locale, style).format(value);
}

/** A code in words: what a check found, a result, a kind of document, a failure; null for what is none of them. */
function wordOf(text: string, { t, failure }: Words): string | null {
  if (results.has(text)) return t(`results/${text}` as TextKey);
  if (Object.hasOwn(english.documentTypes, text)) return t(`documentTypes/${text}` as TextKey);
  if (codes.has(text)) return failure(text as FailureCode).happened;
  return known(text, t) ?? (isEvidenceName(text) ? t(`evidenceNames/${text}`) : null);
}

function known(value: string, t: Words['t']): string | null {
  return Object.hasOwn(english.evidenceValues, value) ? t(`evidenceValues/${value}` as TextKey) : null;
}

function isEvidenceName(name: string): name is EvidenceName {
  return Object.hasOwn(evidenceKinds, name);
}
