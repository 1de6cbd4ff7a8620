import * as v from 'valibot';
import type { FileName } from '../chip/files.ts';
import { digest } from '../crypto/hash.ts';
import { toHex } from '../result/bytes.ts';
import { canonicalBytes } from '../result/canonical-json.ts';
import { Failure } from '../result/failure.ts';
import type { InspectionEvidence, SavedFacts } from './evidence.ts';
import { factsSchema, fileName, hex } from './evidence-schema.ts';

/** The file that holds what the chip's files do not show, and the digests of all of them. */
export const factsFile = 'inspection.json';

/** The name under which a file of the chip is saved: `EF.DG1.bin`, `EF.ATR-INFO.bin`. */
function savedName(name: FileName): string {
  return `${name.replace('/', '-')}.bin`;
}

const form = { format: 'styrk-inspection', version: 2 } as const;

const body = { facts: factsSchema, files: v.record(fileName, hex), digest: hex };
const documentSchema = v.strictObject({ format: v.literal(form.format), version: v.literal(form.version), ...body });
/** As it was written before it had a version: its bytes are those of JavaScript's own JSON, fields in the schema's order. */
const firstSchema = v.strictObject(body);

function sha256(bytes: Uint8Array): string {
  return toHex(digest('SHA-256', bytes));
}

interface Body {
  readonly facts: SavedFacts;
  readonly files: { readonly [name: string]: string };
}

function documentOf({ facts, files }: Body): Uint8Array {
  const told = { ...form, facts, files };
  return canonicalBytes({ ...told, digest: sha256(canonicalBytes(told)) });
}

function firstDocumentOf({ facts, files }: Body): Uint8Array {
  const written = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  return written({ facts, files, digest: sha256(written({ facts, files })) });
}

/** The evidence as files of one folder, by name. They hold personal data. */
export function evidenceFiles({ files, facts }: InspectionEvidence): ReadonlyMap<string, Uint8Array> {
  const digests = Object.fromEntries([...files].map(([name, bytes]) => [name, sha256(bytes)]));
  const chipFiles = [...files].map(([name, bytes]) => [savedName(name), bytes] as const);
  // Nothing but what the schema knows, so that reading can make the same bytes again.
  const known = v.parse(factsSchema, facts) as SavedFacts;
  return new Map([...chipFiles, [factsFile, documentOf({ facts: known, files: digests })]]);
}

/**
 * The evidence out of the files of a folder; files with other names do not count. Fails with `evidence.malformed`, and with
 * `evidence.changed` where a file is missing or any byte is another: the digests find accidents and careless hands, not
 * someone who makes them anew.
 */
export function readEvidenceFiles(saved: ReadonlyMap<string, Uint8Array>): InspectionEvidence {
  const document = saved.get(factsFile);
  if (document === undefined) throw malformed();
  const { told, again } = readDocument(document);
  const files = new Map<FileName, Uint8Array>();
  for (const [name, expected] of Object.entries(told.files) as [FileName, string][]) {
    const bytes = saved.get(savedName(name));
    if (bytes === undefined || sha256(bytes) !== expected) throw new Failure('evidence.changed', { file: name });
    files.set(name, bytes);
  }
  if (sha256(again) !== sha256(document)) throw new Failure('evidence.changed', { file: factsFile });
  return { files, facts: told.facts };
}

// What the document says, and the bytes that it has where it is as it was written.
function readDocument(document: Uint8Array): { readonly told: Body; readonly again: Uint8Array } {
  const json = parseJson(document);
  const first = v.safeParse(firstSchema, json);
  if (first.success) {
    const told = first.output as Body;
    return { told, again: firstDocumentOf(told) };
  }
  const parsed = v.safeParse(documentSchema, json);
  if (!parsed.success) throw malformed();
  const told = parsed.output as Body;
  try {
    return { told, again: documentOf(told) };
  } catch (thrown) {
    // A text that no Unicode text is has no canonical form (RFC 8785 §3.2.2.2).
    throw malformed(thrown);
  }
}

function malformed(cause?: unknown): Failure {
  return new Failure('evidence.malformed', { file: factsFile }, cause);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (thrown) {
    throw malformed(thrown);
  }
}
