import type { CaseView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { Quote } from '../parts/quote.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './face.module.css';

/** The customer is asked; who says no loses nothing, and is told so with the question. */
export function MachineConsent({ machine }: { readonly machine: NonNullable<CaseView['machine']> }) {
  const { t } = useWords();
  const { ask, busy } = useAsking();
  const { consent } = machine;
  return (
    <section className={classes.machine} aria-label={t('face/machine/title')}>
      <Quote say={({ t: said }) => said('face/machine/ask')} />
      <div className={classes.tools}>
        <Button pressed={consent === 'given'} disabled={busy} onClick={() => void ask('case.consentToMachine', true)}>
          {t('face/machine/yes')}
        </Button>
        <Button
          pressed={consent === 'refused'}
          disabled={busy}
          onClick={() => void ask('case.consentToMachine', false)}
        >
          {t('face/machine/no')}
        </Button>
      </div>
      {consent === 'given' ? (
        <p role="status">{t(machine.compared ? 'face/machine/compared' : 'face/machine/waits')}</p>
      ) : null}
    </section>
  );
}
