import type { ReadResource } from '../../machine/resources.ts';

/** How text is set: as it reads, for headings, and so that each character is told from the other. */
export type Style = 'plain' | 'strong' | 'mono';

/** The files of each style, each with letters that those before it lack. */
export type SheetFonts = Readonly<Record<Style, readonly Uint8Array[]>>;

// Parts of Source Sans 3 by script, as its package cuts them.
const scripts = ['latin', 'latin-ext', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext', 'vietnamese'];

/** The type of the pages, the same as the app's (`resources/fonts/`). Fails with `input.unreadable`. */
export function sheetFonts(resources: ReadResource): SheetFonts {
  const font = (name: string): Uint8Array => resources('fonts', `${name}-normal.woff`);
  const plain = scripts.map((script) => font(`source-sans-3-${script}-400`));
  return {
    plain,
    strong: [font('source-sans-3-latin-600'), ...plain],
    mono: [font('b612-mono-latin-400'), ...plain],
  };
}
