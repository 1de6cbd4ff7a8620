import { useCallback, useEffect, useState } from 'react';
import type { Answer, AppInfo, DeskState, TrustStateView } from '../../preload/contract.ts';
import recordClasses from '../desk/records.module.css';
import { Button } from '../parts/button.tsx';
import { dayAndTime } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { ResultMark } from '../parts/result-mark.tsx';
import { Table } from '../parts/table.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { usePageHeading } from '../parts/use-page-heading.ts';
import { About } from './about.tsx';
import classes from './condition.module.css';
import { conditionOf } from './condition-view.ts';
import { Readers } from './readers.tsx';
import { TextSize } from './text-size.tsx';

interface ConditionProps {
  readonly state: DeskState;
  readonly info: AppInfo;
  readonly mayReadLog: boolean;
  readonly mayTest: boolean;
  readonly onTextSize: (size: AppInfo['textSize']) => void;
}

/** How this station stands: what a case needs, the version, and the newest lines of the log. */
export function Condition({ state, info, mayReadLog, mayTest, onTextSize }: ConditionProps) {
  const { t, language } = useWords();
  const { ask, failure } = useAsking();
  const [trust, setTrust] = useState<TrustStateView | null>(null);
  const heading = usePageHeading();
  useEffect(() => {
    void ask('trust.state').then((answer) => setTrust(answer?.value ?? null));
  }, [ask]);
  const items = conditionOf({ state, info, trust }, language, t);
  return (
    <main className={recordClasses.records}>
      <header>
        <h1 ref={heading} tabIndex={-1} className={recordClasses.title}>
          {t('condition/title')}
        </h1>
        <p className={classes.help}>{t('condition/help')}</p>
      </header>
      {failure === null ? null : <FailureNotice code={failure} customer={false} />}
      <ul className={classes.items}>
        {items.map(({ id, mark, words, advice }) => (
          <li key={id} className={classes.item} data-mark={mark} data-testid={`condition-${id}`}>
            <ResultMark mark={mark} />
            <div>
              <p className={classes.name}>{t(`condition/items/${id}`)}</p>
              <p>{words}</p>
              {advice === null ? null : <p className={classes.help}>{advice}</p>}
            </div>
          </li>
        ))}
      </ul>
      <Readers readers={state.readers} mayTest={mayTest} />
      <TextSize size={info.textSize} onSize={onTextSize} />
      <About />
      {mayReadLog ? <LogLines /> : null}
    </main>
  );
}

function LogLines() {
  const { t, language } = useWords();
  const { ask, failure, busy } = useAsking();
  const [lines, setLines] = useState<Answer<'app.log'> | null>(null);
  const look = useCallback(async () => {
    const answer = await ask('app.log');
    if (answer !== null) setLines(answer.value);
  }, [ask]);
  useEffect(() => void look(), [look]);
  return (
    <section className={classes.log} aria-labelledby="log-lines">
      <header className={recordClasses.head}>
        <h2 id="log-lines" className={classes.subtitle}>
          {t('log/title')}
        </h2>
        <Button disabled={busy} onClick={() => void look()}>
          {t('log/again')}
        </Button>
      </header>
      <p className={classes.help}>{t('log/help')}</p>
      {failure === null ? null : <FailureNotice code={failure} customer={false} />}
      {lines === null ? null : lines.length === 0 ? (
        <p>{t('log/none')}</p>
      ) : (
        <Table>
          <caption className="only-heard">{t('log/title')}</caption>
          <thead>
            <tr>
              {(['at', 'event', 'fields'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`log/${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ at, event, fields }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be alike in all
              <tr key={index}>
                <td>{dayAndTime(language, at)}</td>
                <td className={recordClasses.mono}>{event}</td>
                <td className={recordClasses.mono}>{fields === '{}' ? '' : fields}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}
