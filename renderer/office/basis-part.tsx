import { type ReactNode, useId } from 'react';
import type { TrustBasisView } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import { ListsOutcome } from './lists-outcome.tsx';
import signerClasses from './signers.module.css';
import classes from './trust-basis.module.css';
import type { TrustRights } from './trust-rights.ts';
import type { TrustAct } from './use-trust-act.ts';

/** What each part of the page on what trust rests on is given. */
export interface PartProps {
  readonly basis: TrustBasisView;
  /** Not now, and the element of this id says why. */
  readonly notNow: string | undefined;
  readonly rights: TrustRights;
  readonly onChanged: () => void;
}

interface BasisPartProps {
  readonly title: string;
  readonly help: string;
  /** Null where nothing is changed here. */
  readonly act: Pick<TrustAct, 'heading' | 'waits' | 'report' | 'failure' | 'fields'> | null;
  readonly testId: string;
  readonly children: ReactNode;
}

/** One part: its name, what it is for, and what came of the last act on it. */
export function BasisPart({ title, help, act, testId, children }: BasisPartProps) {
  const { t } = useWords();
  const id = useId();
  return (
    <section className={classes.part} aria-labelledby={id} data-testid={testId}>
      <h2 id={id} ref={act?.heading ?? null} tabIndex={-1} className={signerClasses.title}>
        {title}
      </h2>
      <p className={signerClasses.small}>{help}</p>
      {act === null ? null : (
        <>
          <p role="status">{act.waits ? t('confirm/waits') : ''}</p>
          <ListsOutcome report={act.report} testId={`${testId}-report`} failure={act.failure} fields={act.fields} />
        </>
      )}
      {children}
    </section>
  );
}
