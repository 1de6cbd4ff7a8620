import type { FoundFace, Point } from '../face-model/face-finder.ts';
import { type GreyImage, greyOf } from '../mrz-camera/grey-image.ts';
import { bandsBetween } from './bands.ts';
import type { FilmMoment } from './film-moment.ts';
import { FrameClock } from './frame-clock.ts';
import { glareIn } from './glare.ts';
import { patternIn } from './pattern.ts';
import { printOf, Repeats } from './repeats.ts';
import { surroundingsBetween } from './sheet.ts';
import { medianOf, scoreOf } from './sign-score.ts';
import { boxIn, smallOf } from './small-picture.ts';
import { Statements } from './statements.ts';
import { stillBlocks } from './still-blocks.ts';
import { type StraightEdges, straightEdges } from './straight-edges.ts';

/** What in a film itself may be a sign that nobody stands before the camera, or that no camera films. What each is: docs/face.md. */
export type PictureSign =
  | 'pattern'
  | 'bands'
  | 'flat'
  | 'edges'
  | 'glare'
  | 'frozen'
  | 'repeated'
  | 'clock-even'
  | 'clock-impossible'
  | 'no-noise'
  | 'size-changed'
  | 'misstated';

/** What was seen so far. A measure that could not be made yet is not among `measured`: that it has no sign says nothing. */
export interface WatchedFilm {
  /** Pictures with a face that were looked at. */
  readonly pictures: number;
  readonly measured: readonly PictureSign[];
  /** In thousandths, 500 at the bound (`scoreOf`); those at 500 and above alone. */
  readonly signs: readonly { readonly sign: PictureSign; readonly score: number }[];
}

/** One picture of a film, and what is known beside it. */
export interface FilmedPicture {
  readonly pixels: Pick<ImageData, 'width' | 'height' | 'data'>;
  /** The largest face, in points of the picture; null where there is none. */
  readonly face: FoundFace | null;
  readonly moment: FilmMoment;
}

/** Where each measure counts as a sign. From films that were made up (docs/face.md), with room to those of honest ones. */
export const bounds = {
  pattern: 60,
  bands: 0.5,
  flat: 4,
  edges: 4,
  glare: 6,
  stillBlocks: 0.75,
  sizes: 1,
} as const;

/** Pictures of which the middle one counts: what one picture shows may be chance. */
const window = 12;
/** A pattern is there in every picture or in none, and looking for it takes the longest. */
const everyOther = 3;
/** Pictures over which noise is looked for. */
const noiseWindow = 20;
/** A face is compared with where it was so many pictures ago: what moves slowly has moved by then. */
const apart = 5;
/** Milliseconds. What lies further apart is no movement of the same moment. */
const mostApart = 2_500;
/** Of an edge's way over the picture, how much of it the way beside the face may be. */
const alongside = 0.3;

interface Past {
  readonly small: GreyImage;
  readonly middle: Point;
  readonly at: number;
  readonly edges: StraightEdges;
}

/**
 * Follows one film of one camera. It keeps small pictures in grey of the last moments and the last picture's brightness, bounded, and hands
 * none of them on: only which measures were made, and what lay over its bound. Signs that were seen stay.
 */
export class FilmWatch {
  readonly #repeats = new Repeats();
  readonly #clock = new FrameClock();
  readonly #patterns: number[] = [];
  readonly #glares: number[] = [];
  readonly #bands: number[] = [];
  readonly #still: number[] = [];
  readonly #past: Past[] = [];
  readonly #seen = new Map<PictureSign, number>();
  #last: { readonly grey: GreyImage; readonly print: string } | null = null;
  #size: { readonly width: number; readonly height: number } | null = null;
  #pictures = 0;
  readonly #statements = new Statements();
  #sizes = 0;
  #movedWith = 0;
  #stayed = 0;
  #edgesWith = 0;
  #edgesLooked = 0;

  next({ pixels, face, moment }: FilmedPicture): WatchedFilm {
    const grey = greyOf(pixels);
    const small = smallOf(grey);
    if (small !== null && face !== null) this.#look(pixels, grey, small, face, moment);
    return this.told();
  }

