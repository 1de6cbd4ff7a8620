import { failureWords } from '../../resources/failures/failures.ts';
import type { Integrity } from '../store/marks/store-marks.ts';
import { printable } from './layout.ts';

const mostNamed = 50;

/** What others changed of what verdicts rest on, row by row, for people. */
export function touchedText(touched: Integrity['touched']): string {
  const rows = touched.slice(0, mostNamed).map((row) => `  ${touchedRow(row)}`);
  const more = touched.length > mostNamed ? [`  and ${touched.length - mostNamed} more`] : [];
  return [`${failureWords('en', 'trust.tampered').happened} (trust.tampered)`, ...rows, ...more].join('\n');
}

/** One row of it. */
export function touchedRow({ table, key, what }: Integrity['touched'][number]): string {
  return key === null ? `${table}: changed as a whole` : `${table} ${printable(key)}: ${what}`;
}
