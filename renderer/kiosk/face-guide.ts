import { useEffect, useRef, useState } from 'react';
import type { Camera } from '../face/use-camera.ts';
import type { FilmedFace } from '../face/use-filmed-face.ts';
import { type FramingCode, isLying, type Lying } from '../face-model/framing.ts';

/** What whoever stands before the camera is told. `stopped`: nothing can be filmed, and a colleague does it. */
export type FaceGuide = 'starting' | 'stopped' | 'good' | FramingCode;

/** How the camera is mounted, where it stands wrong; null of every other guide. */
export function lyingIn(guide: FaceGuide): Lying | null {
  return guide !== 'starting' && guide !== 'stopped' && guide !== 'good' && isLying(guide) ? guide : null;
}

/** So long a sentence stands at least: whoever hears it hears it to the end. */
const heldMillis = 2_500;

/** What can be filmed all the same: nobody is kept by light that they cannot change, or by glasses that they need. */
const bearable: readonly FaceGuide[] = ['too-dark', 'too-bright', 'back-light', 'uneven-light', 'blurred', 'glasses'];
/** So long it is asked to be put right. */
const borneMillis = 5_000;

/** Of camera and model what the person is told now; `stalled`: no picture has come for too long. */
export function guideOf(camera: Camera, face: FilmedFace, stalled: boolean): FaceGuide {
  if (camera.state === 'starting') return 'starting';
  if (camera.state !== 'live' || face.state === 'without' || stalled) return 'stopped';
  return face.state === 'seen' && face.isTold ? (face.code ?? 'good') : 'starting';
}

/** The same a little steadier: nothing is said before the last could be heard, but that there is no camera. */
export function useHeldGuide(guide: FaceGuide): FaceGuide {
  const [shown, setShown] = useState(guide);
  const since = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (guide === shown) return;
    const show = () => {
      since.current = performance.now();
      setShown(guide);
    };
    const wait = guide === 'stopped' ? 0 : since.current + heldMillis - performance.now();
    const timer = setTimeout(show, Math.max(0, wait));
    return () => clearTimeout(timer);
  }, [guide, shown]);
  return shown;
}

/** Tells once the face is seen well, or as well as it can be here. */
export function useFramed(guide: FaceGuide, isAsked: boolean, framed: () => void): void {
  const told = useRef(framed);
  told.current = framed;
  useEffect(() => {
    if (!isAsked || !(guide === 'good' || bearable.includes(guide))) return;
    const timer = setTimeout(() => told.current(), guide === 'good' ? 0 : borneMillis);
    return () => clearTimeout(timer);
  }, [guide, isAsked]);
}

/** Tells once the camera has stood wrong for as long as what hinders is asked to be put right: nobody but staff can turn it. */
export function useLyingCamera(guide: FaceGuide, found: (lying: Lying) => void): void {
  const told = useRef(found);
  told.current = found;
  const lying = lyingIn(guide);
  useEffect(() => {
    if (lying === null) return;
    const timer = setTimeout(() => told.current(lying), borneMillis);
    return () => clearTimeout(timer);
  }, [lying]);
}
