import { Check, DoorOpen } from 'lucide-react';
import type { CaseView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import type { CustomerLanguage } from '../parts/customer-language.ts';
import { useWords } from '../parts/language.ts';
import { CustomerLanguagePicker } from './customer-language-picker.tsx';
import classes from './layout.module.css';
import { railEntries } from './rail-view.ts';
import type { CaseStep } from './steps.ts';

interface RailProps {
  readonly view: CaseView | null;
  readonly onGoTo: (step: CaseStep) => void;
  readonly onAbandon: () => void;
  readonly customerLanguage: CustomerLanguage;
  readonly onCustomerLanguage: (language: CustomerLanguage) => void;
}

const stateWords = { done: 'rail/stateDone', current: 'rail/stateCurrent', waiting: 'rail/stateWaiting' } as const;

/** The case at a glance: its steps with their answers, each of which can be opened again. */
export function Rail({ view, onGoTo, onAbandon, customerLanguage, onCustomerLanguage }: RailProps) {
  const { t } = useWords();
  return (
    <nav className={classes.rail} aria-label={t('rail/label')}>
      <ol className={classes.railSteps}>
        {railEntries(view, t).map(({ step, number, shortcut, name, answer, state, open }) => (
          <li key={step}>
            <button
              type="button"
              className={classes.railStep}
              data-state={state}
              aria-current={state === 'current' ? 'step' : undefined}
              aria-keyshortcuts={shortcut}
              disabled={view === null || !open}
              onClick={() => onGoTo(step)}
            >
              <span className={classes.railNumber} aria-hidden="true">
                {state === 'done' ? <Check strokeWidth={3} /> : number}
              </span>
              <span className={classes.railText}>
                <span className={classes.railName}>{name}</span>
                <span className="only-heard">, {t(stateWords[state])}. </span>
                {answer === null ? null : <span className={classes.railAnswer}>{answer}</span>}
              </span>
            </button>
          </li>
        ))}
      </ol>
      <CustomerLanguagePicker chosen={customerLanguage} onChoose={onCustomerLanguage} />
      {view === null ? null : (
        <Button kind="quiet" icon={DoorOpen} onClick={onAbandon}>
          {t(view.referral === null ? 'rail/abandon' : 'queue/putBack')}
        </Button>
      )}
    </nav>
  );
}
