import type { FaceLight } from '../face-challenge/face-light.ts';
import type { FilmMoment } from '../film-signs/film-moment.ts';
import type { WatchedFilm } from '../film-signs/film-watch.ts';
import type { FoundFace } from './face-finder.ts';
import type { FrameMeasures } from './frame-measures.ts';
import type { Quarters } from './turned-picture.ts';

/** What the worker is asked. Pictures are handed over, and closed there. */
export type ModelQuestion =
  | { readonly kind: 'look'; readonly pictures: readonly [ImageBitmap]; readonly film: FilmPlace | null }
  | {
      readonly kind: 'compare';
      readonly pictures: readonly [portrait: ImageBitmap, still: ImageBitmap];
      /** By which each is turned clockwise before it is looked at. */
      readonly quarters: readonly [portrait: Quarters, still: Quarters];
    };

/** Where a picture stands in a film; with the first of another film what was seen of the one before is forgotten. */
export interface FilmPlace {
  readonly moment: FilmMoment;
  readonly begins: boolean;
}

/** What one picture shows. */
export interface Look {
  /** The largest first, in pixels of the picture that was handed over, whichever way up they stand in it. */
  readonly faces: readonly FoundFace[];
  /** Of the largest; null where there is none. */
  readonly measures: FrameMeasures | null;
  /** How the largest is lit; null where there is none. */
  readonly light: FaceLight | null;
  /** What the film has shown so far, where it is a picture of one. */
  readonly film: WatchedFilm | null;
}

/** How alike the largest faces of two pictures are, in thousandths; null where one of them has none. What describes them stays in the worker. */
export interface Compared {
  readonly likeness: number | null;
}

/** What it answers; null where the model could not be loaded or failed. */
export type ModelAnswer = Look | Compared | null;
