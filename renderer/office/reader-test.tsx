import type { Answer } from '../../preload/contract.ts';
import { dayAndTime } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { type Mark, ResultMark } from '../parts/result-mark.tsx';
import classes from './reader-test.module.css';

/** The shape beside what answered a test: a card that is no travel document proves the reader all the same. */
const marks: Readonly<Record<Answer<'readers.test'>['found'], Mark>> = {
  document: 'successful',
  'other-card': 'refer',
  unclear: 'refer',
};

interface ReaderTestProps {
  readonly test: Answer<'readers.test'> | null;
  /** A reader's name as people know it. */
  readonly named: (name: string) => string;
}

/** What a test of a reader found, announced. */
export function ReaderTest({ test, named }: ReaderTestProps) {
  const { t, language } = useWords();
  return (
    <div role="status" data-testid="reader-test">
      {test === null ? null : (
        <p className={classes.told}>
          <ResultMark mark={marks[test.found]} />
          {t(`setUp/reader/found/${test.found}`, {
            reader: named(test.reader),
            when: dayAndTime(language, test.at),
          })}
        </p>
      )}
    </div>
  );
}
