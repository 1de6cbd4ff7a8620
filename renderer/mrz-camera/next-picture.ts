import type { RefObject } from 'react';

/** The next picture that the camera gives; null once nobody waits for it. */
export function nextPicture(
  video: RefObject<HTMLVideoElement | null>,
  signal: AbortSignal,
): Promise<ImageBitmap | null> {
  return new Promise((resolve) => {
    const element = video.current;
    if (signal.aborted || element === null) return resolve(null);
    let handle = 0;
    // A frame that cannot be taken is no end of the film: the next one is waited for.
    const wait = () => {
      if (signal.aborted) return;
      handle = element.requestVideoFrameCallback(() => createImageBitmap(element).then(resolve, wait));
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
