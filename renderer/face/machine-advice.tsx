import type { CaseView } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';

/** What the machine said, once staff have answered: the main process tells it to nobody before. */
export function MachineAdvice({ machine }: { readonly machine: CaseView['machine'] }) {
  const { t } = useWords();
  const advice = machine?.advice ?? null;
  return advice === null ? null : <p data-testid="machine-advice">{t(`face/machine/advice/${advice}`)}</p>;
}
