import { useEffect, useRef, useState } from 'react';

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

function Region({ words, politeness }: { readonly words: string; readonly politeness: 'polite' | 'assertive' }) {
  const [said, setSaid] = useState('');
  const first = useRef(true);
  useEffect(() => {
    if (first.current && politeness === 'polite') {
      first.current = false;
      return;
    }
    setSaid(words);
  }, [words, politeness]);
  return (
    <p aria-live={politeness} aria-atomic="true" data-testid={`announced-${politeness}`}>
      {said}
    </p>
  );
}
