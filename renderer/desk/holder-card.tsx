import { ChevronRight, UserRound } from 'lucide-react';
import type { HolderView } from '../../preload/contract.ts';
import { personalNumber } from '../parts/formats.ts';
import { holderName } from '../parts/holder-name.ts';
import { useWords } from '../parts/language.ts';
import classes from './question.module.css';

interface HolderCardProps {
  readonly holder: HolderView;
  /** How this person was found. */
  readonly how: string;
  /** What speaks against it being them, a sentence each. */
  readonly against?: readonly string[];
  readonly onChoose: () => void;
}

/** Somebody on file who may be meant: chosen by staff alone. */
export function HolderCard({ holder, how, against = [], onChoose }: HolderCardProps) {
  const { t } = useWords();
  return (
    <button type="button" className={classes.card} onClick={onChoose}>
      <UserRound className={classes.cardIcon} aria-hidden="true" />
      <span className={classes.cardText}>
        <bdi className={classes.cardName}>{holderName(t, holder)}</bdi>
        <span className={classes.cardHelp}>
          {holder.personalNumber !== null
            ? personalNumber(holder.personalNumber)
            : holder.birthDate === null
              ? holder.id
              : t('holder/born', { date: holder.birthDate })}
        </span>
        {against.map((sentence) => (
          <strong key={sentence} className={classes.cardAgainst}>
            {sentence}
          </strong>
        ))}
      </span>
      <span className={classes.cardEnd}>{how}</span>
      <ChevronRight aria-hidden="true" />
    </button>
  );
}
