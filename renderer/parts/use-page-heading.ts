import { type RefObject, useEffect, useRef } from 'react';

/** The heading of a page, which takes the focus when the page comes: what follows is read from there. */
export function usePageHeading(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return heading;
}
