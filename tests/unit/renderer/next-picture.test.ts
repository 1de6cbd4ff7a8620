import { afterEach, expect, it, vi } from 'vitest';
import { nextFilmed } from '../../../renderer/mrz-camera/next-picture.ts';

/* A camera's film picture by picture, without a browser: what it gives is made up, and when. */

type Frame = (now: number, metadata: VideoFrameCallbackMetadata) => void;

/** A film whose next picture comes when it is told to. */
function filmOf() {
  const waiting = new Map<number, Frame>();
  let handles = 0;
  const element = {
    requestVideoFrameCallback: (frame: Frame) => {
      handles += 1;
      waiting.set(handles, frame);
      return handles;
    },
    cancelVideoFrameCallback: (handle: number) => waiting.delete(handle),
  };
  const shows = (now: number) => {
    const frames = [...waiting.values()];
    waiting.clear();
    for (const frame of frames) frame(now, {} as VideoFrameCallbackMetadata);
  };
  return { video: { current: element as unknown as HTMLVideoElement }, shows, waiting };
}

afterEach(() => vi.unstubAllGlobals());

it('waits past pictures of no size for the first that is one', async () => {
  const { video, shows } = filmOf();
  const picture = { width: 640, height: 480 };
  // HTML, createImageBitmap: a video without dimensions is refused with InvalidStateError.
  const taken = vi.fn().mockRejectedValueOnce(new DOMException('', 'InvalidStateError'));
  taken.mockRejectedValueOnce(new DOMException('', 'InvalidStateError')).mockResolvedValue(picture);
  vi.stubGlobal('createImageBitmap', taken);
  const next = nextFilmed(video, new AbortController().signal);
  for (let now = 1; now <= 3; now++) {
    shows(now);
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  }
  expect(await next).toMatchObject({ picture, now: 3 });
  expect(taken).toHaveBeenCalledTimes(3);
});

it('ends where nobody waits any more, and leaves no call behind', async () => {
  const { video, waiting } = filmOf();
  const left = new AbortController();
  const next = nextFilmed(video, left.signal);
  expect(waiting.size).toBe(1);
  left.abort();
  expect(await next).toBeNull();
  expect(waiting.size).toBe(0);
  expect(await nextFilmed(video, left.signal)).toBeNull();
  expect(await nextFilmed({ current: null }, new AbortController().signal)).toBeNull();
});
