import { type GreyImage, halved, unusable } from './grey-image.ts';
import { closeLooks, type LetterClassifier, none, oneLook } from './letter-classifier.ts';
import { type LetterPlace, Pyramid } from './letter-patch.ts';
import { type LetterRow, letterRows } from './letter-rows.ts';
import { inkOf } from './local-ink.ts';
import { marksOf } from './marks.ts';
import { type FilmedLine, linesAt, type RowCosts, type Zone, zoneIn } from './zone-lines.ts';

/**
 * What one picture shows. `unusable`: it is no picture, or too small or too large to be looked at. `nothing`: no lines of a zone.
 * `lines`: what may stand at each place of its lines, with how unlikely each is; whether it is right is for check digits to say.
 */
export type Filmed =
  | { readonly state: 'unusable'; readonly reason: 'not-a-picture' | 'too-small' | 'too-large' }
  | { readonly state: 'nothing' }
  | { readonly state: 'lines'; readonly lines: readonly FilmedLine[] };

/** Wider pictures are halved before rows are looked for; letters are cut out of the whole. */
const widestLookedThrough = 1_400;
/** Places that rows are tried at, all together: three lines of a card have ninety. */
const mostPlaces = 420;
/** So many pitches are tried beyond the letters that were seen. */
const beyond = 3;
const mostPlacesOfRow = 56;

function rowsIn(image: GreyImage): readonly LetterRow[] {
  let scale = 1;
  let looked = image;
  while (looked.width > widestLookedThrough) {
    looked = halved(looked);
    scale *= 2;
  }
  const rows = letterRows(marksOf(inkOf(looked)));
  return scale === 1 ? rows : rows.map((row) => enlarged(row, scale));
}

function enlarged(row: LetterRow, scale: number): LetterRow {
  const times = ({ x, y }: { readonly x: number; readonly y: number }) => ({ x: x * scale, y: y * scale });
  return {
    ...row,
    pitch: row.pitch * scale,
    middle: (place) => times(row.middle(place)),
    step: (place) => times(row.step(place)),
  };
}

/** What the classifier says of the places of a row. */
function seenAt(row: LetterRow, from: number, count: number, looked: (place: LetterPlace) => Float32Array): RowCosts {
  const costs = Array.from({ length: count }, (_, index) => {
    const { x, y } = row.middle(from + index);
    const { x: stepX, y: stepY } = row.step(from + index);
    return looked({ x, y, stepX, stepY });
  });
  return { row, from, costs };
}

// Most rows of a page are other print: one look tells them from a zone's.
function glanced(row: LetterRow, pyramid: Pyramid, classifier: LetterClassifier): RowCosts {
  const count = Math.min(mostPlacesOfRow, row.last - row.first + 1 + 2 * beyond);
  return seenAt(row, row.first - beyond, count, (place) => classifier.costs(pyramid, place, oneLook));
}

// The letters of the zone itself are looked at closely.
function lookedAt({ width, rows }: Pick<Zone, 'width' | 'rows'>, pyramid: Pyramid, classifier: LetterClassifier) {
  const looked = (place: LetterPlace) => classifier.costs(pyramid, place, closeLooks);
  return {
    width,
    rows: rows.map(({ costs: { row }, start }) => ({ costs: seenAt(row, start, width, looked), start })),
  };
}

// A row of a zone is letters from end to end; most places of other print are none.
function isLettered({ costs }: RowCosts): boolean {
  const letters = costs.filter((each) => (each[none] ?? 0) > 0.7).length;
  return letters >= 0.6 * costs.length;
}

/** Looks for the lines of a machine readable zone in one picture. The work is bounded by its size. */
export function readFrame(image: GreyImage, classifier: LetterClassifier): Filmed {
  const reason = unusable(image);
  if (reason !== null) return { state: 'unusable', reason };
  const pyramid = new Pyramid(image);
  const rows: RowCosts[] = [];
  let places = 0;
  for (const row of rowsIn(image)) {
    const seen = glanced(row, pyramid, classifier);
    places += seen.costs.length;
    if (isLettered(seen)) rows.push(seen);
    if (places > mostPlaces || rows.length === 6) break;
  }
  const zone = zoneIn(rows);
  if (zone === null) return { state: 'nothing' };
  return { state: 'lines', lines: linesAt(lookedAt(zone, pyramid, classifier)) };
}
