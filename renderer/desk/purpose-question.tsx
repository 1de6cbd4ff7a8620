import {
  ArrowLeftRight,
  Cake,
  ChevronRight,
  CreditCard,
  Fingerprint,
  type LucideIcon,
  ShieldPlus,
  Smartphone,
  UserPlus,
} from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { CaseView, PurposeView } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { Quote } from '../parts/quote.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { BeforeNews, PrintedDocument } from './before-news.tsx';
import classes from './question.module.css';
import { Question } from './question.tsx';

const purposes: readonly (readonly [PurposeView, LucideIcon])[] = [
  ['renew-bankid', Fingerprint],
  ['large-transfer', ArrowLeftRight],
  ['step-up', ShieldPlus],
  ['new-customer', UserPlus],
  ['replace-device', Smartphone],
  ['collect-card', CreditCard],
  ['age', Cake],
];

interface PurposeQuestionProps {
  readonly view: CaseView | null;
  /** Whether something is on a reader before the case has begun: the customer before may have left it there. */
  readonly left: boolean;
}

/** The first question. Choosing an errand begins the case where none is open. */
export function PurposeQuestion({ view, left }: PurposeQuestionProps) {
  const { t } = useWords();
  const { ask, busy, failure } = useAsking();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.querySelector('button')?.focus(), []);
  const choose = async (purpose: PurposeView) => {
    if (view === null && (await ask('case.begin')) === null) return;
    await ask('case.choosePurpose', purpose);
  };
  return (
    <Question question={t('purpose/question')} help={t('purpose/help')} focusHeading={false}>
      {view === null ? null : (
        <>
          <PrintedDocument view={view} />
          <BeforeNews view={view} />
        </>
      )}
      <ul ref={list} className={classes.cards} onKeyDown={moveFocus}>
        {purposes.map(([purpose, Icon]) => (
          <li key={purpose}>
            <button
              type="button"
              className={classes.card}
              disabled={busy}
              aria-current={view?.purpose === purpose}
              onClick={() => void choose(purpose)}
            >
              <Icon className={classes.cardIcon} aria-hidden="true" />
              <span className={classes.cardText}>
                <span className={classes.cardName}>{t(`purposes/${purpose}`)}</span>
                <span className={classes.cardHelp}>{t(`purposeHelp/${purpose}`)}</span>
              </span>
              <ChevronRight aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      <p role="status" className={classes.left}>
        {left ? t('purpose/left') : ''}
      </p>
      {failure === null ? null : <FailureNotice code={failure} />}
      <Quote say={({ t: said }) => said('purpose/ask')} />
    </Question>
  );
}

// Arrow keys beside Tab, as lists of choices behave.
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
}
