import { ArrowLeft } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer, OperatorRow, TrustWorkView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { CountryPage } from './country-page.tsx';
import { CountryTable } from './country-table.tsx';
import { ListAges } from './list-ages.tsx';
import { Signers } from './signers.tsx';
import classes from './trust.module.css';
import { TrustBasis } from './trust-basis.tsx';
import { trustRights } from './trust-rights.ts';
import { Updates } from './updates.tsx';
import { Upkeep } from './upkeep.tsx';

interface TrustProps {
  /** The role of whoever looks; null where nobody signs in. */
  readonly role: OperatorRow['role'] | null;
  /** The code of the country that is open; null shows all. */
  readonly shown: string | null;
  readonly onShow: (code: string | null) => void;
  /** What is done to the lists now. */
  readonly work: TrustWorkView | null;
}

/** Whom the station believes: its countries, one country's chain, the lists' ages and what the last update changed. */
export function Trust({ role, shown, onShow, work }: TrustProps) {
  const { t } = useWords();
  const [search, setSearch] = useState('');
  return (
    <main className={classes.trust}>
      {shown === null ? (
        <Overview role={role} search={search} onSearch={setSearch} onShow={onShow} work={work} />
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

interface OverviewProps extends Pick<TrustProps, 'role' | 'work'> {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly onShow: (code: string) => void;
}

interface Seen {
  readonly held: Answer<'trust.countries'>;
  readonly sources: Answer<'trust.sources'>;
}

function Overview({ role, search, onSearch, onShow, work }: OverviewProps) {
  const { t } = useWords();
  const { ask, failure } = useAsking();
  const [seen, setSeen] = useState<Seen | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const refresh = useCallback(() => {
    void Promise.all([ask('trust.countries'), ask('trust.sources')]).then(([held, sources]) => {
      if (held !== null && sources !== null) setSeen({ held: held.value, sources: sources.value });
    });
  }, [ask]);
  const working = work !== null;
  // Asked at first, and again whenever work on the lists begins or ends, also what nobody here began.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state of the work, another answer
  useEffect(refresh, [refresh, working]);
  return (
    <>
      <header className={classes.intro}>
        <h1 ref={heading} tabIndex={-1} className={classes.title}>
          {t('trust/title')}
        </h1>
        <p className={classes.help}>{t('trust/help')}</p>
      </header>
      {failure === null ? null : <FailureNotice code={failure} mark="failed" />}
      {seen === null ? null : (
        <Held
          seen={seen}
          role={role}
          search={search}
          onSearch={onSearch}
          onShow={onShow}
          work={work}
          onChanged={refresh}
        />
      )}
    </>
  );
}

// What stands beside is the same whether anything is held or not: a first list that comes takes no words away.
function Held({
  seen,
  role,
  search,
  onSearch,
  onShow,
  work,
  onChanged,
}: OverviewProps & { readonly seen: Seen; readonly onChanged: () => void }) {
  const { held, sources } = seen;
  const isEmpty = held.certificates === 0;
  const rights = trustRights(role);
  return (
    <div className={isEmpty ? classes.side : classes.columns}>
      {isEmpty ? <Empty /> : <CountryTable held={held} search={search} onSearch={onSearch} onShow={onShow} />}
      <div className={classes.side}>
        <Upkeep sources={sources} work={work} rights={rights} onChanged={onChanged} />
        <Signers work={work} rights={rights} onChanged={onChanged} />
        {isEmpty ? null : <ListAges lists={sources.lists} />}
        <TrustBasis work={work} told={held} rights={rights} onChanged={onChanged} />
        {isEmpty && sources.updates.length === 0 ? null : <Updates updates={sources.updates} />}
      </div>
    </div>
  );
}

function Empty() {
  const { t } = useWords();
  return (
    <div className={classes.empty} role="status">
      <p className={classes.emptyWords}>{t('trust/empty')}</p>
      <p>{t('trust/emptyHelp')}</p>
      <p>{t('trust/firstHelp')}</p>
    </div>
  );
}
