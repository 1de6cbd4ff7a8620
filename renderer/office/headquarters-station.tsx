import { Copy, CopyCheck } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { HeadquartersView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import classes from './headquarters.module.css';

/** Who the station is to its headquarters, to be taken there. */
export function HeadquartersStation({ station }: Pick<HeadquartersView, 'station'>) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const facts = useRef<HTMLDListElement>(null);
  const title = useId();
  // The platform's clipboard asks for a permission that this page never has: the selection is copied instead.
  const copy = () => {
    if (facts.current === null) return;
    getSelection()?.selectAllChildren(facts.current);
    setCopied(document.execCommand('copy'));
  };
  return (
    <section className={classes.part} aria-labelledby={title}>
      <h2 id={title} className={classes.subtitle}>
        {t('headquarters/station')}
      </h2>
      <p className={classes.help}>{t('headquarters/stationHelp')}</p>
      <dl ref={facts} className={classes.facts} data-testid="headquarters-station">
        {(['id', 'publicKey', 'role'] as const).map((field) => (
          <div key={field} className={classes.row}>
            <dt>{t(`headquarters/fields/${field}`)}</dt>
            <dd className={classes.mono}>{station[field]}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.actions}>
        <Button icon={copied ? CopyCheck : Copy} onClick={copy}>
          {t('headquarters/copy')}
        </Button>
        <span role="status">
          {copied ? (
            <>
              <ResultMark mark="successful" /> {t('common/copied')}
            </>
          ) : null}
        </span>
      </div>
    </section>
  );
}
