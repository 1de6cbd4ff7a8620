import { useEffect, useRef } from 'react';
import type { Answer } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import { HolderCard } from './holder-card.tsx';
import classes from './question.module.css';

/** Whom the lines of a document lead to. */
export type FoundByDocument = Answer<'holders.byDocument'>;

interface CandidatesProps {
  readonly by: FoundByDocument;
  readonly onChoose: (id: string) => void;
}

/** Those on file whose document it may be, the surest first, one Enter away: staff say who it is. */
export function DocumentCandidates({ by: { found, tooMany }, onChoose }: CandidatesProps) {
  const { t, failure } = useWords();
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each document anew
  useEffect(() => list.current?.querySelector('button')?.focus(), [found]);
  const count = found.length;
  return (
    <section className={classes.cards} aria-label={t('holder/byDocument')}>
      <p role="status" className={classes.help}>
        {count === 0 ? t('holder/documentNobody') : t('holder/documentFound', { count })}
        {tooMany ? ` ${t('holder/documentTooMany')}` : null}
      </p>
      <ul ref={list} className={classes.cards}>
        {found.map(({ holder, reasons, against }) => (
          <li key={holder.id}>
            <HolderCard
              holder={holder}
              how={reasons.map((reason) => t(`holder/because-${reason}`)).join(', ')}
              against={against.map((code) => failure(code).happened)}
              onChoose={() => onChoose(holder.id)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
