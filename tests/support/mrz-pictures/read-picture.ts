import { type FilmedMrz, filmedMrz } from '../../../main/document/filmed-mrz.ts';
import { parsePlainDate } from '../../../main/result/plain-date.ts';
import type { GreyImage } from '../../../renderer/mrz-camera/grey-image.ts';
import { LetterClassifier } from '../../../renderer/mrz-camera/letter-classifier.ts';
import { readFrame } from '../../../renderer/mrz-camera/read-frame.ts';
import net from '../../../resources/mrz-camera/letters.json' with { type: 'json' };

const classifier = new LetterClassifier(net);

/** What comes of one picture, through the page's part and the main process's; `nothing` where no lines were found. */
export function readPicture(image: GreyImage): FilmedMrz | { readonly state: 'nothing' | 'unusable' } {
  const filmed = readFrame(image, classifier);
  if (filmed.state !== 'lines') return { state: filmed.state };
  const today = parsePlainDate('2026-11-29');
  if (today === null) throw new RangeError('no day');
  return filmedMrz(filmed.lines, today);
}
