import type { FilmMoment } from '../film-signs/film-moment.ts';
import type { FilmedPicture } from '../mrz-camera/next-picture.ts';

/** When the camera took a picture, and what it says that it gives. */
export function momentOf({ picture, now, metadata }: FilmedPicture, element: HTMLVideoElement | null): FilmMoment {
  const { captureTime, mediaTime, presentedFrames } = metadata;
  // HTMLVideoElement.requestVideoFrameCallback, §4: of a local camera `captureTime` is of the page's own clock; `mediaTime` is of the film's.
  const taken = captureTime === undefined ? { at: 1_000 * mediaTime, now: null } : { at: captureTime, now };
  return {
    ...taken,
    width: picture.width,
    height: picture.height,
    shown: presentedFrames,
    stated: statedBy(filmedTrack(element?.srcObject ?? null)),
  };
}

/** The track that an element shows; null where it shows no camera. */
export function filmedTrack(shown: MediaProvider | null): MediaStreamTrack | null {
  return shown instanceof MediaStream ? (shown.getVideoTracks()[0] ?? null) : null;
}

function statedBy(track: MediaStreamTrack | null): FilmMoment['stated'] {
  const { width, height, frameRate } = track?.getSettings() ?? {};
  return width === undefined || height === undefined ? null : { width, height, frameRate: frameRate ?? 0 };
}
