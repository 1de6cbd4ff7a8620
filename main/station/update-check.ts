import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { checkUpdate, type InstalledApp } from '../keeping/app-update/check-update.ts';
import { asFailure, Failure } from '../result/failure.ts';

/*
 * The packaged app as what proves the packages that are to take its place, for who has no side door: IT's script asks before it
 * installs. No window opens, and no folder.
 */

const packed = v.object({
  version: v.string(),
  edition: v.optional(v.picklist(['ordinary', 'training'])),
  updateKeys: v.optional(v.array(v.string())),
});

/** The app as it was packed, by the description in its archive. */
export function installedApp(appFolder: string): InstalledApp {
  const read = v.safeParse(packed, JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8')));
  if (!read.success) throw new Failure('installation.altered', { file: 'package.json' });
  const { version, edition, updateKeys } = read.output;
  return { version, edition: edition ?? null, keys: updateKeys ?? [] };
}

/**
 * Answers `--check-update LIST PACKAGE...` with one line of JSON and an exit status: 0 proved, 2 refused or unusable, 3 this app
 * knows no key. `argv` begins with `--check-update`. Never fails.
 */
export async function answerUpdateCheck(
  argv: readonly string[],
  appFolder: string,
  write: (line: string) => Promise<void>,
): Promise<0 | 2 | 3> {
  const [list, ...packages] = argv.slice(1);
  try {
    if (list === undefined || packages.length === 0)
      throw new Failure('arguments.unusable', { reason: '--check-update LIST PACKAGE...' });
    await write(`${JSON.stringify(await checkUpdate(list, packages, installedApp(appFolder)))}\n`);
    return 0;
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    await write(`${JSON.stringify({ error: { code, fields } })}\n`);
    return code === 'installation.update-no-key' || code === 'installation.altered' ? 3 : 2;
  }
}
