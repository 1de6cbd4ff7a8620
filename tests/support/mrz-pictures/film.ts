import { closeSync, openSync, writeSync } from 'node:fs';
import type { GreyImage } from '../../../renderer/mrz-camera/grey-image.ts';

/** Of one brightness alone: no colour. */
const noColour = 128;
/** ITU-R BT.601: black is 16 and white 235. */
const [black, white] = [16, 235];

/**
 * Writes pictures of one even size as a film that Chromium's fake camera shows over and over: YUV4MPEG2, 4:2:0, ten pictures a second
 * (media/capture/video/file_video_capture_device.cc).
 */
export function writeFilm(file: string, pictures: readonly GreyImage[]): void {
  const [first] = pictures;
  if (first === undefined) throw new RangeError('a film without pictures');
  const { width, height } = first;
  const colours = Buffer.alloc((width / 2) * (height / 2) * 2, noColour);
  const out = openSync(file, 'wx', 0o600);
  try {
    writeSync(out, `YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
    for (const { luma } of pictures) {
      writeSync(out, 'FRAME\n');
      writeSync(
        out,
        luma.map((value) => black + Math.round((value * (white - black)) / 255)),
      );
      writeSync(out, colours);
    }
  } finally {
    closeSync(out);
  }
}
