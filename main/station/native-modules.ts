import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * Native modules cannot be loaded from the archive: they lie beside it (`app.asar.unpacked`), where Electron proves nothing. The
 * archive, which it does prove on Windows and macOS, holds their digests (`native-modules.json`, written by tools/package).
 */

/**
 * The paths of what lies beside the archive and is not what the archive says: changed, missing, or not named at all. The list
 * itself stands for them where it cannot be read.
 */
export function alteredBeside(appFolder: string): readonly string[] {
  const listName = 'native-modules.json';
  const list = readList(join(appFolder, listName));
  if (list === null) return [listName];
  const beside = `${appFolder}.unpacked`;
  const there = existsSync(beside) ? filesIn(beside) : [];
  const changed = Object.keys(list).filter((path) => digestOf(join(beside, path)) !== list[path]);
  return [...changed, ...there.filter((path) => !Object.hasOwn(list, path))].sort();
}

function readList(file: string): Readonly<Record<string, string>> | null {
  try {
    const list: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof list !== 'object' || list === null || Object.keys(list).length === 0) return null;
    return list as Readonly<Record<string, string>>;
  } catch {
    return null;
  }
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
}

function digestOf(file: string): string | null {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return null;
  }
}
