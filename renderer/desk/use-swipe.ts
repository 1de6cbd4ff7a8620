import { useEffect } from 'react';
import { hearKey, noSwipe, swiped, swipeEndsAfterMillis } from './swipe.ts';

// These take what a scanner types themselves, whatever it is: it is looked at when it is handed in.
const scanned = 'textarea, [data-takes-scans]';
const fields = 'input:not([type=radio]):not([type=checkbox]):not([type=range])';

/**
 * Hears a scanner wherever the focus is but where scans are asked for, while `heard` holds: a document may come at any moment. `most`
 * characters of it are kept; where orders are scanned too they are longer than any zone.
 */
export function useSwipe(take: (text: string) => void, heard: boolean, most?: number): void {
  useEffect(() => {
    if (!heard) return;
    let swipe = noSwipe;
    let end: ReturnType<typeof setTimeout> | undefined;
    const hear = (event: KeyboardEvent) => {
      const { key, altKey, ctrlKey, metaKey, timeStamp, target } = event;
      const isIn = (selector: string) => target instanceof Element && target.closest(selector) !== null;
      if (event.isComposing || isIn(scanned)) return;
      const heardOf = hearKey(swipe, {
        key,
        altKey,
        ctrlKey,
        metaKey,
        at: timeStamp,
        inField: isIn(fields),
        ...(most === undefined ? {} : { most }),
      });
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
  }, [take, heard, most]);
}
