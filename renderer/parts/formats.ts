import type { Texts } from '../../resources/texts/catalogue.ts';
import { type Language, languageFacts } from '../../resources/texts/languages.ts';

/** A personal number as people read it: `19121212-1212`. Anything else stays as it is. */
export function personalNumber(digits: string): string {
  return /^\d{12}$/.test(digits) ? `${digits.slice(0, 8)}-${digits.slice(8)}` : digits;
}

/** Bytes of a file as people follow them: whole kilobytes, bytes alone while no total is known. */
export function bytesSoFar(t: Texts, read: number, total: number): string {
  if (total === 0) return t('reader/bytes', { read });
  const kilobytes = (bytes: number) => Math.max(1, Math.round(bytes / 1024));
  return t('reader/kilobytes', { read: read === 0 ? 0 : kilobytes(read), total: kilobytes(total) });
}

/** Day and time of an instant (ISO 8601 with `Z`) on this machine's clock; the text itself where it is none. */
export function dayAndTime(language: Language, instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const format = new Intl.DateTimeFormat(languageFacts[language].locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return format.format(date);
}

/** A day, or an instant, whichever it is (`dayInWords`, `dayAndTime`). */
export function timeInWords(language: Language, time: string): string {
  return time.includes('T') ? dayAndTime(language, time) : dayInWords(language, time);
}

/** A sentence as the second half of another: first letter small, no full stop; only its first sentence. */
export function asClause(sentence: string): string {
  const [first = ''] = sentence.split(/(?<=[.?!])\s/);
  const bare = first.replace(/\.$/, '');
  const name = /^(Styrk|BankID|IT)\b/.test(bare);
  return name ? bare : bare.charAt(0).toLowerCase() + bare.slice(1);
}

/** A day (`YYYY-MM-DD`) as people write it: `20 nov. 2026`; the text itself where it is none. */
export function dayInWords(language: Language, day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  const format = new Intl.DateTimeFormat(languageFacts[language].locale, {
    dateStyle: 'medium',
    timeZone: 'UTC',
  });
  return format.format(date);
}
