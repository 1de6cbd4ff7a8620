/** What a camera films at a station: the face of whoever stands there, or the lines of a document. Each may have a camera of its own. */
export const cameraUses = ['face', 'lines'] as const;

export type CameraUse = (typeof cameraUses)[number];

/** So many names of cameras are told and kept: no station has more. */
export const mostCameraNames = 8;
