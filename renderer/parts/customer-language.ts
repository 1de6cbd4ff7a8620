import { createContext, use } from 'react';
import { loadQuotes, type QuoteLanguage } from '../../resources/quotes/quotes.ts';
import { isLanguage, type Language } from '../../resources/texts/languages.ts';
import { loadWords } from './language.ts';

/** In which language the customer is spoken to; null while it is the teller's own. */
export type CustomerLanguage = QuoteLanguage | Language | null;

export const CustomerLanguageContext = createContext<CustomerLanguage>(null);

/** The customer's language, where it is another than the page's. */
export function useCustomerLanguage(): CustomerLanguage {
  return use(CustomerLanguageContext);
}

/** Loads what customers are told in a language. False where its files are not to be had. */
export async function loadCustomerLanguage(language: CustomerLanguage): Promise<boolean> {
  if (language === null) return true;
  return isLanguage(language) ? loadWords(language) : loadQuotes(language);
}
