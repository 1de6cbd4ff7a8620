import type { Answer } from '../../preload/contract.ts';
import type { Mark } from '../parts/result-mark.tsx';

/** The shape beside what answered a test: a card that is no travel document proves the reader all the same. */
export const testMarks: Readonly<Record<Answer<'readers.test'>['found'], Mark>> = {
  document: 'successful',
  'other-card': 'refer',
  unclear: 'refer',
};
