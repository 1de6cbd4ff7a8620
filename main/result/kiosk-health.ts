/** Under this name a kiosk keeps how it fares, for `styrk doctor`. */
export const kioskHealthSetting = 'kiosk/health';

/** A kiosk that has said nothing for so many minutes does not run, or hangs. */
export const kioskSilentMinutes = 10;
