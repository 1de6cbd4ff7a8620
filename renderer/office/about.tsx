import { useEffect, useState } from 'react';
import type { AppInfo } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './about.module.css';

const managed = [
  'dataFolder',
  'kind',
  'trustPlaces',
  'trustAuthority',
  'revocationStates',
  'reader',
  'language',
  'answerWays',
] as const;

/** What this app is: its version, what its administrators set from outside, and the licences of what others wrote of it. */
export function About() {
  const { t } = useWords();
  const { ask, failure } = useAsking();
  const [info, setInfo] = useState<AppInfo | null>(null);
  const [notices, setNotices] = useState<string | null>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    void ask('app.info').then((answer) => setInfo(answer?.value ?? null));
  }, [ask]);
  const open = () => {
    if (opened) return;
    setOpened(true);
    void ask('app.notices').then((answer) => setNotices(answer?.value ?? null));
  };
  if (info === null) return null;
  const names = managed.filter((name) => info.managed.includes(name)).map((name) => t(`about/settings/${name}`));
  return (
    <section className={classes.about} aria-label={t('about/title')}>
      <h2 className={classes.title}>{t('about/title')}</h2>
      <p>{t('about/version', { version: info.version })}</p>
      {names.length === 0 ? null : <p>{t('about/managed', { settings: names.join(', ') })}</p>}
      <details onToggle={open}>
        <summary>{t('about/licences')}</summary>
        {failure === null ? null : <FailureNotice code={failure} mark="failed" />}
        {notices === null ? <p>{t('about/noLicences')}</p> : <pre className={classes.notices}>{notices}</pre>}
      </details>
    </section>
  );
}
