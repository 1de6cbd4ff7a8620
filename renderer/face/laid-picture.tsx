import { type RefObject, useEffect, useRef } from 'react';
import { sizeOf } from '../face-model/model-worker.ts';
import { byHand, frameHeight, type HandFraming, type Laying, layToCover } from './align-eyes.ts';
import classes from './face.module.css';

/** Points of a drawn frame: as fine as the pictures are, and drawn in no time. */
const wide = 630;
const high = Math.round(wide * frameHeight);

interface LaidPictureProps {
  /** A picture, or a film that is drawn as it runs. */
  readonly source: ImageBitmap | RefObject<HTMLVideoElement | null>;
  /** By the eyes; null lays the whole picture. */
  readonly laying: Laying | null;
  readonly hand: HandFraming;
  readonly label: string;
}

/** A picture laid in its frame, drawn: it has no address, and its pixels are cleared with it. */
export function LaidPicture({ source, laying, hand, label }: LaidPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const now = useRef({ laying, hand });
  now.current = { laying, hand };
  const draw = useRef<() => void>(() => undefined);
  useEffect(() => {
    const drawn = canvas.current;
    if (drawn === null) return;
    const film = source instanceof ImageBitmap ? null : source.current;
    const from = source instanceof ImageBitmap ? source : film;
    if (from === null) return;
    drawn.width = wide;
    drawn.height = high;
    draw.current = () => drawLaid(drawn, from, now.current.laying, now.current.hand);
    draw.current();
    let handle = 0;
    const next = () => {
      draw.current();
      handle = film?.requestVideoFrameCallback(next) ?? 0;
    };
    if (film !== null) handle = film.requestVideoFrameCallback(next);
    return () => {
      film?.cancelVideoFrameCallback(handle);
      draw.current = () => undefined;
      // The canvas keeps its pixels past its removal.
      drawn.width = 0;
    };
  }, [source]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was laid anew is drawn anew
  useEffect(() => draw.current(), [laying, hand]);
  return <canvas ref={canvas} className={classes.picture} role="img" aria-label={label} />;
}

function drawLaid(
  canvas: HTMLCanvasElement,
  from: ImageBitmap | HTMLVideoElement,
  laying: Laying | null,
  hand: HandFraming,
): void {
  const context = canvas.getContext('2d');
  const size = sizeOf(from);
  if (context === null || size.width === 0) return;
  const { scale, turn, x, y } = byHand(laying ?? layToCover(size), hand);
  const [along, across] = [scale * wide * Math.cos(turn), scale * wide * Math.sin(turn)];
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, wide, high);
  context.imageSmoothingQuality = 'high';
  context.setTransform(along, across, -across, along, x * wide, y * wide);
  context.drawImage(from, 0, 0);
}
