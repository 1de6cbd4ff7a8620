import { createContext, use } from 'react';
import type { QuoteLanguage } from '../../resources/quotes/quotes.ts';
import type { Language } from '../../resources/texts/texts.ts';

/** In which language the customer is spoken to; null while it is the teller's own. */
export type CustomerLanguage = QuoteLanguage | Language | null;

export const CustomerLanguageContext = createContext<CustomerLanguage>(null);

/** The customer's language, where it is another than the page's. */
export function useCustomerLanguage(): CustomerLanguage {
  return use(CustomerLanguageContext);
}
