import { type RefObject, useEffect, useState } from 'react';
import type { FilmedMrzView } from '../../preload/contract.ts';
import { useBridge } from '../parts/bridge.ts';
import { nextPicture } from './next-picture.ts';
import { startZoneReader } from './reader-address.ts';
import type { FrameAnswer } from './zone-reader.ts';

/** What the camera shows of a document's lines by now. `dark`: the picture is black. */
export type FilmedLines =
  | { readonly state: 'looking' | 'dark' | 'stopped' }
  | Extract<FilmedMrzView, { readonly state: 'unsure' | 'read' }>;

/** So long a picture may take; a worker that has not answered by then is ended, and the camera is not read any more. */
const longestFrame = 10_000;
/** Pictures without lines, one after the other, before what was seen is taken back. */
const patience = 12;
/** A reading counts once two pictures say the same. */
const agreeing = 2;

const looking: FilmedLines = { state: 'looking' };

/** Reads the lines that `video` shows while `live`, picture by picture, each once the last was answered. */
export function useFilmedLines(video: RefObject<HTMLVideoElement | null>, live: boolean): FilmedLines {
  const bridge = useBridge();
  const [seen, setSeen] = useState(looking);
  useEffect(() => {
    if (!live) return setSeen(looking);
    const leave = new AbortController();
    const worker = startZoneReader();
    const read = async () => {
      let without = 0;
      let last = '';
      let same = 0;
      for (;;) {
        const picture = await nextPicture(video, leave.signal);
        if (picture === null) return;
        const answer = await answered(worker, picture, leave.signal);
        if (leave.signal.aborted) return;
        if (answer === null) return setSeen({ state: 'stopped' });
        const judged =
          answer.filmed.state === 'lines'
            ? await bridge.call(
                'mrz.judgeFilmed',
                answer.filmed.lines.map((line) => line.map((place) => place.map((each) => ({ ...each })))),
              )
            : null;
        if (leave.signal.aborted) return;
        const said = judged?.ok === true && judged.value.state !== 'no-zone' ? judged.value : null;
        if (said === null) {
          if (++without >= patience) setSeen({ state: answer.dark ? 'dark' : 'looking' });
          continue;
        }
        without = 0;
        if (said.state === 'unsure') {
          setSeen(said);
          continue;
        }
        const text = said.lines.join('\n');
        same = text === last ? same + 1 : 1;
        last = text;
        if (same >= agreeing) return setSeen(said);
      }
    };
    void read();
    return () => {
      leave.abort();
      worker.terminate();
    };
  }, [bridge, live, video]);
  return seen;
}

function answered(worker: Worker, picture: ImageBitmap, signal: AbortSignal): Promise<FrameAnswer | null> {
  return new Promise((resolve) => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(longestFrame)]);
    limit.addEventListener('abort', () => resolve(null), { once: true });
    worker.addEventListener('message', ({ data }: MessageEvent<FrameAnswer>) => resolve(data), { once: true });
    worker.addEventListener('error', () => resolve(null), { once: true });
    worker.postMessage(picture, [picture]);
  });
}
