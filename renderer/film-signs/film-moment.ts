/** When a picture was taken, and how large the camera gave it. */
export interface FilmMoment {
  /** Milliseconds of the camera's clock. */
  readonly at: number;
  /** Of the page's, where both are one clock; else null. */
  readonly now: number | null;
  readonly width: number;
  readonly height: number;
  /** Pictures that the camera has given by then, counted by the browser; null where it does not count. */
  readonly shown: number | null;
  /** What the camera says that it gives; null where it says nothing. */
  readonly stated: { readonly width: number; readonly height: number; readonly frameRate: number } | null;
}
