import type { Machine } from './command.ts';
import { printable } from './layout.ts';

export interface ProgressLine {
  /** How far something has come. On a terminal the line is written over; elsewhere its end alone is a line. */
  readonly show: (what: string, done: number, total: number) => void;
}

const barWidth = 30;

/** A bar of progress on standard error. */
export function progressLine(machine: Pick<Machine, 'error' | 'isTerminal'>): ProgressLine {
  return {
    show: (label, done, total) => {
      const what = printable(label);
      const ended = done >= total;
      if (!machine.isTerminal) {
        if (ended) machine.error(`  ${what}: ${done}\n`);
        return;
      }
      const filled = total === 0 ? barWidth : Math.min(barWidth, Math.round((done / total) * barWidth));
      const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
      machine.error(`\r\u001b[K  ${bar} ${what} ${done} of ${total}${ended ? '\n' : ''}`);
    },
  };
}
