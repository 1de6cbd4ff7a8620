import { type ReactNode, useEffect, useRef } from 'react';
import type { VerdictView } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import classes from './question.module.css';
import { verdictMark } from './verdict-view.ts';

interface QuestionProps {
  /** The one sentence of this moment. */
  readonly question: string;
  readonly help?: string | undefined;
  readonly children: ReactNode;
  /** What Enter does. */
  readonly onSubmit?: (() => void) | undefined;
  /** Whether the sentence takes the focus when it appears; not where a field does. */
  readonly focusHeading?: boolean;
  readonly wide?: boolean;
  /** Where the sentence is a verdict: largest on the screen, with its shape and colour. */
  readonly verdict?: VerdictView['verdict'] | null;
}

/** The middle of the desk: one question, its help, and what answers it. */
export function Question(props: QuestionProps) {
  const { question, help, children, onSubmit, focusHeading = true, wide = false, verdict = null } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const { language } = useWords();
  const said = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new sentence is a new moment
  useEffect(() => {
    // The same sentence in another language is none: whoever chose the language stays where they are.
    const isTranslated = said.current !== null && said.current !== language;
    said.current = language;
    if (focusHeading && !isTranslated) heading.current?.focus();
  }, [focusHeading, question, language]);
  const content = (
    <>
      <header className={verdict === null ? classes.head : classes.verdict} data-verdict={verdict ?? undefined}>
        {verdict === null ? null : <ResultMark mark={verdictMark(verdict)} large />}
        <h1 ref={heading} tabIndex={-1} className={verdict === null ? classes.question : classes.verdictSentence}>
          {question}
        </h1>
        {help === undefined ? null : <p className={classes.help}>{help}</p>}
      </header>
      {children}
    </>
  );
  const className = `${classes.body} ${wide ? classes.wide : ''}`;
  if (onSubmit === undefined) return <div className={className}>{content}</div>;
  return (
    <form
      className={className}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {content}
    </form>
  );
}
