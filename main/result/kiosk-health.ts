/** Under this name a kiosk keeps how it fares, for `styrk doctor`. */
export const kioskHealthSetting = 'kiosk/health';

/** A kiosk that has said nothing for so many minutes does not run, or hangs. */
export const kioskSilentMinutes = 10;

/** What a kiosk keeps of its camera: it did not start or is gone, or how it is mounted where that is wrong. */
export const cameraTroubles = ['failed', 'upside-down', 'on-its-side'] as const;

export type CameraTrouble = (typeof cameraTroubles)[number];
