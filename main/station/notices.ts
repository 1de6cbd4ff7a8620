import { join } from 'node:path';
import { readInputFile } from '../machine/input-file.ts';
import { most } from '../result/bounds.ts';

/** What lies beside the archive of a package: its parts by name, version and licence. Fails with `input.unreadable`, `input.too-large`. */
export function packagedNotices(resourcesPath: string): string {
  return new TextDecoder().decode(readInputFile(join(resourcesPath, 'notices.txt'), most.noticesCharacters));
}
