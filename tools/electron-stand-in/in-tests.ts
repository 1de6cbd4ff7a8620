import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setSettings } from './settings.ts';

/*
 * Starts the stand-in for the integration tests, in which `electron` is `electron.ts` (vitest.config.ts): headless, and with
 * its second door on the port that STYRK_STAND_IN_PORT then names.
 */

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const debugPort = await freePort();
process.env.STYRK_STAND_IN_PORT = String(debugPort);
setSettings({ appFolder: resolve(import.meta.dirname, '../..'), headless: true, debugPort, fakeCameras: 1 });
