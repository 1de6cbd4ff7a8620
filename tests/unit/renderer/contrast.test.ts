import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const source = readFileSync(resolve(import.meta.dirname, '../../../renderer/parts/tokens.css'), 'utf8');
const darkAt = source.indexOf('prefers-color-scheme: dark');

function tokensOf(css: string): Map<string, string> {
  return new Map([...css.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]));
}

const light = tokensOf(source.slice(0, darkAt));
const dark = tokensOf(source.slice(darkAt));

// WCAG 2.2, relative luminance and contrast ratio.
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

const grounds = ['--paper', '--surface', '--sunken', '--accent-ground'];
const texts: readonly (readonly [text: string, ground: string])[] = [
  ...grounds.flatMap((ground) => [['--ink', ground] as const, ['--ink-soft', ground] as const]),
  ...['--good-ground', '--ask-ground', '--bad-ground'].map((ground) => ['--ink', ground] as const),
  ...['--paper', '--surface', '--accent-ground'].map((ground) => ['--accent', ground] as const),
  ['--on-accent', '--accent'],
  ['--stripe-ink', '--stripe'],
  ...['good', 'ask', 'bad'].flatMap((result) => [
    [`--${result}`, '--surface'] as const,
    [`--${result}`, `--${result}-ground`] as const,
    ['--told-on', `--${result}`] as const,
  ]),
];
const lines: readonly (readonly [line: string, ground: string])[] = grounds.map((ground) => ['--line-strong', ground]);

describe.each([
  ['light', light],
  ['dark', dark],
])('the colours in %s', (_, tokens) => {
  const of = (name: string): string => {
    const value = tokens.get(name);
    if (value === undefined) throw new Error(`no colour ${name}`);
    return value;
  };

  it.each(texts)('%s on %s is read at 7:1', (text, ground) => {
    expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(7);
  });

  it.each(lines)('%s on %s is seen at 4.5:1', (line, ground) => {
    expect(contrast(of(line), of(ground))).toBeGreaterThanOrEqual(4.5);
  });
});

describe('the measure', () => {
  it('knows black on white as 21:1', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  });

  it('has every colour of the light page in the dark one too', () => {
    const missing = [...light.keys()].filter((name) => !dark.has(name) && name !== '--stripe-ink');
    expect(missing).toEqual([]);
  });
});
