import { useEffect, useId, useRef, useState } from 'react';
import type { Answer } from '../../preload/contract.ts';
import { dayInWords } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { useAsking } from '../parts/use-asking.ts';
import chainClasses from './chain.module.css';
import { ChainLegend, ChainPicture, mostPictured } from './chain-picture.tsx';
import { type Chain, type ChainRow, chainOf } from './chain-view.ts';
import { ListTable } from './list-ages.tsx';
import classes from './trust.module.css';
import { countryName } from './trust-view.ts';

type Held = NonNullable<Answer<'trust.country'>>;

/** One country: its chain as a picture, the same in a table, and its revocation lists. */
export function CountryPage({ code }: { readonly code: string }) {
  const { t } = useWords();
  const { ask, failure } = useAsking();
  const [found, setFound] = useState<{ readonly held: Held | null } | null>(null);
  useEffect(() => {
    void ask('trust.country', code).then((answer) => setFound(answer === null ? null : { held: answer.value }));
  }, [ask, code]);
  if (failure !== null) return <FailureNotice code={failure} mark="failed" />;
  if (found === null) return null;
  return found.held === null ? <p role="status">{t('trust/notHeld')}</p> : <Country held={found.held} />;
}

function Country({ held }: { readonly held: Held }) {
  const { t, language } = useWords();
  const table = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { country, certificates, revocationLists, today } = held;
  const chain = chainOf(certificates);
  return (
    <article className={classes.country}>
      <header className={classes.intro}>
        <h1 ref={heading} tabIndex={-1} className={classes.title}>
          {t('trust/chain', { name: countryName(country, language, t) })}{' '}
          <span className={classes.code}>{country.code}</span>
        </h1>
        <p className={classes.help}>{t('trust/chainHelp')}</p>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by keys */}
      <div className={chainClasses.scroll} data-sideways tabIndex={0}>
        <ChainPicture chain={chain} today={today} describedBy={table} />
      </div>
      <ChainLegend chain={chain} />
      {chain.rows.length > mostPictured ? <p>{t('trust/pictureCut', { count: mostPictured })}</p> : null}
      <ChainTable chain={chain} id={table} />
      <section className={classes.part}>
        <h2 className={classes.subtitle}>{t('trust/revocation')}</h2>
        {revocationLists.length === 0 ? <p>{t('trust/noRevocation')}</p> : <ListTable lists={revocationLists} />}
      </section>
    </article>
  );
}

function ChainTable({ chain, id }: { readonly chain: Chain; readonly id: string }) {
  const { t } = useWords();
  return (
    <Table className={classes.table} id={id}>
      <caption className="only-heard">{t('trust/chainHelp')}</caption>
      <thead>
        <tr>
          {(['number', 'certificate', 'key', 'validity', 'verifiedBy', 'from'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`trust/${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {chain.rows.map((row) => (
          <ChainLine key={row.number} row={row} />
        ))}
      </tbody>
    </Table>
  );
}

function ChainLine({ row }: { readonly row: ChainRow }) {
  const { t, language } = useWords();
  const { certificate, number, name, keyLetter, standing, verifiedBy } = row;
  const by =
    standing === 'root'
      ? t('trust/byItself')
      : standing === 'orphan'
        ? t('trust/byNobody')
        : verifiedBy === null
          ? t('trust/byOutside')
          : t('trust/byNumber', { number: verifiedBy });
  const sources = new Set(certificate.sources.map(({ kind }) => t(`trust/sources/${kind}`)));
  return (
    <tr>
      <td>{number}</td>
      <th scope="row" className={classes.certificate}>
        {name}
        <span className={classes.small}>
          {t(`trust/kindNames/${standing}`)} · {t('trust/serial', { number: certificate.serialNumber })}
        </span>
        <span className={classes.small}>{certificate.subject}</span>
      </th>
      <td>
        {t('trust/keyName', { letter: keyLetter })}
        <span className={classes.small}>{certificate.keyKind}</span>
        <span className={classes.small}>{certificate.signatureAlgorithm}</span>
      </td>
      <td>
        {t('trust/validFromTo', {
          from: dayInWords(language, certificate.notBefore),
          to: dayInWords(language, certificate.notAfter),
        })}
        <span className={classes.small}>{t(`trust/validities/${certificate.validity}`)}</span>
      </td>
      <td>
        {by}
        {certificate.readingsDiffer ? <span className={classes.small}>{t('trust/readingsDiffer')}</span> : null}
      </td>
      <td>{[...sources].join(', ')}</td>
    </tr>
  );
}
