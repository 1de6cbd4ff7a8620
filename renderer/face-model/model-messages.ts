import type { FoundFace } from './face-finder.ts';
import type { FrameMeasures } from './frame-measures.ts';

/** What the worker is asked. Pictures are handed over, and closed there. */
export type ModelQuestion = { readonly kind: 'look'; readonly picture: ImageBitmap };

/** What one picture shows. */
export interface Look {
  /** The largest first, in pixels of the picture that was handed over. */
  readonly faces: readonly FoundFace[];
  /** Of the largest; null where there is none. */
  readonly measures: FrameMeasures | null;
}

/** What it answers; null where the model could not be loaded or failed. */
export type ModelAnswer = Look | null;
