import type { TrustBasisView } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import { Table } from '../parts/table.tsx';
import { BasisPart } from './basis-part.tsx';
import { originTaken, originWhat, originWord } from './trust-basis-view.ts';

/** Where everything came from, when, and on whose word it rests. */
export function Origins({ basis: { origins, originCount } }: { readonly basis: TrustBasisView }) {
  const { t, language } = useWords();
  if (origins.length === 0) return null;
  return (
    <BasisPart title={t('trust/origins/title')} help={t('trust/origins/help')} act={null} testId="origins">
      <Table>
        <caption className="only-heard">{t('trust/origins/title')}</caption>
        <thead>
          <tr>
            {(['what', 'taken', 'word', 'count'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`trust/origins/columns/${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {origins.map((origin) => (
            <tr key={JSON.stringify(origin)}>
              <th scope="row">
                <bdi>{originWhat(origin, language, t)}</bdi>
              </th>
              <td>{originTaken(origin, language, t)}</td>
              <td>
                <bdi>{originWord(origin, t)}</bdi>
              </td>
              <td>{origin.count}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      {originCount > origins.length ? <p>{t('trust/signers/more', { count: originCount - origins.length })}</p> : null}
    </BasisPart>
  );
}
