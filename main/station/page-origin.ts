/** The app's own scheme and the host of the desk's page. */
export const appScheme = 'styrk';
export const appOrigin = `${appScheme}://app`;
/** The confirmation window's own: nothing of it is of the same origin as the desk's page. */
export const confirmOrigin = `${appScheme}://confirm`;

/** The kiosk's own: nothing of it is of the same origin as either. */
export const kioskOrigin = `${appScheme}://kiosk`;

/**
 * Scheme and host of an address, or null where it is none. `URL.origin` says `null` for every scheme that the platform does
 * not know, ours included.
 */
export function originOf(address: string): string | null {
  const url = URL.parse(address);
  return url === null || url.host === '' ? null : `${url.protocol}//${url.host}`;
}
