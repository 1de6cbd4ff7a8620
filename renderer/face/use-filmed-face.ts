import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { BestFrame } from '../face-model/best-frame.ts';
import type { Eyes } from '../face-model/face-finder.ts';
import { type FramingCode, framingOf, SteadyCode } from '../face-model/framing.ts';
import type { Look } from '../face-model/model-messages.ts';
import { type ModelWorker, sizeOf } from '../face-model/model-worker.ts';
import type { WatchedFilm } from '../film-signs/film-watch.ts';
import { nextFilmed } from '../mrz-camera/next-picture.ts';
import { followed } from './align-eyes.ts';
import { momentOf } from './moment-of.ts';

/** Who stands before the camera by now. `starting`: nothing was looked at yet; `without`: there is no model, and nobody is guided. */
export type FilmedFace =
  | { readonly state: 'starting' | 'without' }
  | {
      readonly state: 'seen';
      /** What is to be put right now; null where the picture serves. */
      readonly code: FramingCode | null;
      /** Whether enough was looked at to say so. */
      readonly isTold: boolean;
      /** In pixels of the film; null where there is no face. */
      readonly eyes: Eyes | null;
    };

export interface FaceFilm {
  readonly face: FilmedFace;
  /** The best picture of the last moments, else what the camera shows now: the caller's to close. Null where it shows nothing. */
  readonly take: () => Promise<ImageBitmap | null>;
}

const starting: FilmedFace = { state: 'starting' };
const nothing = (): void => undefined;

/**
 * Looks for the face that `video` shows while `live`, picture by picture, each once the last was answered; `onWatched` is told what the film
 * has shown so far, and `onLook` of each picture what was found in it.
 */
export function useFilmedFace(
  model: ModelWorker | null,
  video: RefObject<HTMLVideoElement | null>,
  live: boolean,
  onWatched: (watched: WatchedFilm) => void,
  onLook: (look: Look) => void = nothing,
): FaceFilm {
  const [face, setFace] = useState(starting);
  const best = useRef(new BestFrame<ImageBitmap>((picture) => picture.close()));
  const told = useRef(onWatched);
  told.current = onWatched;
  const looked = useRef(onLook);
  looked.current = onLook;
  useEffect(() => {
    if (model === null || !live) return;
    const leave = new AbortController();
    const { signal } = leave;
    const kept = best.current;
    const follow = async () => {
      let eyes: Eyes | null = null;
      const steady = new SteadyCode();
      let begins = true;
      for (;;) {
        const filmed = await nextFilmed(video, signal);
        if (filmed === null) return;
        const { picture } = filmed;
        const at = performance.now();
        const look = await model.look(picture, { moment: momentOf(filmed, video.current), begins });
        begins = false;
        if (signal.aborted || look === null) {
          picture.close();
          if (!signal.aborted) setFace({ state: 'without' });
          return;
        }
        if (look.film !== null) told.current(look.film);
        looked.current(look);
        const { codes, quality } = framingOf({ ...look, ...sizeOf(picture) });
        kept.offer({ picture, quality, at });
        const seen = look.faces[0]?.eyes;
        eyes = seen === undefined ? null : followed(eyes, seen);
        const code = steady.next(codes[0] ?? null);
        setFace({ state: 'seen', code, isTold: steady.isTold, eyes });
      }
    };
    void follow();
    return () => {
      leave.abort();
      kept.clear();
      setFace(starting);
    };
  }, [model, live, video]);
  const take = useCallback(async () => {
    const chosen = best.current.take(performance.now());
    if (chosen !== null) return chosen.picture;
    const element = video.current;
    return element === null || element.videoWidth === 0 ? null : createImageBitmap(element).catch(() => null);
  }, [video]);
  return { face, take };
}
