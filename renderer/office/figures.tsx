import { Printer } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Answer, TellerFiguresView } from '../../preload/contract.ts';
import recordClasses from '../desk/records.module.css';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { usePageHeading } from '../parts/use-page-heading.ts';
import classes from './figures.module.css';
import { monthInWords, monthsUpTo } from './months.ts';

const columns = [
  'cases',
  'goOn',
  'referred',
  'stopped',
  'abandoned',
  'ofColleagues',
  'otherwise',
] as const satisfies readonly (keyof TellerFiguresView)[];

/** For who leads the branch: what each person decided in a month, how often to a colleague, how often otherwise than the result. */
export function Figures({ now = new Date() }: { readonly now?: Date }) {
  const { t, language } = useWords();
  const { ask, failure } = useAsking();
  const months = monthsUpTo(now, 13);
  const [month, setMonth] = useState(months[0] ?? '');
  const [figures, setFigures] = useState<Answer<'records.figures'> | null>(null);
  const heading = usePageHeading();
  useEffect(() => {
    let wanted = true;
    setFigures(null);
    void ask('records.figures', month).then((answer) => {
      if (wanted && answer !== null) setFigures(answer.value);
    });
    return () => {
      wanted = false;
    };
  }, [ask, month]);
  return (
    <main className={recordClasses.records}>
      <header className={recordClasses.head}>
        <h1 ref={heading} tabIndex={-1} className={recordClasses.title}>
          {t('figures/title')}
        </h1>
        <div className={recordClasses.actions}>
          <Button icon={Printer} disabled={figures === null} onClick={() => print()}>
            {t('records/print')}
          </Button>
        </div>
      </header>
      <p className={classes.help}>{t('figures/help')}</p>
      <div className={classes.month}>
        <Field label={t('figures/month')}>
          {(attributes) => (
            <select
              {...attributes}
              className={recordClasses.input}
              value={month}
              onChange={({ target }) => setMonth(target.value)}
            >
              {months.map((each) => (
                <option key={each} value={each}>
                  {monthInWords(language, each)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {failure === null ? null : <FailureNotice code={failure} customer={false} />}
      <p role="status" className={classes.said}>
        {figures === null
          ? ''
          : [
              figures.tellers.length === 0 ? t('figures/none') : '',
              figures.unread === 0 ? '' : t('figures/unread', { count: figures.unread }),
              figures.whole ? '' : t('figures/notWhole'),
            ]
              .filter(Boolean)
              .join(' ')}
      </p>
      {figures === null || figures.tellers.length === 0 ? null : (
        <FiguresTable tellers={figures.tellers} caption={monthInWords(language, month)} />
      )}
    </main>
  );
}

interface FiguresTableProps {
  readonly tellers: readonly TellerFiguresView[];
  readonly caption: string;
}

function FiguresTable({ tellers, caption }: FiguresTableProps) {
  const { t } = useWords();
  return (
    <Table many className={classes.table}>
      <caption className={classes.caption}>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('records/decidedBy')}</th>
          {columns.map((column) => (
            <th key={column} scope="col" className={classes.number}>
              {t(`figures/columns/${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tellers.map((teller) => (
          <tr key={teller.sign}>
            <th scope="row">
              <bdi>{teller.sign}</bdi>
            </th>
            {columns.map((column) => (
              <td key={column} className={classes.number}>
                {teller[column]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {tellers.length < 2 ? null : (
        <tfoot>
          <tr>
            <th scope="row">{t('figures/all')}</th>
            {columns.map((column) => (
              <td key={column} className={classes.number}>
                {tellers.reduce((sum, teller) => sum + teller[column], 0)}
              </td>
            ))}
          </tr>
        </tfoot>
      )}
    </Table>
  );
}
