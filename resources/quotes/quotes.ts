/*
 * What staff say to customers, in languages that customers speak and the interface does not: the sentence by what it is in
 * the English catalogue. No native speaker has read these yet (docs/languages.md), which is why the page calls them a draft.
 */

type Quotes = Readonly<Record<string, string>>;

interface QuoteLanguageFacts {
  /** Its own name for itself. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  readonly load: () => Promise<{ readonly default: Quotes }>;
}

/** Languages for the customer's words beside those of the interface, by their BCP 47 tags. */
export const quoteLanguages = ['pl', 'uk', 'ar', 'fa', 'so'] as const;
export type QuoteLanguage = (typeof quoteLanguages)[number];

/** Each language by its own name, which way it is written, and where its sentences are. */
export const quoteLanguageFacts: Readonly<Record<QuoteLanguage, QuoteLanguageFacts>> = {
  pl: { name: 'polski', direction: 'ltr', load: () => import('./pl.json', { with: { type: 'json' } }) },
  uk: { name: 'українська', direction: 'ltr', load: () => import('./uk.json', { with: { type: 'json' } }) },
  ar: { name: 'العربية', direction: 'rtl', load: () => import('./ar.json', { with: { type: 'json' } }) },
  fa: { name: 'فارسی', direction: 'rtl', load: () => import('./fa.json', { with: { type: 'json' } }) },
  so: { name: 'Soomaali', direction: 'ltr', load: () => import('./so.json', { with: { type: 'json' } }) },
};

const there = new Map<QuoteLanguage, Quotes>();

/** Loads what customers are told in a language. False where its file is not to be had. */
export async function loadQuotes(language: QuoteLanguage): Promise<boolean> {
  if (there.has(language)) return true;
  try {
    const { default: quotes } = await quoteLanguageFacts[language].load();
    there.set(language, quotes);
    return true;
  } catch {
    return false;
  }
}

/**
 * A sentence to a customer in their language, by what it is in English; null where nobody has translated it. Throws a
 * RangeError where the language was not loaded.
 */
export function quoteIn(language: QuoteLanguage, english: string): string | null {
  const quotes = there.get(language);
  if (quotes === undefined) throw new RangeError(`${language} was not loaded`);
  return quotes[english] ?? null;
}

/** Whether a page's choice names one of these languages. */
export function isQuoteLanguage(value: string): value is QuoteLanguage {
  return Object.hasOwn(quoteLanguageFacts, value);
}
