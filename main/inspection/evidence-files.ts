import * as v from 'valibot';
import type { FileName } from '../chip/files.ts';
import { digest } from '../crypto/hash.ts';
import { toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import type { InspectionEvidence, SavedFacts } from './evidence.ts';
import { factsSchema, fileName, hex } from './evidence-schema.ts';

/** The file that holds what the chip's files do not show, and the digests of all of them. */
export const factsFile = 'inspection.json';

/** The name under which a file of the chip is saved: `EF.DG1.bin`, `EF.ATR-INFO.bin`. */
function savedName(name: FileName): string {
  return `${name.replace('/', '-')}.bin`;
}

const documentSchema = v.strictObject({
  facts: factsSchema,
  files: v.record(fileName, hex),
  digest: hex,
});

function sha256(bytes: Uint8Array): string {
  return toHex(digest('SHA-256', bytes));
}

function documentOf(facts: SavedFacts, files: { readonly [name: string]: string }): Uint8Array {
  const body = { facts, files };
  const whole = { ...body, digest: sha256(new TextEncoder().encode(JSON.stringify(body))) };
  return new TextEncoder().encode(JSON.stringify(whole));
}

/** The evidence as files of one folder, by name. They hold personal data. */
export function evidenceFiles({ files, facts }: InspectionEvidence): ReadonlyMap<string, Uint8Array> {
  const digests = Object.fromEntries([...files].map(([name, bytes]) => [name, sha256(bytes)]));
  const chipFiles = [...files].map(([name, bytes]) => [savedName(name), bytes] as const);
  // In the schema's order, so that reading can make the same bytes again.
  const ordered = v.parse(factsSchema, facts) as SavedFacts;
  return new Map([...chipFiles, [factsFile, documentOf(ordered, digests)]]);
}

/**
 * The evidence out of the files of a folder; files with other names do not count. Fails with `evidence.malformed`, and with
 * `evidence.changed` where a file is missing or any byte is another: the digests find accidents and careless hands, not
 * someone who makes them anew.
 */
export function readEvidenceFiles(saved: ReadonlyMap<string, Uint8Array>): InspectionEvidence {
  const document = saved.get(factsFile);
  if (document === undefined) throw new Failure('evidence.malformed', { file: factsFile });
  const parsed = v.safeParse(documentSchema, parseJson(document));
  if (!parsed.success) throw new Failure('evidence.malformed', { file: factsFile });
  const facts = parsed.output.facts as SavedFacts;
  const files = new Map<FileName, Uint8Array>();
  for (const [name, expected] of Object.entries(parsed.output.files) as [FileName, string][]) {
    const bytes = saved.get(savedName(name));
    if (bytes === undefined || sha256(bytes) !== expected) throw new Failure('evidence.changed', { file: name });
    files.set(name, bytes);
  }
  const again = documentOf(facts, parsed.output.files);
  if (sha256(again) !== sha256(document)) throw new Failure('evidence.changed', { file: factsFile });
  return { files, facts };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Failure('evidence.malformed', { file: factsFile });
  }
}
