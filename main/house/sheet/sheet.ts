import PDFDocument from 'pdfkit';
import { type Run, typeSetter, widthOf } from './set-text.ts';
import type { SheetFonts, Style } from './sheet-fonts.ts';

/** What pages are made with. */
export interface SheetSettings {
  readonly fonts: SheetFonts;
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  /** ISO 8601: the day of the pages, and all that differs between two that say the same. */
  readonly madeAt: string;
  readonly madeBy: string;
  /** Stands across each page; null for none. */
  readonly watermark: string | null;
}

/** Pages for people, as they are written from top to bottom. */
export interface Sheet {
  readonly newPage: () => void;
  readonly title: (text: string) => void;
  readonly heading: (text: string) => void;
  readonly paragraph: (text: string) => void;
  /** A name and what it is, beside each other. */
  readonly fact: (name: string, value: string, style?: Style) => void;
  /** Text whose each character counts. */
  readonly exact: (text: string) => void;
  /** How many characters stood as their numbers since this was asked last. */
  readonly undrawn: () => number;
  /** The pages as PDF. Nothing can be written afterwards. */
  readonly end: (footer: (page: number, pages: number) => string) => Promise<Uint8Array>;
}

type Structure = 'H1' | 'H2' | 'P';

// In points of 1/72 inch; A4.
const margin = 56;
const bottom = 64;
const leading = 1.35;
const nameWidth = 150;
const gap = 12;

/**
 * Pages of A4 in our own type, tagged (ISO 32000-1 §14.8) so that they are read aloud in the order in which they stand. The same
 * words give the same bytes.
 */
export function newSheet({ fonts, title, language, madeAt, madeBy, watermark }: SheetSettings): Sheet {
  const type = typeSetter(fonts);
  const doc = new PDFDocument({
    size: 'A4',
    margin,
    pdfVersion: '1.7',
    tagged: true,
    lang: language,
    displayTitle: true,
    bufferPages: true,
    autoFirstPage: false,
    // None of the fonts that a reader is to have: all are embedded.
    font: '',
    info: { Title: title, Creator: madeBy, Producer: madeBy, CreationDate: new Date(madeAt) },
  });
  for (const { name, bytes } of type.faces) doc.registerFont(name, Buffer.from(bytes));
  const pieces: Uint8Array[] = [];
  doc.on('data', (piece: Uint8Array) => pieces.push(piece));

  let y = 0;
  let undrawn = 0;

  const draw = (line: readonly Run[], x: number, baseline: number, size: number): void => {
    let at = x;
    for (const { face, text, width, ascent } of line) {
      doc.font(face, size).text(text, at, baseline - ascent, { lineBreak: false });
      at += width;
    }
  };
  // What is no part of the text: read aloud, it would come between its lines.
  const drawBeside = (kind: 'Layout' | 'Pagination', work: () => void): void => {
    doc.markContent('Artifact', { type: kind });
    work();
    doc.endMarkedContent();
  };
  const newPage = (): void => {
    doc.addPage();
    y = margin;
    if (watermark !== null)
      drawBeside('Layout', () => {
        const size = 96;
        const [line = []] = type.set(watermark, 'strong', size, Number.POSITIVE_INFINITY).lines;
        const centre = [doc.page.width / 2, doc.page.height / 2] as const;
        doc.save().rotate(-52, { origin: [...centre] });
        doc.fillColor('#000000', 0.08);
        draw(line, centre[0] - widthOf(line) / 2, centre[1] + size / 3, size);
        doc.restore();
      });
    doc.fillColor('#000000', 1);
  };
  newPage();
  const width = doc.page.width - 2 * margin;
  const end = doc.page.height - bottom;

  interface Column {
    readonly text: string;
    readonly style: Style;
    readonly size: number;
    readonly x: number;
    readonly width: number;
  }
  // Columns begin on one line; each goes on over as many pages as it needs, the longest says where the next block begins.
  const block = (structure: Structure, columns: readonly Column[], before: number, keepWith = 0): void => {
    const set = columns.map((column) => ({
      ...column,
      ...type.set(column.text, column.style, column.size, column.width),
    }));
    undrawn += set.reduce((sum, each) => sum + each.undrawn, 0);
    const height = Math.max(...columns.map(({ size }) => size * leading));
    const ascent = Math.max(...set.flatMap(({ lines }) => lines.flat().map((run) => run.ascent)), 0);
    const rows = Math.max(...set.map(({ lines }) => lines.length));
    y += before;
    if (y + height + keepWith > end) newPage();
    const element = doc.struct(structure);
    doc.addStructure(element);
    for (let row = 0; row < rows; row++) {
      if (y + height > end) newPage();
      element.add(doc.markStructureContent(structure));
      for (const { lines, x, size } of set) draw(lines[row] ?? [], x, y + ascent, size);
      doc.endMarkedContent();
      y += height;
    }
    element.end();
  };
  const across = (text: string, style: Style, size: number): Column => ({ text, style, size, x: margin, width });

  return {
    newPage,
    title: (text) => block('H1', [across(text, 'strong', 20)], y === margin ? 0 : 26, 40),
    heading: (text) => block('H2', [across(text, 'strong', 12.5)], 14, 40),
    paragraph: (text) => block('P', [across(text, 'plain', 10.5)], 5),
    fact: (name, value, style = 'plain') => {
      const x = margin + nameWidth + gap;
      block(
        'P',
        [
          { text: name, style: 'strong', size: 10, x: margin, width: nameWidth },
          { text: value, style, size: style === 'mono' ? 9 : 10, x, width: width - nameWidth - gap },
        ],
        3,
      );
    },
    exact: (text) => block('P', [across(text, 'mono', 8)], 4),
    undrawn: () => {
      const since = undrawn;
      undrawn = 0;
      return since;
    },
    end: (footer) => {
      const { start, count } = doc.bufferedPageRange();
      for (let page = start; page < start + count; page++) {
        doc.switchToPage(page);
        const [line = []] = type.set(footer(page + 1, count), 'plain', 8.5, width).lines;
        drawBeside('Pagination', () => draw(line, margin, doc.page.height - 32, 8.5));
      }
      return new Promise((done, failed) => {
        doc.once('error', failed);
        doc.once('end', () => done(new Uint8Array(Buffer.concat(pieces))));
        doc.end();
      });
    },
  };
}
