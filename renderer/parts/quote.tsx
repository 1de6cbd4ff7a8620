import { MessageCircle } from 'lucide-react';
import { isQuoteLanguage, quoteIn, quoteLanguageFacts } from '../../resources/quotes/quotes.ts';
import { isLanguage, languageFacts } from '../../resources/texts/languages.ts';
import { useCustomerLanguage } from './customer-language.ts';
import { useWords, type Words, wordsIn } from './language.ts';
import classes from './said.module.css';

interface QuoteProps {
  /** The words in whichever language is asked for. */
  readonly say: (words: Words) => string;
  readonly kind?: 'ask' | 'tell';
}

interface Said {
  readonly words: string;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
}

function saidTo(customer: ReturnType<typeof useCustomerLanguage>, say: QuoteProps['say'], own: Said): Said {
  if (customer === null) return own;
  if (!isQuoteLanguage(customer)) return { words: say(wordsIn(customer)), language: customer, direction: 'ltr' };
  const words = quoteIn(customer, say(wordsIn('en')));
  return words === null ? own : { words, language: customer, direction: quoteLanguageFacts[customer].direction };
}

/** Words to say aloud to the customer: in their language, with what they mean in the teller's. */
export function Quote({ say, kind = 'ask' }: QuoteProps) {
  const own = useWords();
  const customer = useCustomerLanguage();
  const meant: Said = { words: say(own), language: own.language, direction: 'ltr' };
  const said = saidTo(customer, say, meant);
  const isOther = said.language !== meant.language;
  return (
    <p className={classes.quote}>
      <MessageCircle className={classes.icon} aria-hidden="true" />
      <span>
        <span className={classes.who}>
          {own.t(kind === 'ask' ? 'common/askTheCustomer' : 'common/tellTheCustomer')}
        </span>{' '}
        <q className={classes.words} lang={said.language} dir={said.direction}>
          {marked(said)}
        </q>
        {isOther ? <span className={classes.meant}>{meant.words}</span> : null}
      </span>
    </p>
  );
}

// The page's own marks serve the languages that it does not speak itself.
function marked({ words, language }: Said): string {
  const [open, close] = languageFacts[isLanguage(language) ? language : 'en'].quotes;
  return `${open}${words}${close}`;
}
