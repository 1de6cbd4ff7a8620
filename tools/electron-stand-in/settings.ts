import type { BrowserOptions } from './browser.ts';

/** How the stand-in was started; `run.ts` says it before the app is loaded. */
export interface StandInSettings extends Pick<BrowserOptions, 'headless' | 'debugPort' | 'fakeCameras' | 'film'> {
  /** The folder of the app, where its `package.json` lies. */
  readonly appFolder: string;
}

let settings: StandInSettings | null = null;

export function setSettings(given: StandInSettings): void {
  settings = given;
}

export function getSettings(): StandInSettings {
  if (settings === null) throw new Error('the stand-in was not started by its run.ts');
  return settings;
}
