import { type RefObject, useEffect, useRef } from 'react';
import { useWords } from '../parts/language.ts';
import classes from './face.module.css';
import type { Camera } from './use-camera.ts';
import { useShownStream } from './use-shown-stream.ts';

/** How the camera's picture is laid so that its face lies as the portrait's does. */
export interface Framing {
  /** 1 is the whole height of the camera's picture. */
  readonly size: number;
  /** Per cent of the frame's height, downward positive. */
  readonly height: number;
}

interface CameraPictureProps {
  readonly camera: Camera;
  readonly framing: Framing;
  readonly still: boolean;
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
}

/** The camera's picture, moving or still, or why there is none. */
export function CameraPicture({ camera, framing, still, video, canvas }: CameraPictureProps) {
  const { t } = useWords();
  const stream = camera.state === 'live' ? camera.stream : null;
  const shown = useRef(stream);
  shown.current = stream;
  useShownStream(video, stream);
  useEffect(() => {
    const drawn = canvas.current;
    return () => {
      if (drawn !== null) drawn.width = 0;
    };
  }, [canvas]);
  if (camera.state !== 'live') {
    const reasons = {
      starting: 'face/cameraStarting',
      missing: 'face/cameraMissing',
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
  const transform = `translateY(${framing.height}%) scale(${framing.size})`;
  return (
    <>
      <video
        ref={video}
        className={classes.picture}
        style={{ transform }}
        hidden={still}
        autoPlay
        muted
        playsInline
        aria-label={t('face/camera')}
      />
      <canvas
        ref={canvas}
        className={classes.picture}
        style={{ transform }}
        hidden={!still}
        role="img"
        aria-label={t('face/still')}
      />
    </>
  );
}
