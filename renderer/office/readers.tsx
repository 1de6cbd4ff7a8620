import { Nfc } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import type { Answer, DeskState } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './condition.module.css';
import { ReaderTest } from './reader-test.tsx';

interface ReadersProps {
  readonly readers: DeskState['readers'];
  readonly mayTest: boolean;
}

/** The station's readers: how each stands, what is known of it, and whether what lies on it answers. */
export function Readers({ readers, mayTest }: ReadersProps) {
  const { t } = useWords();
  const { ask, failure, busy } = useAsking();
  const [known, setKnown] = useState<Answer<'readers.known'>>([]);
  const [test, setTest] = useState<Answer<'readers.test'> | null>(null);
  const title = useId();
  const waiting = useId();
  const { length } = readers;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another reader is known by other words
  useEffect(() => {
    void ask('readers.known').then((answer) => setKnown(answer?.value ?? []));
  }, [ask, length]);
  const named = (name: string): string =>
    readers.some((each) => each.name === name && each.kind === 'training') ? t('training/readerName') : name;
  const tryIt = async (name: string) => {
    setTest(null);
    setTest((await ask('readers.test', name))?.value ?? null);
  };
  if (length === 0) return null;
  return (
    <section className={classes.log} aria-labelledby={title}>
      <h2 id={title} className={classes.subtitle}>
        {t('readers/title')}
      </h2>
      <p className={classes.help}>{t('setUp/reader/help')}</p>
      <ul className={classes.items}>
        {readers.map(({ name, state }, place) => {
          const standing = `${waiting}-${place}`;
          const advice = known.find((each) => each.name === name)?.advice ?? [];
          const lies = state !== 'empty' && state !== 'unusable';
          return (
            <li key={name} className={classes.item}>
              <div>
                <p className={classes.name}>
                  <bdi>{named(name)}</bdi>
                </p>
                <p id={standing}>{t(`setUp/reader/states/${state}`)}</p>
                {advice.length === 0 ? <p className={classes.help}>{t('readers/nothingKnown')}</p> : null}
                {advice.map((each) => (
                  <p key={each} className={classes.help}>
                    {t(`readers/advice/${each}`)}
                  </p>
                ))}
                {mayTest ? (
                  <Button icon={Nfc} notNow={lies && !busy ? undefined : standing} onClick={() => void tryIt(name)}>
                    {t('readers/test', { name: named(name) })}
                  </Button>
                ) : null}
              </div>
            </li>
          );
        })}
      </ul>
      {failure === null ? null : <FailureNotice code={failure} customer={false} />}
      <ReaderTest test={test} named={named} />
    </section>
  );
}
