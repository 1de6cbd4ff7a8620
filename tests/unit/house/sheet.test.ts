import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawableText } from '../../../main/house/sheet/drawable-text.ts';
import { typeSetter, widthOf } from '../../../main/house/sheet/set-text.ts';
import { newSheet, type Sheet } from '../../../main/house/sheet/sheet.ts';
import { sheetFonts } from '../../../main/house/sheet/sheet-fonts.ts';
import { resourcesIn } from '../../../main/machine/resources.ts';
import { readPdf } from '../../support/read-pdf.ts';

const root = join(import.meta.dirname, '../../..');
const fonts = sheetFonts(resourcesIn(join(root, 'resources')));
const type = typeSetter(fonts);

// Names of people everywhere, and what spoils a line: direction marks, marks upon marks, lone surrogates, what looks like a number.
const oddNames = [
  'Åsa Linnéa Öberg',
  'Stanisław Łukaszewicz-Żółć',
  'Nguyễn Thị Hường',
  'Γεώργιος Παπαδόπουλος',
  'Володимир Щербак',
  'Ğülşən Əliyeva',
  'محمد بن سلمان',
  'שרה כהן',
  '王小明',
  'A\u202eB\u2066C\u200f',
  'e\u0301\u0301\u0301',
  'ffi fl [U+0041] [U+',
  '\ud800x\udfff',
  '👩‍👩‍👧',
  '\u00ad\u200b\u2003\u2028',
];
const anyText = fc.oneof(
  fc.constantFrom(...oddNames),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...oddNames.join('')), maxLength: 40 }),
);
const meant = (drawn: string): string =>
  drawn.replace(/\[U\+([0-9A-F]{4,6})\]/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
// The other program tells some letters by what they are alike, as the micro sign by the Greek letter. Taken apart (NFKD), not put
// together: a text may begin with a mark, which would go on the last letter of what stands before it.
const alike = (text: string): string => meant(text.replace(/\s/gu, '')).normalize('NFKD').replace(/\s/gu, '');

async function pdfOf(write: (sheet: Sheet) => void, watermark: string | null = null): Promise<Uint8Array> {
  const settings = { fonts, title: 'Records', language: 'sv', madeAt: '2026-11-29T12:00:00Z', madeBy: 'Styrk 1.0.0' };
  const sheet = newSheet({ ...settings, watermark });
  write(sheet);
  return sheet.end((page, pages) => `${page} of ${pages}`);
}

describe('text that is drawn', () => {
  it('loses no character, and tells each that has no letter by its number', () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, all) => {
        const drawn = drawableText(text, (codePoint) => all || codePoint < 0x250);
        expect(meant(drawn.text)).toBe(text.normalize('NFC'));
        expect(drawn.undrawn > 0).toBe(/\[U\+(?!005B\])/.test(drawn.text));
        expect(drawn.text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{M}\p{Default_Ignorable_Code_Point}]/u);
      }),
    );
  });

  it('fits its line however long its words are, and is all there', () => {
    fc.assert(
      fc.property(anyText, fc.nat(12), fc.integer({ min: 30, max: 400 }), (text, times, width) => {
        const long = text.repeat(times).replaceAll('\n', '');
        const { lines } = type.set(long, 'plain', 10, width);
        // Kerning may draw two letters apart: by less than a letter.
        for (const line of lines) expect(widthOf(line)).toBeLessThan(width + 5);
        expect(meant(lines.map((line) => line.map((run) => run.text).join('')).join(''))).toBe(long.normalize('NFC'));
      }),
    );
  });
});

const writeAlone = (sheet: Sheet, text: string): void => {
  sheet.newPage();
  sheet.fact('Name', text);
};

describe('pages', () => {
  it('are read by another program as they were written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 4, maxLength: 12 }), async (texts) => {
        const { pages } = await readPdf(await pdfOf((sheet) => texts.forEach((text) => void writeAlone(sheet, text))));
        // Numbers may be broken over two lines: first what breaks them goes.
        const read = alike(pages.join(''));
        const wanted = texts.map((text) =>
          text
            .split('\n')
            .map((line) => drawableText(line, () => true).text)
            .join(''),
        );
        const wantedAlike = wanted.map(alike);
        for (const text of wantedAlike) expect(read).toContain(text);
      }),
      { numRuns: 6, examples: [[['\u0301', '', '', '', 'Åsa Linnéa Öberg']]] },
    );
  });

  it('go on over as many as it takes, each with its foot and, in training, with its mark', async () => {
    const long = (sheet: Sheet): void => {
      sheet.title('Post 1');
      for (let number = 1; number <= 120; number++) sheet.fact(`Fact ${number}`, `value ${number}`);
    };
    const { pages, title } = await readPdf(await pdfOf(long, 'ÖVNING'));
    expect([pages.length, title]).toEqual([3, 'Records']);
    pages.forEach((page, index) => {
      expect(page).toContain(`${index + 1} of 3`);
      expect(page).toContain('ÖVNING');
    });
    for (let number = 1; number <= 120; number++) expect(pages.join('\n')).toContain(`value ${number}`);
    expect((await readPdf(await pdfOf(long))).pages.join('')).not.toContain('ÖVNING');
  });

  it('of the same words are the same bytes', async () => {
    const write = (sheet: Sheet): void => oddNames.forEach((name) => void sheet.fact('Name', name));
    const [one, other] = [await pdfOf(write, 'X'), await pdfOf(write, 'X')];
    expect(Buffer.compare(one, other)).toBe(0);
  });
});

it('the type is that of its packages, with its licences', () => {
  for (const [name, family] of [
    ['source-sans-3-latin-ext-400-normal.woff', 'source-sans-3'],
    ...[
      'latin-400',
      'latin-600',
      'greek-400',
      'greek-ext-400',
      'cyrillic-400',
      'cyrillic-ext-400',
      'vietnamese-400',
    ].map((part) => [`source-sans-3-${part}-normal.woff`, 'source-sans-3'] as const),
    ['b612-mono-latin-400-normal.woff', 'b612-mono'],
  ] as const) {
    const there = join(root, 'node_modules/@fontsource', family);
    expect(
      readFileSync(join(root, 'resources/fonts', name)).equals(readFileSync(join(there, 'files', name))),
      name,
    ).toBe(true);
    const licence = readFileSync(join(root, 'resources/fonts', `${family}.LICENSE.txt`), 'utf8');
    expect(licence).toBe(readFileSync(join(there, 'LICENSE'), 'utf8'));
  }
});
