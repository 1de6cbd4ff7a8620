import type { DevToolsPipe } from './devtools-pipe.ts';

// Chromium's names of what a page may ask for.
const everything = [
  'camera',
  'microphone',
  'geolocation',
  'notifications',
  'midi',
  'clipboard-read',
  'clipboard-write',
  'background-sync',
  'persistent-storage',
  'screen-wake-lock',
  'idle-detection',
  'local-fonts',
  'window-management',
] as const;

async function set(pipe: DevToolsPipe, origin: string, name: string, granted: boolean): Promise<void> {
  const setting = granted ? 'granted' : 'denied';
  await pipe.send('Browser.setPermission', { permission: { name }, setting, origin });
}

/** The page of that origin may do nothing of what can be asked for. */
export async function denyEverything(pipe: DevToolsPipe, origin: string): Promise<void> {
  for (const name of everything) await set(pipe, origin, name, false);
}

export function setCamera(pipe: DevToolsPipe, origin: string, granted: boolean): Promise<void> {
  return set(pipe, origin, 'camera', granted);
}
