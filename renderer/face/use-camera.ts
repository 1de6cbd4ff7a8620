import { useCallback, useEffect, useState } from 'react';
import { mostCameraNames } from '../../main/result/camera-uses.ts';
import type { FailureCode } from '../../main/result/failure-codes.ts';
import { useBridge } from '../parts/bridge.ts';
import { cameraNames, openCamera } from './open-camera.ts';

/**
 * The camera as far as it is there. `missing`: there is none; `not-there`: the one that was chosen is not; `taken`: another program has
 * it, or it does not start; `unplugged`: it was there and is gone; `refused`: it may not be used.
 */
export type Camera =
  | { readonly state: 'starting' | 'missing' | 'not-there' | 'taken' | 'unplugged' | 'refused' }
  | { readonly state: 'live'; readonly stream: MediaStream };

/** Which cameras there are, and which one films here. */
export interface CameraChoice {
  /** By the names that the system gives them; none before one may be used. */
  readonly names: readonly string[];
  /** Null where the first of the system films. */
  readonly chosen: string | null;
  /** Chooses for this station; the other one is opened at once. */
  readonly choose: (name: string | null) => void;
  /** Why the last choice was not kept. */
  readonly failure: FailureCode | null;
}

/** The station's camera for what is filmed now, picture only, for as long as the caller is on screen. */
export function useCamera(): { readonly camera: Camera; readonly choice: CameraChoice } {
  const bridge = useBridge();
  const [camera, setCamera] = useState<Camera>({ state: 'starting' });
  const [names, setNames] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [opening, setOpening] = useState(0);
  const [failure, setFailure] = useState<FailureCode | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice is another camera
  useEffect(() => {
    let left = false;
    let stream: MediaStream | null = null;
    let absent: string | null = null;
    // Missing where a page may not film at all.
    const mediaDevices: MediaDevices | undefined = navigator.mediaDevices;
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const start = async () => {
      setCamera({ state: 'starting' });
      const opened = await bridge.call('case.camera', true);
      if (left) return;
      if (!opened.ok) return setCamera({ state: 'refused' });
      const { named } = opened.value;
      setChosen(named);
      if (mediaDevices === undefined) return setCamera({ state: 'missing' });
      try {
        stream = await openCamera(mediaDevices, named);
      } catch (thrown) {
        const state = withoutStream(thrown, named);
        if (state === 'not-there') absent = named;
        if (!left) setCamera({ state });
      }
      if (left) return stop();
      if (stream !== null) {
        for (const track of stream.getTracks())
          track.addEventListener('ended', () => setCamera({ state: 'unplugged' }), { once: true });
        setCamera({ state: 'live', stream });
      }
      await look();
    };
    const look = async () => {
      // Who may not list them films with the one that there is.
      const found = mediaDevices === undefined ? [] : await cameraNames(mediaDevices, mostCameraNames).catch(() => []);
      if (!left) setNames((before) => (before.join('\n') === found.join('\n') ? before : found));
      return found;
    };
    const changed = async () => {
      const found = await look();
      // The one that was chosen was plugged in.
      if (!left && absent !== null && found.includes(absent)) setOpening((before) => before + 1);
    };
    const hear = () => void changed();
    mediaDevices?.addEventListener('devicechange', hear);
    void start();
    return () => {
      left = true;
      mediaDevices?.removeEventListener('devicechange', hear);
      stop();
      void bridge.call('case.camera', false);
    };
  }, [bridge, opening]);
  const choose = useCallback(
    (name: string | null) => {
      void bridge.call('case.chooseCamera', name).then((kept) => {
        setFailure(kept.ok ? null : kept.code);
        setOpening((before) => before + 1);
      });
    },
    [bridge],
  );
  return { camera, choice: { names, chosen, choose, failure } };
}

// Media Capture and Streams, getUserMedia: the names of what hinders it.
function withoutStream(
  thrown: unknown,
  named: string | null,
): Exclude<Camera['state'], 'live' | 'starting' | 'unplugged'> {
  const name = thrown instanceof DOMException ? thrown.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotReadableError' || name === 'AbortError') return 'taken';
  return named === null ? 'missing' : 'not-there';
}
