/** What of a key press decides whether it may reach a kiosk's page. */
export interface KioskKey {
  readonly key: string;
  readonly alt: boolean;
  readonly control: boolean;
  readonly meta: boolean;
}

const named = new Set([
  'Enter',
  'Tab',
  'Escape',
  'Backspace',
  'Delete',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'Shift',
  'CapsLock',
  'NumLock',
]);

/**
 * Whether a key is one that people need at a kiosk: signs, and those that go from one thing to the next. Chords and function keys are
 * the machine's, and none of them reaches the page. AltGr is Control with Alt on some systems: it makes a sign, which passes.
 */
export function keyReachesKiosk({ key, alt, control, meta }: KioskKey): boolean {
  if (meta) return false;
  const isSign = [...key].length === 1;
  if (alt && control) return isSign && !/^[a-z0-9]$/i.test(key);
  if (alt || control) return false;
  return isSign || named.has(key);
}
