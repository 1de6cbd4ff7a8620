import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Answer } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { CountryPage } from './country-page.tsx';
import { CountryTable } from './country-table.tsx';
import { ListAges } from './list-ages.tsx';
import classes from './trust.module.css';
import { Updates } from './updates.tsx';

interface TrustProps {
  /** The code of the country that is open; null shows all. */
  readonly shown: string | null;
  readonly onShow: (code: string | null) => void;
}

/** Whom the station believes: its countries, one country's chain, the lists' ages and what the last update changed. */
export function Trust({ shown, onShow }: TrustProps) {
  const { t } = useWords();
  const [search, setSearch] = useState('');
  return (
    <main className={classes.trust}>
      {shown === null ? (
        <Overview search={search} onSearch={setSearch} onShow={onShow} />
      ) : (
        <>
          <div>
            <Button icon={ArrowLeft} onClick={() => onShow(null)}>
              {t('trust/title')}
            </Button>
          </div>
          <CountryPage code={shown} />
        </>
      )}
    </main>
  );
}

interface OverviewProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly onShow: (code: string) => void;
}

interface Seen {
  readonly held: Answer<'trust.countries'>;
  readonly sources: Answer<'trust.sources'>;
}

function Overview({ search, onSearch, onShow }: OverviewProps) {
  const { t } = useWords();
  const { ask, failure } = useAsking();
  const [seen, setSeen] = useState<Seen | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    void Promise.all([ask('trust.countries'), ask('trust.sources')]).then(([held, sources]) => {
      if (held !== null && sources !== null) setSeen({ held: held.value, sources: sources.value });
    });
  }, [ask]);
  return (
    <>
      <header className={classes.intro}>
        <h1 ref={heading} tabIndex={-1} className={classes.title}>
          {t('trust/title')}
        </h1>
        <p className={classes.help}>{t('trust/help')}</p>
      </header>
      {failure === null ? null : <FailureNotice code={failure} mark="failed" />}
      {seen === null ? null : seen.held.certificates === 0 ? (
        <Empty sources={seen.sources} />
      ) : (
        <div className={classes.columns}>
          <CountryTable held={seen.held} search={search} onSearch={onSearch} onShow={onShow} />
          <div className={classes.side}>
            <ListAges lists={seen.sources.lists} />
            <Updates updates={seen.sources.updates} />
            <p className={classes.help}>
              {t('trust/updateHelp')} <code className={classes.command}>{t('trust/importCommand')}</code>
            </p>
          </div>
        </div>
      )}
    </>
  );
}

function Empty({ sources }: { readonly sources: Answer<'trust.sources'> }) {
  const { t } = useWords();
  return (
    <>
      <div className={classes.empty} role="status">
        <p className={classes.emptyWords}>{t('trust/empty')}</p>
        <p>{t('trust/emptyHelp')}</p>
        <p>
          <code className={classes.command}>{t('trust/firstCommand')}</code>
        </p>
        <p>{t('trust/firstHelp')}</p>
      </div>
      {sources.updates.length === 0 ? null : <Updates updates={sources.updates} />}
    </>
  );
}
