import { ListChecks } from 'lucide-react';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import classes from './layout.module.css';

/** At the desk: that the first set-up is not over, and the way back to it. */
export function SetUpNotice({ onOpen }: { readonly onOpen: () => void }) {
  const { t } = useWords();
  return (
    <section aria-label={t('setUp/title')} className={classes.trustNotice} data-testid="set-up-notice">
      <ListChecks className={classes.stripSign} aria-hidden="true" />
      <p>{t('setUp/notice')}</p>
      <Button kind="quiet" onClick={onOpen}>
        {t('setUp/back')}
      </Button>
    </section>
  );
}
