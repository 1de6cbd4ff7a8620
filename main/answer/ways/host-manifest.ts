import { Failure } from '../../result/failure.ts';

/** The name under which browsers know the program. */
export const hostName = 'se.styrk.orders';

/**
 * The manifest of the program for Chrome and Edge: which file is started, and for which extensions. Fails with
 * `order.sender-refused` where none is named or one is none.
 */
export function hostManifest(program: string, extensions: readonly string[]): string {
  if (extensions.length === 0 || !extensions.every((origin) => /^chrome-extension:\/\/[a-p]{32}\/$/.test(origin)))
    throw new Failure('order.sender-refused', { reason: 'extension' });
  const manifest = {
    name: hostName,
    description: 'Hands signed orders of the bank to Styrk, and its answers back',
    path: program,
    type: 'stdio',
    allowed_origins: extensions,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The file that the browser starts where Styrk runs from its sources: it hands on the extension that asks. */
export function hostScript(words: readonly string[], platform: string): string {
  if (platform === 'win32') return `@echo off\r\n${words.map((word) => `"${word}"`).join(' ')} -- %*\r\n`;
  const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  return `#!/bin/sh\nexec ${quoted} -- "$@"\n`;
}

/**
 * The launcher that lies in a package, in `resources/order-host` beside the app: it starts the packaged app as that program. `platform` is
 * Node's name of it.
 */
export function packagedHost(platform: 'linux' | 'darwin' | 'win32'): { readonly name: string; readonly text: string } {
  if (platform === 'win32')
    return { name: 'styrk-order-host.bat', text: '@echo off\r\n"%~dp0..\\..\\Styrk.exe" --order-host %*\r\n' };
  const program = platform === 'darwin' ? '../../MacOS/Styrk' : '../../styrk';
  const text = `#!/bin/sh\nexec "$(dirname "$(realpath "$0")")/${program}" --order-host "$@"\n`;
  return { name: 'styrk-order-host', text };
}

/** Where a browser of this account looks for it; null where it is named in the registry (Windows). */
export function manifestPlace(browser: 'chrome' | 'chromium' | 'edge', platform: string, home: string): string | null {
  if (platform === 'win32') return null;
  const folders = {
    linux: { chrome: '.config/google-chrome', chromium: '.config/chromium', edge: '.config/microsoft-edge' },
    darwin: {
      chrome: 'Library/Application Support/Google/Chrome',
      chromium: 'Library/Application Support/Chromium',
      edge: 'Library/Application Support/Microsoft Edge',
    },
  };
  return `${home}/${folders[platform === 'darwin' ? 'darwin' : 'linux'][browser]}/NativeMessagingHosts/${hostName}.json`;
}
