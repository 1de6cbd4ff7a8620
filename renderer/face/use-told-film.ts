import { useCallback, useRef } from 'react';
import { longest } from '../../main/result/bounds.ts';
import type { WatchedFilm } from '../film-signs/film-watch.ts';
import { useBridge } from '../parts/bridge.ts';
import type { Camera } from './use-camera.ts';

/** Pictures after which the first is told: before there is nothing to tell. */
const fewest = 12;

/** Tells the main process what a film has shown, each time that another sign or measure is there. */
export function useToldFilm(camera: Camera): (watched: WatchedFilm) => void {
  const bridge = useBridge();
  const last = useRef('');
  const label = camera.state === 'live' ? (camera.stream.getVideoTracks()[0]?.label ?? '') : '';
  return useCallback(
    ({ pictures, measured, signs }) => {
      const news = JSON.stringify([label, measured, signs.map(({ sign }) => sign)]);
      if (pictures < fewest || news === last.current) return;
      last.current = news;
      const told = { camera: label.slice(0, longest.cameraName), pictures, measured: [...measured], signs: [...signs] };
      // Refused where the question was left meanwhile: the film is no longer one of this case's.
      void bridge.call('case.faceFilmed', told);
    },
    [bridge, label],
  );
}
