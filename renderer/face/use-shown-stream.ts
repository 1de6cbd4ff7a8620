import { type RefObject, useEffect } from 'react';

/** Shows a camera's stream in a video element for as long as both are there; null shows nothing. */
export function useShownStream(video: RefObject<HTMLVideoElement | null>, stream: MediaStream | null): void {
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    element.srcObject = stream;
    return () => {
      element.srcObject = null;
    };
  }, [stream, video]);
}
