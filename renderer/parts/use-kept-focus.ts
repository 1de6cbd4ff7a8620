import { useEffect } from 'react';

/**
 * Whoever works by keyboard is never left nowhere: where what had the focus has gone, or can do nothing any more, the focus goes to
 * the sentence of this moment. A dialog keeps its own.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    const keep = () => {
      const { activeElement, body } = document;
      if (activeElement !== null && activeElement !== body) return;
      if (document.querySelector('dialog[open]') !== null) return;
      const moment = document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('main');
      moment?.focus();
    };
    const watcher = new MutationObserver(keep);
    watcher.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
    // Whatever takes the focus from it has it after the event.
    const left = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget === null) setTimeout(keep);
    };
    document.addEventListener('focusout', left);
    keep();
    return () => {
      watcher.disconnect();
      document.removeEventListener('focusout', left);
    };
  }, []);
}
