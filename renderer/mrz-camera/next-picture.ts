import type { RefObject } from 'react';

/** A picture of the camera's film, and what the browser says of it. */
export interface FilmedPicture {
  readonly picture: ImageBitmap;
  /** The page's clock when it was shown, in milliseconds. */
  readonly now: number;
  readonly metadata: VideoFrameCallbackMetadata;
}

/** The next picture that the camera gives; null once nobody waits for it. */
export async function nextPicture(
  video: RefObject<HTMLVideoElement | null>,
  signal: AbortSignal,
): Promise<ImageBitmap | null> {
  return (await nextFilmed(video, signal))?.picture ?? null;
}

/** The same with what is known beside it. */
export function nextFilmed(
  video: RefObject<HTMLVideoElement | null>,
  signal: AbortSignal,
): Promise<FilmedPicture | null> {
  return new Promise((resolve) => {
    const element = video.current;
    if (signal.aborted || element === null) return resolve(null);
    let handle = 0;
    // A frame that cannot be taken is no end of the film: the next one is waited for.
    const wait = () => {
      if (signal.aborted) return;
      handle = element.requestVideoFrameCallback((now, metadata) =>
        createImageBitmap(element).then((picture) => resolve({ picture, now, metadata }), wait),
      );
    };
    wait();
    signal.addEventListener(
      'abort',
      () => {
        element.cancelVideoFrameCallback(handle);
        resolve(null);
      },
      { once: true },
    );
  });
}
