import { textsIn } from '../../resources/texts/texts.ts';
import type { InspectionProgress } from '../inspection/types.ts';
import type { Machine } from './command.ts';
import { progressLine } from './progress-line.ts';

/** Tells the steps of an inspection, its moving bytes, and that it begins once more, on standard error. */
export function stepLines(machine: Pick<Machine, 'error' | 'isTerminal'>): (progress: InspectionProgress) => void {
  const text = textsIn('en');
  const line = progressLine(machine);
  const ended = new Set<string>();
  return (progress) => {
    if (progress.type === 'step' && progress.state === 'begun') {
      machine.error(`${text(`steps/${progress.step}`)}\n`);
    }
    if (progress.type === 'repeat') {
      ended.clear();
      machine.error(`${text('reading/repeated')}\n`);
    }
    if (progress.type !== 'file' || progress.bytesTotal === 0 || ended.has(progress.file)) return;
    line.show(`bytes of ${progress.file}`, progress.bytesRead, progress.bytesTotal);
    if (progress.bytesRead >= progress.bytesTotal) ended.add(progress.file);
  };
}
