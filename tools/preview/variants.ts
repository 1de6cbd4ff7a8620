import type { Language } from '../../preload/contract.ts';

/** One way to look at every screen. */
export interface Variant {
  readonly name: string;
  /** CSS pixels. At 200 % the window holds half as many as the screen. */
  readonly width: number;
  readonly height: number;
  readonly zoom: 1 | 2;
  readonly theme: 'light' | 'dark';
  readonly forcedColors: boolean;
  readonly language: Language;
  /** Size of text, in per cent of the usual one. */
  readonly text: 100 | 130;
}

const everyWay = ['sv', 'en'] as const;
const usual = { zoom: 1, theme: 'light', forcedColors: false, text: 100 } as const;

function named(name: string, language: Language, rest: Omit<Variant, 'name' | 'language'>): Variant {
  return { name: `${name}-${language}`, language, ...rest };
}

const sizes = [
  [1280, 800],
  [1366, 768],
  [1920, 1080],
] as const;

/** Everything that a screen is looked at by: three screens in both themes, forced colours, 200 %, 320 px, large text. */
export const variants: readonly Variant[] = [
  ...everyWay.flatMap((language) => [
    ...sizes.flatMap(([width, height]) =>
      (['light', 'dark'] as const).map((theme) =>
        named(`${width}x${height}-${theme}`, language, { ...usual, width, height, theme }),
      ),
    ),
    named('forced-colours', language, { ...usual, width: 1280, height: 800, forcedColors: true }),
    // A screen of 1280 by 800 at 200 %, and of 1280 at 400 % (WCAG 2.2, 1.4.10).
    named('200-per-cent', language, { ...usual, width: 640, height: 400, zoom: 2 }),
    named('320-px', language, { ...usual, width: 320, height: 640 }),
    named('text-130', language, { ...usual, width: 1366, height: 768, text: 130 }),
  ]),
  // Of what came later the one with the longest words, where room is scarce.
  named('1366x768-light', 'fi', { ...usual, width: 1366, height: 768 }),
  named('320-px', 'fi', { ...usual, width: 320, height: 640 }),
  named('text-130', 'fi', { ...usual, width: 1366, height: 768, text: 130 }),
];
