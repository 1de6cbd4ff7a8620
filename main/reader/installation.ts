import { existsSync } from 'node:fs';
import { Failure } from '../result/failure.ts';

/** The folder that holds the app: the nearest one above a file of it that has a package.json, as an address that ends in `/`. */
function installationOf(file: string): string | null {
  let at = new URL('.', file);
  for (;;) {
    if (existsSync(new URL('package.json', at))) return at.href;
    const above = new URL('..', at);
    if (above.href === at.href) return null;
    at = above;
  }
}

/**
 * Node looks for a package in every folder above the one that asks, up to the root of the disk, where others may write. Fails
 * with `reader.binding-missing` where what it found lies outside the installation. Both are file addresses.
 */
export function requireInside(asking: string, found: string): void {
  const inside = installationOf(asking);
  if (inside !== null && found.startsWith(inside)) return;
  throw new Failure('reader.binding-missing', {
    package: 'pcsclite',
    reason: 'outside-the-installation',
    library: null,
  });
}
