import { useEffect } from 'react';
import { hearKey, noSwipe, swiped, swipeEndsAfterMillis } from './swipe.ts';

// Fields take a swipe themselves: what stands in them is looked at when it is handed in.
const fields = 'input:not([type=radio]):not([type=checkbox]):not([type=range]), textarea, [contenteditable]';

/** Hears a scanner wherever the focus is but in a field, while `heard` holds: a document may come at any moment. */
export function useSwipe(take: (text: string) => void, heard: boolean): void {
  useEffect(() => {
    if (!heard) return;
    let swipe = noSwipe;
    let end: ReturnType<typeof setTimeout> | undefined;
    const hear = (event: KeyboardEvent) => {
      if (event.isComposing || (event.target instanceof Element && event.target.closest(fields) !== null)) return;
      const { key, altKey, ctrlKey, metaKey, timeStamp } = event;
      const heardOf = hearKey(swipe, { key, altKey, ctrlKey, metaKey, at: timeStamp });
      swipe = heardOf.swipe;
      if (heardOf.swallow) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      clearTimeout(end);
      end = setTimeout(() => {
        const text = swiped(swipe);
        swipe = noSwipe;
        if (text !== null) take(text);
      }, swipeEndsAfterMillis);
    };
    // Before the buttons hear of it.
    document.addEventListener('keydown', hear, { capture: true });
    return () => {
      clearTimeout(end);
      document.removeEventListener('keydown', hear, { capture: true });
    };
  }, [take, heard]);
}
