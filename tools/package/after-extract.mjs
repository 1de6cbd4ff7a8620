import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** Called by electron-builder when Electron's distribution lies there: takes Electron's own app away. */
export default async function afterExtract({ appOutDir, packager }) {
  const resources = packager.getResourcesDir(appOutDir);
  for (const folder of [resources, join(appOutDir, 'Electron.app/Contents/Resources')])
    rmSync(join(folder, 'default_app.asar'), { force: true });
}
