type Devices = Pick<MediaDevices, 'enumerateDevices' | 'getUserMedia'>;

const picture = { width: { ideal: 1280 } };

/**
 * The picture of the camera that the system names so; of its first where none is named. Fails as `getUserMedia`, with `NotFoundError` where
 * there is none of that name.
 */
export async function openCamera(devices: Devices, named: string | null): Promise<MediaStream> {
  const open = (video: MediaTrackConstraints): Promise<MediaStream> => devices.getUserMedia({ audio: false, video });
  if (named === null) return open(picture);
  const known = await cameraOf(devices, named);
  if (known !== 'unnamed') return openKnown(open, known);
  // Media Capture and Streams, enumerateDevices: names may be told to none but who films already. So one is opened, and another where
  // that is not the one; where another program has the first, none is.
  const first = await open(picture);
  if (first.getVideoTracks()[0]?.label === named) return first;
  for (const track of first.getTracks()) track.stop();
  const told = await cameraOf(devices, named);
  return openKnown(open, told === 'unnamed' ? null : told);
}

/** By what names there are cameras, each once, at most so many. */
export async function cameraNames(
  devices: Pick<Devices, 'enumerateDevices'>,
  most: number,
): Promise<readonly string[]> {
  const names = (await cameras(devices)).map(({ label }) => label).filter((label) => label !== '');
  return [...new Set(names)].slice(0, most);
}

function openKnown(
  open: (video: MediaTrackConstraints) => Promise<MediaStream>,
  id: string | null,
): Promise<MediaStream> {
  if (id === null) throw new DOMException('no camera of that name', 'NotFoundError');
  return open({ ...picture, deviceId: { exact: id } });
}

// Null: none has that name; `unnamed`: no names are told yet.
async function cameraOf(devices: Devices, named: string): Promise<string | 'unnamed' | null> {
  const all = await cameras(devices);
  const found = all.find(({ label }) => label === named);
  if (found !== undefined) return found.deviceId;
  return all.length > 0 && all.every(({ label }) => label === '') ? 'unnamed' : null;
}

async function cameras(devices: Pick<Devices, 'enumerateDevices'>): Promise<readonly MediaDeviceInfo[]> {
  return (await devices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
}
