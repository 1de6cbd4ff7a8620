import { formatNote, type NoteSignature, parseNote } from '../../records/log/note.ts';
import { parseVerifierKey, signersOf, type VerifierKey } from '../../records/log/note-keys.ts';
import type { DataKind } from '../../result/data-kind.ts';
import { Failure } from '../../result/failure.ts';
import { type AppVersion, appVersion } from './app-version.ts';

/*
 * What the bank says of the packages of one version of the app, as a C2SP signed note: a line that says what it is, version and
 * edition, then a line for each package (SHA-256 in hex, length in bytes, name). No package is believed for its name.
 */

/** A package by its name without a folder, its length in bytes and its SHA-256 in lower-case hex. */
export interface UpdateFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

// `training` holds specimens and is for practice (tools/package).
const editions: readonly DataKind[] = ['ordinary', 'training'];

/** The packages of one version, as they were signed. */
export interface AppUpdate {
  readonly version: AppVersion;
  readonly edition: DataKind;
  readonly files: readonly UpdateFile[];
}

const title = 'styrk-update 1';
const mostFiles = 32;
/** The longest such list in bytes. */
export const longestUpdate = 64 * 1024;

/** The text that is signed. Fails with `installation.update-unproved` (`reason`) where it could not be read back. */
export function updateText({ version, edition, files }: AppUpdate): string {
  const lines = files.map(({ name, bytes, sha256 }) => `package ${sha256} ${bytes} ${name}\n`);
  const text = `${title}\nversion ${version.join('.')}\nedition ${edition}\n${lines.join('')}`;
  readUpdate(text);
  return text;
}

/** The list as it lies beside the packages. */
export function signedUpdate(text: string, signatures: readonly NoteSignature[]): string {
  return formatNote({ text, signatures });
}

/** A key that updates are signed by, as text (`NAME+ID+KEY`): Ed25519 alone. Fails with `log.malformed`. */
export function updateKey(text: string): VerifierKey {
  const key = parseVerifierKey(text);
  if (key.type !== 'ed25519') throw new Failure('log.malformed', { part: 'verifier-key', reason: 'type' });
  return key;
}

/**
 * What a list says, proved by one of the keys: nothing else of it is read before. Fails with `installation.update-unproved`
 * (`reason`: `malformed`, `not-signed`).
 */
export function provenUpdate(note: string, keys: readonly VerifierKey[]): AppUpdate {
  const signed = readNote(note);
  if (signersOf(signed, keys).length === 0) throw unproved('not-signed');
  return readUpdate(signed.text);
}

function readNote(note: string) {
  try {
    return parseNote(note);
  } catch (thrown) {
    throw unproved('malformed', thrown);
  }
}

function readUpdate(text: string): AppUpdate {
  const [first, versionLine = '', editionLine = '', ...lines] = text.split('\n');
  const version = appVersion(/^version (.*)$/.exec(versionLine)?.[1] ?? '');
  const edition = editions.find((each) => editionLine === `edition ${each}`);
  const last = lines.pop();
  if (first !== title || version === null || edition === undefined || last !== '') throw unproved('malformed');
  if (lines.length === 0 || lines.length > mostFiles) throw unproved('malformed');
  const files = lines.map(packageIn);
  if (new Set(files.map(({ name }) => name)).size !== files.length) throw unproved('malformed');
  return { version, edition, files };
}

// Names as electron-builder makes them, and none that leads out of the folder.
function packageIn(line: string): UpdateFile {
  const [, sha256, bytes, name] =
    /^package ([0-9a-f]{64}) ([1-9]\d{0,11}) ([A-Za-z0-9][A-Za-z0-9 ._-]{0,127})$/.exec(line) ?? [];
  if (sha256 === undefined || bytes === undefined || name === undefined) throw unproved('malformed');
  return { name, bytes: Number(bytes), sha256 };
}

function unproved(reason: 'malformed' | 'not-signed', cause?: unknown): Failure {
  return new Failure('installation.update-unproved', { reason }, cause);
}
