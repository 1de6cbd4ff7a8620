import { type Language, languageFacts } from '../../resources/texts/languages.ts';

/** The month (`YYYY-MM`) of a day, and the ones before it: so many in all, newest first. */
export function monthsUpTo(today: Date, many: number): readonly string[] {
  return Array.from({ length: many }, (_, back) => {
    const first = new Date(Date.UTC(today.getFullYear(), today.getMonth() - back, 1));
    return first.toISOString().slice(0, 7);
  });
}

/** A month as people say it: `november 2026`. */
export function monthInWords(language: Language, month: string): string {
  const format = new Intl.DateTimeFormat(languageFacts[language].locale, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.format(new Date(`${month}-01T00:00:00Z`));
}
