import { useEffect, useRef } from 'react';

interface PortraitPictureProps {
  readonly picture: ImageBitmap;
  readonly label: string;
  readonly className?: string | undefined;
}

/** A decoded picture, drawn: it has no address and cannot be saved by a slip of the mouse. */
export function PortraitPicture({ picture, label, className }: PortraitPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const drawn = canvas.current;
    if (drawn === null || picture.width === 0) return;
    drawn.width = picture.width;
    drawn.height = picture.height;
    drawn.getContext('2d')?.drawImage(picture, 0, 0);
    // The canvas keeps its pixels past its removal: they are cleared with it.
    return () => {
      drawn.width = 0;
    };
  }, [picture]);
  return <canvas ref={canvas} className={className} role="img" aria-label={label} />;
}
