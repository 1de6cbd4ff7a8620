/**
 * What a page of Chromium does by itself and a kiosk's may not: menus, things dragged in or out, pages that are printed, found in or
 * zoomed, chords of keys. The main process stops them before they come here; this is the second of two doors.
 */
export function keepShut(page: Document): void {
  const refuse = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  for (const kind of ['contextmenu', 'dragstart', 'dragenter', 'dragover', 'drop', 'auxclick', 'copy', 'cut', 'paste'])
    page.addEventListener(kind, refuse, { capture: true });
  page.addEventListener(
    'wheel',
    (event) => {
      if (event.ctrlKey) refuse(event);
    },
    { capture: true, passive: false },
  );
  page.addEventListener(
    'keydown',
    (event) => {
      if (isChord(event)) refuse(event);
    },
    { capture: true },
  );
}

// AltGr makes signs, and is told as Control with Alt.
function isChord({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (/^(?:F\d+|ContextMenu|BrowserBack|BrowserForward|BrowserHome|PrintScreen)$/.test(key)) return true;
  if (metaKey) return true;
  return ctrlKey !== altKey;
}
