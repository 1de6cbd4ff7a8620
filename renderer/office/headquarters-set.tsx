import { Unplug } from 'lucide-react';
import { useId } from 'react';
import type { HeadquartersView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import { Fingerprint } from './fingerprint.tsx';
import classes from './headquarters.module.css';
import { setRows } from './headquarters-view.ts';

interface HeadquartersSetProps extends Pick<HeadquartersView, 'set'> {
  /** Not now, and the element of this id says why. */
  readonly notNow: string | undefined;
  /** Null for who may only look. */
  readonly onUnset: (() => void) | null;
}

/** Which headquarters is set, by whom, and until when its certificates hold; never a key or a password. */
export function HeadquartersSet({ set, notNow, onUnset }: HeadquartersSetProps) {
  const { t, language } = useWords();
  const title = useId();
  const help = useId();
  return (
    <section className={classes.part} aria-labelledby={title}>
      <h2 id={title} className={classes.subtitle}>
        {t('headquarters/set')}
      </h2>
      {set === null ? (
        <p>{t('headquarters/none')}</p>
      ) : (
        <dl className={classes.facts} data-testid="headquarters-set">
          {setRows(set, language, t).map(({ field, words, compare, mark }) => (
            <div key={field} className={classes.row}>
              <dt>{t(`headquarters/fields/${field}`)}</dt>
              <dd>
                {compare ? (
                  <Fingerprint digits={words} />
                ) : (
                  <span className={classes.state}>
                    {mark === null ? null : <ResultMark mark={mark} />}
                    <bdi>{words}</bdi>
                  </span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {set === null || onUnset === null ? null : (
        <>
          <p id={help} className={classes.help}>
            {t('headquarters/unsetHelp')}
          </p>
          <div className={classes.actions}>
            <Button icon={Unplug} notNow={notNow} describedBy={help} onClick={onUnset}>
              {t('headquarters/unset')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
