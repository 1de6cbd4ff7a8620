import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { type InputFile, readInputFile, withInputFiles } from '../../machine/input-file.ts';
import type { DataKind } from '../../result/data-kind.ts';
import { Failure } from '../../result/failure.ts';
import { appVersion, isOlder } from './app-version.ts';
import { type AppUpdate, longestUpdate, provenUpdate, type UpdateFile, updateKey } from './signed-update.ts';

/** The app that is there. */
export interface InstalledApp {
  readonly version: string;
  /** Null where it is neither: a checkout. */
  readonly edition: DataKind | null;
  /** The keys by which updates are proved, as text; none where nobody gave it one. */
  readonly keys: readonly string[];
}

/** What was proved of packages that may take the place of the app that is there. */
export interface ProvenPackages {
  readonly version: string;
  readonly edition: DataKind;
  /** Whether it is the version that is there already. */
  readonly same: boolean;
  /** The packages that were read, byte by byte. */
  readonly packages: readonly UpdateFile[];
}

/**
 * Proves packages of the app before anything of them is unpacked or run: the list that the bank signed, by a key of the app that
 * is there; its version, not older; each package by its length and digest. Reads files alone, and asks nobody.
 *
 * Fails with `installation.update-no-key`, `installation.update-unproved` (`reason`), `installation.update-older` (`found`,
 * `installed`), `installation.update-other` (`reason`: `edition`, `not-named`, `bytes`; `file`), `log.malformed` for a key,
 * `input.unreadable`, `input.too-large`.
 */
export async function checkUpdate(
  list: string,
  packages: readonly string[],
  installed: InstalledApp,
): Promise<ProvenPackages> {
  const keys = installed.keys.map(updateKey);
  if (keys.length === 0) throw new Failure('installation.update-no-key');
  const update = provenUpdate(
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(readInputFile(list, longestUpdate)),
    keys,
  );
  const version = update.version.join('.');
  const there = appVersion(installed.version);
  if (there === null || isOlder(update.version, there))
    throw new Failure('installation.update-older', { found: version, installed: installed.version });
  if (installed.edition !== null && update.edition !== installed.edition)
    throw new Failure('installation.update-other', { reason: 'edition', found: update.edition });
  const proven = await withInputFiles(async (open) => {
    const read: UpdateFile[] = [];
    for (const path of packages) read.push(await provenPackage(open(path), update));
    return read;
  });
  return { version, edition: update.edition, same: version === installed.version, packages: proven };
}

async function provenPackage(file: InputFile, { files }: AppUpdate): Promise<UpdateFile> {
  const name = basename(file.path);
  const named = files.find((each) => each.name === name);
  if (named === undefined) throw new Failure('installation.update-other', { reason: 'not-named', file: name });
  const hash = createHash('sha256');
  if (file.bytes === named.bytes) for await (const chunk of file.chunks()) hash.update(chunk);
  if (file.bytes !== named.bytes || hash.digest('hex') !== named.sha256)
    throw new Failure('installation.update-other', { reason: 'bytes', file: name });
  return named;
}
