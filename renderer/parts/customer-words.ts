import { isQuoteLanguage, quoteIn, quoteLanguageFacts } from '../../resources/quotes/quotes.ts';
import type { TextKey } from '../../resources/texts/catalogue.ts';
import type { CustomerLanguage } from './customer-language.ts';
import { type Words, wordsIn } from './language.ts';

/** Words for a customer: in which language they are, which way it is written, and what they mean in the teller's; null where it is the same. */
export interface CustomerWords {
  readonly words: string;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly meant: string | null;
}

/** A text of the catalogue for a customer; in the teller's own language where nobody has translated it. */
export function customerWords(customer: CustomerLanguage, own: Words, key: TextKey): CustomerWords {
  const meant = own.t(key);
  const same: CustomerWords = { words: meant, language: own.language, direction: 'ltr', meant: null };
  if (customer === null || customer === own.language) return same;
  if (!isQuoteLanguage(customer))
    return { words: wordsIn(customer).t(key), language: customer, direction: 'ltr', meant };
  const words = quoteIn(customer, wordsIn('en').t(key));
  return words === null
    ? same
    : { words, language: customer, direction: quoteLanguageFacts[customer].direction, meant };
}

/** Day and time on a paper for a customer: their language's words, the calendar and the figures that the record has. */
export function dayAndTimeFor(language: string, instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, { dateStyle: 'long', timeStyle: 'short' });
  return format.format(date);
}
