import { useEffect } from 'react';
import { type DeskCommand, deskCommand } from './keyboard.ts';

// Controls that make something of Enter themselves.
const controls = 'a, button, input, select, summary, textarea, [contenteditable]';

/** Hears the desk's keys wherever the focus is, while `heard` holds; what the desk takes, nothing else gets. */
export function useKeyboard(act: (command: DeskCommand) => void, heard: boolean): void {
  useEffect(() => {
    if (!heard) return;
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      // A key held down is one press: a case must not run through its steps, or be sealed, by a heavy finger.
      if (event.repeat && event.key === 'Enter') return event.preventDefault();
      const onControl = event.target instanceof Element && event.target.closest(controls) !== null;
      const command = deskCommand(event, onControl);
      if (command === null) return;
      event.preventDefault();
      act(command);
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [act, heard]);
}
