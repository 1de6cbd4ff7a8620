import type { GreyImage } from '../../../renderer/mrz-camera/grey-image.ts';

/** A drawn person, as far as the shoulders. */
export interface DrawnPerson {
  readonly picture: GreyImage;
  /** Per point whether it is the person (1) or the wall behind (0). */
  readonly mask: Uint8Array;
  readonly eyes: { readonly right: { x: number; y: number }; readonly left: { x: number; y: number } };
}
