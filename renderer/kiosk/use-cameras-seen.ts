import { useEffect, useRef } from 'react';
import type { CameraChoice } from '../face/use-camera.ts';

/** Tells by what names cameras are there, for whoever says which of them films what. */
export function useCamerasSeen({ names }: CameraChoice, seen: (names: string[]) => void): void {
  const told = useRef(seen);
  told.current = seen;
  useEffect(() => {
    if (names.length > 0) told.current([...names]);
  }, [names]);
}
