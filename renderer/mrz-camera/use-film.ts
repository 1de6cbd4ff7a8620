import { type RefObject, useEffect, useRef } from 'react';
import { type Camera, type CameraChoice, useCamera } from '../face/use-camera.ts';
import { useShownStream } from '../face/use-shown-stream.ts';
import { type FilmedLines, useFilmedLines } from './use-filmed-lines.ts';

/** Lines that are filmed: the camera, where its picture is shown (null: there is none to show), and what was seen so far. */
export interface Film {
  readonly camera: Camera;
  readonly choice: CameraChoice;
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly stream: MediaStream | null;
  readonly seen: FilmedLines;
}

/** Films the lines of a document's page as long as its caller is there; `onRead` is told them once each check digit is right. */
export function useFilm(onRead: (text: string) => void): Film {
  const { camera, choice } = useCamera();
  const video = useRef<HTMLVideoElement>(null);
  const stream = camera.state === 'live' ? camera.stream : null;
  // First shown, then read: a frame is asked of a picture that is there.
  useShownStream(video, stream);
  const seen = useFilmedLines(video, stream !== null);
  const read = seen.state === 'read' ? seen.lines.join('\n') : null;
  const told = useRef(onRead);
  told.current = onRead;
  useEffect(() => {
    if (read !== null) told.current(read);
  }, [read]);
  return { camera, choice, video, stream, seen };
}
