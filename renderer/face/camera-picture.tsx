import type { RefObject } from 'react';
import { useWords } from '../parts/language.ts';
import type { HandFraming, Laying } from './align-eyes.ts';
import classes from './face.module.css';
import { LaidPicture } from './laid-picture.tsx';
import type { Camera } from './use-camera.ts';
import { useShownStream } from './use-shown-stream.ts';

interface CameraPictureProps {
  readonly camera: Camera;
  readonly laying: Laying | null;
  readonly hand: HandFraming;
  /** The picture that was taken; null while the film runs. */
  readonly still: ImageBitmap | null;
  readonly video: RefObject<HTMLVideoElement | null>;
}

/** The camera's picture, moving or still, or why there is none. */
export function CameraPicture({ camera, laying, hand, still, video }: CameraPictureProps) {
  const { t } = useWords();
  useShownStream(video, camera.state === 'live' ? camera.stream : null);
  if (camera.state !== 'live') {
    const reasons = {
      starting: 'face/cameraStarting',
      missing: 'face/cameraMissing',
      'not-there': 'face/cameraNotThere',
      taken: 'face/cameraTaken',
      unplugged: 'face/cameraUnplugged',
      refused: 'face/cameraRefused',
    } as const;
    return (
      <p className={classes.without} role="status">
        {t(reasons[camera.state])}
      </p>
    );
  }
  return (
    <>
      {/* What the film is drawn from: there and running, and nothing to look at. */}
      <video ref={video} className={classes.film} autoPlay muted playsInline tabIndex={-1} aria-hidden="true" />
      <LaidPicture
        source={still ?? video}
        laying={laying}
        hand={hand}
        label={t(still === null ? 'face/camera' : 'face/still')}
      />
    </>
  );
}
