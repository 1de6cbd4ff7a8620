import { correction, generate } from 'lean-qr';
import { useMemo } from 'react';
import { codePicture } from '../../main/result/code-picture.ts';
import classes from './code-picture.module.css';

interface CodePictureProps {
  readonly text: string;
  /** What the code is, for whoever does not see it. */
  readonly label: string;
  readonly testId: string;
}

/** So many bytes fit into the largest QR code at the lowest correction (ISO/IEC 18004 table 7, version 40-L). */
const mostBytes = 2_953;

/** Whether a text fits into one code. */
export function fitsCode(text: string): boolean {
  return new TextEncoder().encode(text).length <= mostBytes;
}

/** A text as a QR code. Throws for one that does not fit. */
export function CodePicture({ text, label, testId }: CodePictureProps) {
  const { side, path } = useMemo(
    () => codePicture(generate(text, { minCorrectionLevel: correction.L, maxCorrectionLevel: correction.L })),
    [text],
  );
  return (
    <svg
      className={classes.code}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <path className={classes.light} d={`M0 0h${side}v${side}h-${side}z`} />
      <path className={classes.dark} data-testid={testId} d={path} />
    </svg>
  );
}
