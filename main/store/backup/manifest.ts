import * as v from 'valibot';
import { Failure } from '../../result/failure.ts';
import { isLayerFile } from '../roster/layer-seals.ts';

/** The names of the two entries of a backup that are no files of the folder. */
export const manifestName = 'manifest';
/** The part that holds the master key, sealed for the bank. */
export const masterKeyName = 'master-key';

const namedFiles = ['styrk.db', 'styrk.mark-key', 'training.key'];
const isFileOfFolder = (name: string): boolean => namedFiles.includes(name) || isLayerFile(name);

const schema = v.strictObject({
  format: v.literal('styrk-backup'),
  version: v.literal(1),
  kind: v.picklist(['ordinary', 'training']),
  stationId: v.nullable(v.pipe(v.string(), v.maxLength(100))),
  schemaVersion: v.pipe(v.number(), v.integer(), v.minValue(1)),
  madeAt: v.pipe(v.string(), v.maxLength(40)),
  appVersion: v.pipe(v.string(), v.maxLength(100)),
  /** The newest checkpoint of the log in it, as it was signed. */
  checkpoint: v.nullable(v.pipe(v.string(), v.maxLength(512 * 1024))),
  files: v.pipe(v.array(v.pipe(v.string(), v.check(isFileOfFolder))), v.maxLength(5_000)),
});

/** What a backup says of itself, first of all that is in it. */
export type Manifest = v.InferOutput<typeof schema>;

/** In bytes. */
export const longestManifest = 1024 * 1024;

/** Fails with `backup.malformed`. */
export function readManifest(bytes: Uint8Array): Manifest {
  try {
    return v.parse(schema, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    throw new Failure('backup.malformed', { part: 'manifest' });
  }
}