  told(): WatchedFilm {
    const measured: readonly (readonly [PictureSign, boolean])[] = [
      ['pattern', this.#patterns.length >= window],
      ['bands', this.#bands.length >= window],
      ['flat', this.#movedWith + this.#stayed > 0],
      ['edges', this.#edgesLooked > 0],
      ['glare', this.#glares.length >= window],
      ['frozen', this.#pictures >= window],
      ['repeated', this.#pictures >= window],
      ['clock-even', this.#clock.told],
      ['clock-impossible', this.#pictures >= window],
      ['no-noise', this.#still.length >= noiseWindow],
      ['size-changed', this.#pictures >= window],
      ['misstated', this.#statements.told],
    ];
    return {
      pictures: this.#pictures,
      measured: measured.filter(([, made]) => made).map(([sign]) => sign),
      signs: [...this.#seen].map(([sign, score]) => ({ sign, score })),
    };
  }

  #look(pixels: FilmedPicture['pixels'], grey: GreyImage, small: GreyImage, face: FoundFace, moment: FilmMoment): void {
    const print = printOf(pixels);
    const { at, now, width, height } = moment;
    this.#pictures += 1;
    this.#repeats.next(print, at);
    this.#clock.next(at, now);
    this.#statements.next(moment);
    const size = this.#size;
    // A tablet that is turned turns its pictures.
    const turned = size !== null && size.width === height && size.height === width;
    if (size !== null && !turned && (size.width !== width || size.height !== height)) this.#sizes += 1;
    this.#size = { width, height };
    const times = small.width / grey.width;
    const box = boxIn(face, times);
    const last = this.#last;
    if (last !== null && last.print !== print) {
      const still = stillBlocks(last.grey, grey);
      if (still !== null) keep(this.#still, still, noiseWindow);
    }
    this.#last = { grey, print };
    if (this.#pictures % everyOther === 1) keep(this.#patterns, patternIn(grey, face), window);
    keep(this.#glares, glareIn(small, box), window);
    const before = this.#past.at(-1);
    if (before !== undefined) keep(this.#bands, bandsBetween(before.small, small, box), window);
    const { right, left } = face.eyes;
    const middle = { x: (times * (right.x + left.x)) / 2, y: (times * (right.y + left.y)) / 2 };
    this.#follow({ small, middle, at, edges: straightEdges(small, box) }, box);
    this.#weigh();
  }

  // What moved since some pictures ago, and what stood still.
  #follow(here: Past, box: { x: number; y: number; width: number; height: number }): void {
    const then = this.#past.at(-apart);
    keep(this.#past, here, apart);
    if (then === undefined || here.at - then.at > mostApart || then.small.width !== here.small.width) return;
    const moved = { x: here.middle.x - then.middle.x, y: here.middle.y - then.middle.y };
    const around = surroundingsBetween(then.small, here.small, box, moved);
    if (around === 'moved with it') this.#movedWith += 1;
    if (around === 'stayed') this.#stayed += 1;
    const along = edgesAlong(then.edges, here.edges, moved);
    if (along === null) return;
    this.#edgesLooked += 1;
    if (along) this.#edgesWith += 1;
  }

  #weigh(): void {
    const full = (values: readonly number[], count: number) => (values.length < count ? 0 : medianOf(values));
    this.#tell('pattern', scoreOf(full(this.#patterns, window), bounds.pattern));
    this.#tell('bands', scoreOf(full(this.#bands, window), bounds.bands));
    this.#tell('glare', scoreOf(full(this.#glares, window), bounds.glare));
    // The more often the room stood still behind the face, the more it takes.
    this.#tell('flat', scoreOf(this.#movedWith - 2 * this.#stayed, bounds.flat));
    this.#tell('edges', this.#edgesWith * 2 > this.#edgesLooked ? scoreOf(this.#edgesWith, bounds.edges) : 0);
    this.#tell('frozen', scoreOf(this.#repeats.frozen, 1));
    this.#tell('repeated', scoreOf(this.#repeats.repeated, 1));
    this.#tell('clock-impossible', scoreOf(this.#clock.impossible, 1));
    this.#tell('clock-even', this.#clock.isEven ? 500 : 0);
    this.#tell('no-noise', scoreOf(full(this.#still, noiseWindow), bounds.stillBlocks));
    this.#tell('misstated', scoreOf(this.#statements.misstated, 1));
    this.#tell('size-changed', scoreOf(this.#sizes, bounds.sizes));
  }

  #tell(sign: PictureSign, score: number): void {
    if (score >= 500 && score > (this.#seen.get(sign) ?? 0)) this.#seen.set(sign, score);
  }
}

function keep<Value>(values: Value[], value: Value, most: number): void {
  values.push(value);
  if (values.length > most) values.shift();
}

// Whether edges on three sides or more went the face's own way; null where it did not move, or fewer sides have one.
function edgesAlong(then: StraightEdges, here: StraightEdges, moved: Point): boolean | null {
  const ways = [
    ...(['left', 'right'] as const).map((side) => [then[side], here[side], moved.x] as const),
    ...(['top', 'bottom'] as const).map((side) => [then[side], here[side], moved.y] as const),
  ];
  const there = ways.filter(([from, to]) => from !== null && to !== null);
  if (there.length < 3 || Math.hypot(moved.x, moved.y) < 3) return null;
  const slack = Math.max(1.2, alongside * Math.hypot(moved.x, moved.y));
  return there.every(([from, to, way]) => Math.abs((to ?? 0) - (from ?? 0) - way) <= slack);
}
