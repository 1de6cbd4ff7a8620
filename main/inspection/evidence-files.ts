import * as v from 'valibot';
import { elementaryFiles, type FileName } from '../chip/files.ts';
import { digest } from '../crypto/hash.ts';
import { toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { failureCodes } from '../result/failure-codes.ts';
import { parsePlainDate } from '../result/plain-date.ts';
import type { InspectionEvidence, SavedFacts } from './evidence.ts';

/** The file that holds what the chip's files do not show, and the digests of all of them. */
export const factsFile = 'inspection.json';

const fileNames = Object.keys(elementaryFiles) as readonly FileName[];

/** The name under which a file of the chip is saved: `EF.DG1.bin`, `EF.ATR-INFO.bin`. */
function savedName(name: FileName): string {
  return `${name.replace('/', '-')}.bin`;
}

const hex = v.pipe(v.string(), v.regex(/^([0-9a-f]{2})+$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const field = v.union([v.string(), v.number(), v.boolean(), v.null()]);
const failure = v.strictObject({ code: v.picklist(failureCodes), fields: v.record(v.string(), field) });
const cipher = v.picklist(['3DES', 'AES-128', 'AES-192', 'AES-256']);
const agreement = v.picklist(['DH', 'ECDH']);
const fileName = v.picklist(fileNames);

const factsSchema = v.strictObject({
  at: v.pipe(
    v.string(),
    v.check((day) => parsePlainDate(day) !== null),
  ),
  accessKey: v.nullable(
    v.variant('kind', [
      v.strictObject({
        kind: v.literal('mrz'),
        information: v.string(),
        lines: v.exactOptional(v.array(v.string())),
      }),
      v.strictObject({ kind: v.literal('can'), can: v.string() }),
    ]),
  ),
  opened: v.nullable(
    v.union([
      v.literal('plain'),
      v.strictObject({
        protocol: v.picklist(['PACE', 'BAC']),
        mapping: v.nullable(v.picklist(['GM', 'IM', 'CAM'])),
        agreement: v.nullable(agreement),
        parameters: v.nullable(v.string()),
        cipher,
      }),
    ]),
  ),
  paceFailure: v.nullable(failure),
  bacFailure: v.nullable(failure),
  plainExchanges: count,
  count: v.strictObject({ exchanges: count, bytesSent: count, bytesReceived: count }),
  millis: count,
  end: v.nullable(failure),
  exchanges: v.record(fileName, count),
  unread: v.record(fileName, failure),
  chipAuthentication: v.nullable(
    v.union([
      v.strictObject({
        evidence: v.strictObject({
          protocol: v.string(),
          agreement,
          parameters: v.string(),
          cipher,
          command: v.picklist(['MSE:Set KAT', 'MSE:Set AT']),
          keyId: v.nullable(v.string()),
        }),
        verifiedAnswers: count,
      }),
      v.strictObject({ failure }),
    ]),
  ),
  activeAuthentication: v.nullable(
    v.union([v.strictObject({ challenge: hex, response: hex }), v.strictObject({ failure })]),
  ),
  mapping: v.nullable(
    v.strictObject({
      curve: v.string(),
      parameterId: v.nullable(count),
      chipMappingKey: hex,
      chipAuthenticationData: v.nullable(hex),
    }),
  ),
});

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
