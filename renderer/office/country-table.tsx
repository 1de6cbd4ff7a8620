import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import type { Answer, TrustCountryRow } from '../../preload/contract.ts';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { dayInWords } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { Table } from '../parts/table.tsx';
import classes from './trust.module.css';
import {
  type CountryColumn,
  countryColumns,
  countryName,
  type Sorting,
  shownCountries,
  sortedBy,
} from './trust-view.ts';

interface CountryTableProps {
  readonly held: Answer<'trust.countries'>;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly onShow: (code: string) => void;
}

/** The countries on one page: searched as one types, sorted by any column. */
export function CountryTable({ held, search, onSearch, onShow }: CountryTableProps) {
  const { t, language } = useWords();
  const [sorting, setSorting] = useState<Sorting>({ column: 'name', descending: false });
  const rows = shownCountries(held.countries, search, sorting, language, t);
  return (
    <section className={classes.part}>
      <p>
        {t('trust/summary', {
          count: held.certificates,
          countries: t('trust/countryCount', { count: held.countries.length }),
        })}
        {held.documentSigners === 0 ? null : ` ${t('trust/documentSigners', { count: held.documentSigners })}`}
      </p>
      <div className={classes.search}>
        <Field label={t('trust/search')}>
          {(attributes) => (
            <input
              {...attributes}
              className={fieldClasses.input}
              type="search"
              value={search}
              maxLength={100}
              autoComplete="off"
              onChange={(event) => onSearch(event.target.value)}
            />
          )}
        </Field>
        <p role="status" className={classes.help}>
          {search.trim() === ''
            ? null
            : rows.length === 0
              ? t('trust/noneFound', { query: search.trim() })
              : t('trust/shown', { count: rows.length })}
        </p>
      </div>
      {rows.length === 0 ? null : (
        <Table className={`${classes.table} ${classes.countries}`}>
          <caption className="only-heard">{t('trust/countries')}</caption>
          <thead>
            <tr>
              {countryColumns.map((column) => (
                <ColumnHead key={column} column={column} sorting={sorting} onSort={setSorting} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <CountryLine key={row.code} row={row} onShow={onShow} />
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

interface ColumnHeadProps {
  readonly column: CountryColumn;
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
}

function ColumnHead({ column, sorting, onSort }: ColumnHeadProps) {
  const { t } = useWords();
  const sorted = sorting.column === column;
  const Arrow = sorting.descending ? ArrowDown : ArrowUp;
  return (
    <th scope="col" aria-sort={sorted ? (sorting.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" className={classes.sort} onClick={() => onSort(sortedBy(sorting, column))}>
        {t(`trust/columns/${column}`)}
        {sorted ? <Arrow className={classes.sortSign} aria-hidden="true" /> : null}
      </button>
    </th>
  );
}

function CountryLine({ row, onShow }: { readonly row: TrustCountryRow; readonly onShow: (code: string) => void }) {
  const { t, language } = useWords();
  const name = countryName(row, language, t);
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className={classes.open}
          aria-label={t('trust/open', { name })}
          onClick={() => onShow(row.code)}
        >
          {name}
        </button>
        {name === row.code ? null : <span className={classes.code}>{row.code}</span>}
      </th>
      {(['certificates', 'selfSigned', 'links', 'orphans', 'expiring', 'expired'] as const).map((column) => (
        <td key={column} data-none={row[column] === 0}>
          {row[column]}
        </td>
      ))}
      <td>{row.lastDay === null ? t('common/unknown') : dayInWords(language, row.lastDay)}</td>
    </tr>
  );
}
