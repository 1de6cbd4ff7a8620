import { expect, it } from 'vitest';
import { cameraNames, openCamera } from '../../../renderer/face/open-camera.ts';

/* Two cameras at one station: the one that is named is opened, and no other one in its place. */

interface Opened {
  readonly label: string;
  stopped: boolean;
}

/** Devices as Chromium tells them: without names before one of them films, where `shy`. */
function devices(labels: readonly string[], { shy = false, kind = 'videoinput' as MediaDeviceKind } = {}) {
  const opened: Opened[] = [];
  const films = (): boolean => opened.length > 0;
  const enumerateDevices = async (): Promise<MediaDeviceInfo[]> =>
    [...labels.map((label) => ({ kind, label })), { kind: 'audioinput' as const, label: 'Microphone' }].map(
      (each, index) => {
        const { kind: of, label } = each;
        const told = { deviceId: `id-${index}`, groupId: '', kind: of, label: shy && !films() ? '' : label };
        return { ...told, toJSON: () => told };
      },
    );
  const getUserMedia = async ({ video }: MediaStreamConstraints = {}): Promise<MediaStream> => {
    const exact =
      typeof video === 'object' && typeof video.deviceId === 'object' ? Reflect.get(video.deviceId, 'exact') : null;
    const label = exact === null ? labels[0] : labels[Number(String(exact).slice(3))];
    if (label === undefined) throw new DOMException('', 'NotFoundError');
    const one: Opened = { label, stopped: false };
    opened.push(one);
    const track = { label, stop: () => Object.assign(one, { stopped: true }) };
    return { getTracks: () => [track], getVideoTracks: () => [track] } as unknown as MediaStream;
  };
  return { enumerateDevices, getUserMedia, opened };
}

const labelOf = (stream: MediaStream): string | undefined => stream.getVideoTracks()[0]?.label;

it('the first of the system films where none is named', async () => {
  const two = devices(['Front', 'Shelf']);
  expect(labelOf(await openCamera(two, null))).toBe('Front');
});

it.each([false, true])(
  'the one that is named films, and no other goes on filming (names told late: %s)',
  async (shy) => {
    for (const name of ['Front', 'Shelf']) {
      const two = devices(['Front', 'Shelf'], { shy });
      expect(labelOf(await openCamera(two, name))).toBe(name);
      expect(two.opened.filter(({ stopped }) => !stopped).map(({ label }) => label)).toEqual([name]);
    }
  },
);

it.each([false, true])('where it is not there none films (names told late: %s)', async (shy) => {
  const two = devices(['Front', 'Shelf'], { shy });
  await expect(openCamera(two, 'Unplugged')).rejects.toMatchObject({ name: 'NotFoundError' });
  expect(two.opened.filter(({ stopped }) => !stopped)).toEqual([]);
});

it('a machine without a camera has none of any name', async () => {
  for (const name of [null, 'Front'])
    await expect(openCamera(devices([]), name)).rejects.toMatchObject({ name: 'NotFoundError' });
});

it('names are told once each, of cameras alone, and not without end', async () => {
  expect(await cameraNames(devices(['Twin', 'Twin', '', 'Front']), 8)).toEqual(['Twin', 'Front']);
  expect(await cameraNames(devices(['A', 'B', 'C']), 2)).toEqual(['A', 'B']);
  expect(await cameraNames(devices(['Speaker'], { kind: 'audiooutput' }), 8)).toEqual([]);
});
