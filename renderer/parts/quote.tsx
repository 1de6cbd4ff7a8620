import { MessageCircle } from 'lucide-react';
import { useWords } from './language.ts';
import classes from './said.module.css';

interface QuoteProps {
  readonly children: string;
  readonly kind?: 'ask' | 'tell';
}

/** Words to say aloud to the customer. */
export function Quote({ children, kind = 'ask' }: QuoteProps) {
  const { t, language } = useWords();
  const [open, close] = language === 'sv' ? ['”', '”'] : ['“', '”'];
  return (
    <p className={classes.quote}>
      <MessageCircle className={classes.icon} aria-hidden="true" />
      <span>
        <span className={classes.who}>{t(kind === 'ask' ? 'common/askTheCustomer' : 'common/tellTheCustomer')}</span>{' '}
        <q className={classes.words}>
          {open}
          {children}
          {close}
        </q>
      </span>
    </p>
  );
}
