import { type GreyImage, halved, unusable } from './grey-image.ts';
import { type LetterClassifier, none } from './letter-classifier.ts';
import { Pyramid } from './letter-patch.ts';
import { type LetterRow, letterRows } from './letter-rows.ts';
import { inkOf } from './local-ink.ts';
import { marksOf } from './marks.ts';
import { type FilmedLine, linesAt, type RowCosts, zoneIn } from './zone-lines.ts';

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

function costsOf(row: LetterRow, pyramid: Pyramid, classifier: LetterClassifier): RowCosts {
  const from = row.first - beyond;
  const count = Math.min(mostPlacesOfRow, row.last - row.first + 1 + 2 * beyond);
  const costs = Array.from({ length: count }, (_, index) => {
    const { x, y } = row.middle(from + index);
    const { x: stepX, y: stepY } = row.step(from + index);
    return classifier.costs(pyramid, { x, y, stepX, stepY });
  });
  return { row, from, costs };
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
    const seen = costsOf(row, pyramid, classifier);
    places += seen.costs.length;
    if (isLettered(seen)) rows.push(seen);
    if (places > mostPlaces || rows.length === 6) break;
  }
  const zone = zoneIn(rows);
  return zone === null ? { state: 'nothing' } : { state: 'lines', lines: linesAt(zone) };
}
