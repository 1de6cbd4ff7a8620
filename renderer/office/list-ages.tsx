import type { TrustListView } from '../../preload/contract.ts';
import { dayInWords } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import { Table } from '../parts/table.tsx';
import classes from './trust.module.css';
import { ageInWords, freshnessMark, listName, timeLeftInWords } from './trust-view.ts';

const alwaysShown = 8;

/** The lists of the station with their ages: those that hurt, then as many more as fit; the rest on demand. */
export function ListAges({ lists }: { readonly lists: readonly TrustListView[] }) {
  const { t } = useWords();
  const urgent = lists.filter(({ freshness }) => freshness !== 'fresh').length;
  const shown = Math.max(alwaysShown, urgent);
  const rest = lists.slice(shown);
  return (
    <section className={classes.part}>
      <h2 className={classes.subtitle}>{t('trust/lists')}</h2>
      <p className={classes.help}>{t('trust/listsHelp')}</p>
      {lists.length === 0 ? <p>{t('trust/noLists')}</p> : <ListTable lists={lists.slice(0, shown)} />}
      {rest.length === 0 ? null : (
        <details>
          <summary className={classes.summary}>{t('trust/moreLists', { count: rest.length })}</summary>
          <ListTable lists={rest} />
        </details>
      )}
    </section>
  );
}

/** Lists by name, age, limit and state. */
export function ListTable({ lists }: { readonly lists: readonly TrustListView[] }) {
  const { t } = useWords();
  return (
    <Table className={classes.table}>
      <caption className="only-heard">{t('trust/lists')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('trust/list')}</th>
          <th scope="col">{t('trust/age')}</th>
          <th scope="col">{t('trust/until')}</th>
          <th scope="col">{t('trust/state')}</th>
        </tr>
      </thead>
      <tbody>
        {lists.map((list) => (
          <ListLine key={`${list.kind} ${list.name}`} list={list} />
        ))}
      </tbody>
    </Table>
  );
}

function ListLine({ list }: { readonly list: TrustListView }) {
  const { t, language } = useWords();
  const { date, ageDays, until, daysLeft, freshness } = list;
  return (
    <tr>
      <th scope="row" className={classes.certificate}>
        {listName(list, t)}
      </th>
      <td>
        {date === null || ageDays === null ? (
          t('trust/noUntil')
        ) : (
          <>
            {ageInWords(ageDays, t)}
            <span className={classes.small}>{dayInWords(language, date)}</span>
          </>
        )}
      </td>
      <td>
        {until === null || daysLeft === null ? (
          t('common/unknown')
        ) : (
          <>
            {dayInWords(language, until)}
            <span className={classes.small}>{timeLeftInWords(daysLeft, t)}</span>
          </>
        )}
      </td>
      <td>
        <span className={classes.state}>
          <ResultMark mark={freshnessMark(freshness)} />
          {t(`trust/freshness/${freshness}`)}
        </span>
      </td>
    </tr>
  );
}
