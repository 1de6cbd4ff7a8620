import arabic from './ar.json' with { type: 'json' };
import danish from './da.json' with { type: 'json' };
import persian from './fa.json' with { type: 'json' };
import finnish from './fi.json' with { type: 'json' };
import norwegian from './nb.json' with { type: 'json' };
import polish from './pl.json' with { type: 'json' };
import somali from './so.json' with { type: 'json' };
import ukrainian from './uk.json' with { type: 'json' };

/*
 * What staff say to customers, in languages that customers speak: the sentence by what it is in the English catalogue. No
 * native speaker has read these yet (docs/languages.md), which is why the page calls them a draft.
 */

/** Languages for the customer's words beside those of the interface, by their BCP 47 tags. */
export const quoteLanguages = ['fi', 'nb', 'da', 'pl', 'uk', 'ar', 'fa', 'so'] as const;
export type QuoteLanguage = (typeof quoteLanguages)[number];

/** Each language by its own name, and which way it is written. */
export const quoteLanguageNames: Readonly<
  Record<QuoteLanguage, { readonly name: string; readonly direction: 'ltr' | 'rtl' }>
> = {
  fi: { name: 'suomi', direction: 'ltr' },
  nb: { name: 'norsk bokmål', direction: 'ltr' },
  da: { name: 'dansk', direction: 'ltr' },
  pl: { name: 'polski', direction: 'ltr' },
  uk: { name: 'українська', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' },
  fa: { name: 'فارسی', direction: 'rtl' },
  so: { name: 'Soomaali', direction: 'ltr' },
};

const catalogues: Readonly<Record<QuoteLanguage, Readonly<Record<string, string>>>> = {
  fi: finnish,
  nb: norwegian,
  da: danish,
  pl: polish,
  uk: ukrainian,
  ar: arabic,
  fa: persian,
  so: somali,
};

/** A sentence to a customer in their language, by what it is in English; null where nobody has translated it. */
export function quoteIn(language: QuoteLanguage, english: string): string | null {
  return catalogues[language][english] ?? null;
}

/** Whether a page's choice names one of these languages. */
export function isQuoteLanguage(value: string): value is QuoteLanguage {
  return Object.hasOwn(catalogues, value);
}
