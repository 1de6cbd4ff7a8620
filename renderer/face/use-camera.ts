import { useEffect, useState } from 'react';
import { useBridge } from '../parts/bridge.ts';

/**
 * The camera as far as it is there. `missing`: there is none; `taken`: another program has it, or it does not start; `unplugged`: it
 * was there and is gone; `refused`: it may not be used.
 */
export type Camera =
  | { readonly state: 'starting' | 'missing' | 'taken' | 'unplugged' | 'refused' }
  | { readonly state: 'live'; readonly stream: MediaStream };

/** The station's camera, picture only, for as long as the caller is on screen. */
export function useCamera(): Camera {
  const bridge = useBridge();
  const [camera, setCamera] = useState<Camera>({ state: 'starting' });
  useEffect(() => {
    let left = false;
    let stream: MediaStream | null = null;
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const start = async () => {
      const opened = await bridge.call('case.camera', true);
      if (left) return;
      if (!opened.ok) return setCamera({ state: 'refused' });
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { width: { ideal: 1280 } } });
      } catch (thrown) {
        if (!left) setCamera({ state: withoutStream(thrown) });
        return;
      }
      if (left) return stop();
      for (const track of stream.getTracks())
        track.addEventListener('ended', () => setCamera({ state: 'unplugged' }), { once: true });
      setCamera({ state: 'live', stream });
    };
    void start();
    return () => {
      left = true;
      stop();
      void bridge.call('case.camera', false);
    };
  }, [bridge]);
  return camera;
}

// Media Capture and Streams, getUserMedia: the names of what hinders it.
function withoutStream(thrown: unknown): 'missing' | 'taken' | 'refused' {
  const name = thrown instanceof DOMException ? thrown.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  return name === 'NotReadableError' || name === 'AbortError' ? 'taken' : 'missing';
}
