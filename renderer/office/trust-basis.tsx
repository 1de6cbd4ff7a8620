import { useCallback, useEffect, useId, useState } from 'react';
import type { TrustBasisView, TrustWorkView } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { Authorities } from './authorities.tsx';
import { Limits } from './limits.tsx';
import { Origins } from './origins.tsx';
import { OwnKey } from './own-key.tsx';
import type { TrustRights } from './trust-rights.ts';

interface TrustBasisProps {
  /** What is done to the lists now. */
  readonly work: TrustWorkView | null;
  /** Another object whenever something may have changed elsewhere on the page. */
  readonly told: unknown;
  readonly rights: TrustRights;
  /** Something may have changed. */
  readonly onChanged: () => void;
}

/** What trust rests on here beside the lists: single certificates, what limits them, where everything came from, the own key. */
export function TrustBasis({ work, told, rights, onChanged }: TrustBasisProps) {
  const { t } = useWords();
  const { ask, failure } = useAsking();
  const [basis, setBasis] = useState<TrustBasisView | null>(null);
  const working = useId();
  const look = useCallback(() => {
    void ask('trust.basis').then((answer) => {
      if (answer !== null) setBasis(answer.value);
    });
  }, [ask]);
  const isQuiet = work === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: work that ends, and what was done elsewhere on the page, changes it
  useEffect(look, [look, isQuiet, told]);
  const changed = () => {
    look();
    onChanged();
  };
  const notNow = isQuiet ? undefined : working;
  return (
    <>
      <p id={working} className="only-heard">
        {isQuiet ? '' : t('trust/upkeep/opening')}
      </p>
      {failure === null ? null : <FailureNotice code={failure} mark="failed" />}
      {basis === null ? null : (
        <>
          <Authorities basis={basis} notNow={notNow} rights={rights} onChanged={changed} />
          <Limits basis={basis} notNow={notNow} rights={rights} onChanged={changed} />
          <Origins basis={basis} />
          <OwnKey station={basis.station} />
        </>
      )}
    </>
  );
}
