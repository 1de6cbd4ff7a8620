import * as v from 'valibot';
import { elementaryFiles, type FileName } from '../chip/files.ts';
import { failureCodes } from '../result/failure-codes.ts';
import { type PlainDate, parsePlainDate } from '../result/plain-date.ts';

const fileNames = Object.keys(elementaryFiles) as readonly FileName[];

/** Bytes in hex; none at all, where a chip sent nothing. */
export const hex = v.pipe(v.string(), v.regex(/^([0-9a-f]{2})*$/));
/** 32 bytes in hex. */
export const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** A whole number from zero. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const field = v.union([v.string(), v.number(), v.boolean(), v.null()]);
/** `PlainFailure`. */
export const failure = v.strictObject({ code: v.picklist(failureCodes), fields: v.record(v.string(), field) });
const cipher = v.picklist(['3DES', 'AES-128', 'AES-192', 'AES-256']);
const agreement = v.picklist(['DH', 'ECDH']);
/** A file of a chip. */
export const fileName = v.picklist(fileNames);

/** A calendar day, `YYYY-MM-DD`. */
export const day = v.custom<PlainDate>((value) => typeof value === 'string' && parsePlainDate(value) !== null);

/** The form of `SavedFacts` wherever they cross a border: out of the worker, and back from a folder where they were saved. */
export const factsSchema = v.strictObject({
  at: day,
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
    v.union([
      v.strictObject({ challenge: hex, response: hex, nonce: v.exactOptional(hash) }),
      v.strictObject({ failure }),
    ]),
  ),
  mapping: v.nullable(
    v.strictObject({
      curve: v.string(),
      parameterId: v.nullable(count),
      chipMappingKey: hex,
      chipAuthenticationData: v.nullable(hex),
    }),
  ),
  order: v.exactOptional(hash),
});

/** What another thread told, by its schema; null where it is nothing that the schema lets pass. */
export function readTold<Schema extends v.GenericSchema>(schema: Schema, told: unknown): v.InferOutput<Schema> | null {
  try {
    const read = v.safeParse(schema, told, { abortEarly: true });
    return read.success ? read.output : null;
  } catch {
    // A thing that cannot even be looked at is none of ours.
    return null;
  }
}
