import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * For a part of a page that goes by itself: where it had the focus, the focus goes on with `next`. The answer is the part's element.
 */
export function useFocusAfter<Part extends HTMLElement>(next: RefObject<HTMLElement | null>): RefObject<Part | null> {
  const part = useRef<Part>(null);
  useLayoutEffect(() => {
    const own = part.current;
    // Its elements are there until this has run.
    return () => {
      if (own?.contains(document.activeElement) === true) next.current?.focus();
    };
  }, [next]);
  return part;
}
