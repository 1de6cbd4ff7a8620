import type { Page } from 'playwright-core';
import { vi } from 'vitest';
import type { RunningApp } from './driver.ts';

/** So many tries in CI; `STYRK_ESCAPES=2000` makes them all. */
export const escapes = Number(process.env.STYRK_ESCAPES ?? 40);

/** The same tries each time: a generator of 32 bits (Marsaglia's xorshift). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const modifiers = ['Control', 'Alt', 'Shift', 'Control+Shift', 'Control+Alt', 'Meta'] as const;
const keys = [
  ...'abcdefghijklmnopqrstuvwxyz0123456789',
  ...Array.from({ length: 12 }, (_, place) => `F${place + 1}`),
  ...['Escape', 'Tab', 'Enter', 'Delete', 'Backspace', 'ArrowLeft', 'ArrowRight', 'Home', 'PageDown', 'ContextMenu'],
];

/** New windows that a page may ask for. */
const forWindows = [
  () => void globalThis.open('https://bank.example/', '_blank'),
  () => void globalThis.open('about:blank'),
  () => {
    const link = Object.assign(document.createElement('a'), { href: 'https://bank.example/', target: '_blank' });
    document.body.append(link);
    link.click();
    link.remove();
  },
] as const;

/**
 * So many of the tries may ask for new windows. What drives the page holds each of them at its beginning, and now and then one that is
 * closed there leaves the process of the page held for good: that is no kiosk's doing, and would end the tries.
 */
const withWindows = 40;

/** What a person with a keyboard and a finger, or a page that was taken over, may try. Each in the page's own world. */
const inPage = [
  () => {
    const link = Object.assign(document.createElement('a'), { href: 'file:///etc/passwd' });
    document.body.append(link);
    link.click();
    link.remove();
  },
  () => {
    const link = Object.assign(document.createElement('a'), { href: 'styrk://app/index.html', download: 'page' });
    document.body.append(link);
    link.click();
    link.remove();
  },
  () => {
    globalThis.location.href = 'https://app.styrk.invalid/index.html';
  },
  () => {
    globalThis.location.href = 'https://kiosk.styrk.invalid/index.html';
  },
  () => void document.documentElement.requestFullscreen().catch(() => undefined),
  () => void document.exitFullscreen().catch(() => undefined),
  () => {
    const dropped = new DataTransfer();
    dropped.setData('text/uri-list', 'https://bank.example/');
    for (const kind of ['dragenter', 'dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: dropped, bubbles: true, cancelable: true }));
  },
  () => void document.body.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true })),
  () => {
    const frame = Object.assign(document.createElement('iframe'), { src: 'https://bank.example/' });
    document.body.append(frame);
    frame.remove();
  },
  () => void navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => undefined),
  () => void Notification.requestPermission().catch(() => undefined),
  () => void history.back(),
] as const;

/**
 * Waits until the page shows a screen. A locator would first wait for the end of a navigation that the app refused, of which nobody
 * tells it.
 */
export async function showsScreen(page: Page): Promise<void> {
  const shown = () => page.evaluate(() => document.querySelector('[data-screen]') !== null).catch(() => false);
  await vi.waitUntil(shown, { timeout: 60_000, interval: 100 });
}

/**
 * Makes so many tries, one after the other; whatever each of them does, the page must still be the kiosk's. The answer is the page that
 * stands there then: on a machine that stands still the kiosk takes a silent page for dead and begins another, which is no way out.
 */
export async function tryToEscape(app: RunningApp, tries: number): Promise<Page> {
  const next = seeded(0x5717_2026);
  const one = <Item>(items: readonly Item[]): Item => items[next(items.length)] as Item;
  const silences = (): number => app.log().split('"kiosk-page-silent"').length - 1;
  // A dialog would stand over the kiosk: none may come.
  let dialogs = 0;
  let deaths = 0;
  let died = false;
  const watched = (page: Page): Page =>
    page
      .on('dialog', (dialog) => {
        dialogs += 1;
        void dialog.dismiss().catch(() => undefined);
      })
      .on('crash', () => {
        died = true;
      });
  let page = watched(app.page);
  const tried = async (done: number): Promise<void> => {
    switch (next(4)) {
      case 0:
        await page.keyboard.press(one(keys));
        break;
      case 1:
        await page.keyboard.press(`${one(modifiers)}+${one(keys)}`);
        break;
      case 2:
        await page.mouse.click(next(1280), next(800), { button: one(['left', 'right', 'middle']) });
        break;
      default: {
        // Drawn before anything is waited for: the tries are the same ones whatever the machine does.
        const act = one(done < withWindows ? [...inPage, ...forWindows] : inPage);
        // A visit that was ended is wiped: the page may just be loaded anew.
        await showsScreen(page);
        await page.evaluate(act).catch((error: Error) => {
          // A navigation that is refused may take the answer with it, and nothing else.
          if (!/context was destroyed|navigat/i.test(error.message)) throw error;
        });
      }
    }
  };
  for (let done = 0; done < tries; done++) {
    await tried(done).catch((error: unknown) => {
      if (!died) throw error;
    });
    if (died) {
      deaths += 1;
      // None of the tries takes the page's process down: only the kiosk does, and says so.
      if (deaths > silences()) throw new Error(`try ${done} took the page down`);
      died = false;
      page = watched(await app.rejoin());
      await showsScreen(page);
    }
    if (!page.url().endsWith('//kiosk.styrk.invalid/kiosk.html') && !page.url().endsWith('//kiosk/kiosk.html'))
      throw new Error(`try ${done} led to ${page.url()}`);
    // A window that was asked for is closed at once; one that stays is a way out.
    const others = page
      .context()
      .pages()
      .filter((other) => other !== page);
    for (const other of others) await other.waitForEvent('close', { timeout: 5_000 });
  }
  if (dialogs > 0) throw new Error(`${dialogs} dialogs came`);
  return page;
}
