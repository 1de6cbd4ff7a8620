import { useEffect, useState } from 'react';

interface AnnouncerProps {
  /** States of reader and chip: heard when nothing else is being said. */
  readonly polite: string;
  /** Verdicts: heard at once. */
  readonly assertive: string;
}

/** The page's two live regions. They stand from the start, empty, so that every later change is heard. */
export function Announcer({ polite, assertive }: AnnouncerProps) {
  return (
    <div className="only-heard">
      <Region words={polite} politeness="polite" />
      <Region words={assertive} politeness="assertive" />
    </div>
  );
}

/*
 * What is said is derived while rendering, never kept: words that end, as a verdict with the customer's name does when its
 * case is sealed, leave the page in the same commit as everything else of the case.
 */
function Region({ words, politeness }: { readonly words: string; readonly politeness: 'polite' | 'assertive' }) {
  // What stood there from the start; null once the region has been seen without it, and every change is heard.
  const [quiet, setQuiet] = useState<string | null>(words);
  useEffect(() => {
    if (quiet !== null && (politeness === 'assertive' || words !== quiet)) setQuiet(null);
  }, [words, politeness, quiet]);
  return (
    <p aria-live={politeness} aria-atomic="true" data-testid={`announced-${politeness}`}>
      {words === quiet ? '' : words}
    </p>
  );
}
