/** A picture of the camera that was kept, and how good it is. */
export interface KeptFrame<Picture> {
  readonly picture: Picture;
  readonly quality: number;
  /** Milliseconds of the page's clock. */
  readonly at: number;
}

/** So long a picture may be chosen after it was taken: whoever presses means what they see. */
export const newestMillis = 2_000;

/**
 * Keeps the best picture of the last moments and no other: whoever is given up is handed to `close` at once, and so is the last one
 * with `clear`. A picture of no use (quality 0) is not kept.
 */
export class BestFrame<Picture> {
  readonly #close: (picture: Picture) => void;
  #best: KeptFrame<Picture> | null = null;

  constructor(close: (picture: Picture) => void) {
    this.#close = close;
  }

  offer(frame: KeptFrame<Picture>): void {
    const best = this.#best;
    if (best !== null && best.quality >= frame.quality && frame.at - best.at <= newestMillis) {
      this.#close(frame.picture);
      return;
    }
    this.clear();
    if (frame.quality > 0) this.#best = frame;
    else this.#close(frame.picture);
  }

  /** Hands out the best picture that is new enough, which is then the caller's to close; null where there is none. */
  take(now: number): KeptFrame<Picture> | null {
    const best = this.#best;
    this.#best = null;
    if (best !== null && now - best.at <= newestMillis) return best;
    if (best !== null) this.#close(best.picture);
    return null;
  }

  clear(): void {
    if (this.#best !== null) this.#close(this.#best.picture);
    this.#best = null;
  }
}
