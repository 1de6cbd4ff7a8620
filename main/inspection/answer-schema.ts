import * as v from 'valibot';
import { elementaryFiles } from '../chip/files.ts';
import { lengthSteps } from '../chip/read-lengths.ts';
import { type Check, checkIds, checkResults, type Detail } from '../result/check.ts';
import { failureCodes } from '../result/failure-codes.ts';
import { inspectionSteps } from '../result/inspection-steps.ts';
import { count, day, factsSchema, failure, fileName, readTold } from './evidence-schema.ts';
import type { WorkerMessage } from './worker-messages.ts';

/*
 * The form of everything that the worker tells. It has parsed hostile bytes: what it tells is bounded here before anything
 * rests on it (docs/decisions/0011-one-judgement.md).
 */

/** No file of a chip is longer, so nothing that one says is. */
const mostBytes = Math.max(...Object.values(elementaryFiles).map(({ maxLength }) => maxLength));
const mostFiles = Object.keys(elementaryFiles).length;
const mostNodes = 20_000;
const mostDepth = 12;

const text = v.pipe(v.string(), v.maxLength(mostBytes));
const code = v.picklist(failureCodes);
const size = v.pipe(count, v.maxValue(0xffff_ffff));

// Memory that the other side shares could be changed after it was looked at.
const bytes = v.pipe(
  v.instance(Uint8Array),
  v.check(({ buffer }) => buffer instanceof ArrayBuffer),
  v.check(({ length }) => length <= mostBytes),
);

/** JSON values, so many and so deep that no reader of them can be exhausted. */
const detail = v.custom<Check['detail']>((value) => {
  let nodes = 0;
  const isDetail = (part: unknown, depth: number): part is Detail => {
    nodes += 1;
    if (nodes > mostNodes || depth > mostDepth) return false;
    if (part === null || typeof part === 'boolean') return true;
    if (typeof part === 'number') return Number.isFinite(part);
    if (typeof part === 'string') return part.length <= mostBytes;
    if (typeof part !== 'object') return false;
    const inner = Array.isArray(part) ? part : isPlain(part) ? Object.values(part) : null;
    return inner?.every((each) => isDetail(each, depth + 1)) ?? false;
  };
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isDetail(value, 0);
});

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}

const check = v.pipe(
  v.strictObject({ id: v.picklist(checkIds), result: v.picklist(checkResults), code: v.nullable(code), detail }),
  v.check(({ result, code }) => (result === 'successful') === (code === null)),
);

const document = v.strictObject({
  type: v.picklist(['passport', 'identity-card', 'residence-permit', 'other']),
  code: text,
  issuer: text,
  number: text,
  expiry: v.nullable(day),
  holder: v.strictObject({
    surname: text,
    givenNames: text,
    personalNumber: v.nullable(text),
    birthDate: v.nullable(day),
    sex: v.picklist(['F', 'M', 'X']),
    nationality: text,
  }),
});

const access = v.strictObject({
  protocol: v.picklist(['PACE', 'BAC', 'plain']),
  mapping: v.nullable(text),
  agreement: v.nullable(text),
  parameters: v.nullable(text),
  cipher: v.nullable(text),
});

const imageFormat = v.picklist(['jpeg', 'jpeg2000', 'jpeg2000-codestream']);
const image = v.strictObject({
  format: imageFormat,
  statedFormat: v.nullable(imageFormat),
  bytes,
  width: size,
  height: size,
});

const documentDate = v.strictObject({ printed: text, date: v.nullable(day) });
const someTexts = v.pipe(v.array(text), v.maxLength(mostNodes));

const mrz = v.strictObject({
  format: v.picklist(['TD1', 'TD2', 'TD3']),
  lines: someTexts,
  documentCode: text,
  issuer: text,
  documentNumber: text,
  nationality: text,
  name: v.strictObject({ surname: text, givenNames: text, field: text, maybeTruncated: v.boolean() }),
  birthDate: documentDate,
  expiryDate: documentDate,
  sex: v.picklist(['F', 'M', 'X']),
  optionalData: text,
  optionalData2: text,
  checkDigits: v.pipe(
    v.array(
      v.strictObject({
        field: v.picklist(['documentNumber', 'birthDate', 'expiryDate', 'optionalData', 'composite']),
        printed: text,
        computed: text,
        right: v.boolean(),
      }),
    ),
    v.maxLength(8),
  ),
  information: text,
});

const details = v.strictObject({
  fullName: v.nullable(v.strictObject({ surname: text, givenNames: text })),
  otherNames: someTexts,
  personalNumber: v.nullable(text),
  birthDate: v.nullable(documentDate),
  placeOfBirth: v.nullable(text),
  address: v.nullable(text),
  telephone: v.nullable(text),
  profession: v.nullable(text),
  title: v.nullable(text),
  summary: v.nullable(text),
});

const reading = v.strictObject({
  exchanges: count,
  bytesSent: count,
  bytesReceived: count,
  millis: count,
  files: v.record(fileName, v.strictObject({ bytes: count, exchanges: count, code: v.nullable(code) })),
  bytesTakenOver: v.exactOptional(count),
  repeated: v.exactOptional(v.strictObject({ code, status: text, exchanges: count })),
});

const lengthStep = v.picklist(lengthSteps);
const inspection = v.strictObject({
  document: v.nullable(document),
  access: v.nullable(access),
  checks: v.pipe(
    v.array(check),
    v.maxLength(checkIds.length),
    v.check((checks) => new Set(checks.map(({ id }) => id)).size === checks.length),
  ),
  reading,
  mrz: v.nullable(mrz),
  details: v.nullable(details),
  portrait: v.nullable(image),
  specimen: v.boolean(),
  lengths: v.exactOptional(
    v.strictObject({
      step: lengthStep,
      longest: count,
      givenUp: v.pipe(
        v.array(
          v.strictObject({
            step: lengthStep,
            why: v.picklist(['refused', 'no-data', 'not-sent', 'garbled', 'lost']),
          }),
        ),
        v.maxLength(2 * lengthSteps.length),
      ),
    }),
  ),
  resume: v.exactOptional(
    v.strictObject({
      securityObject: bytes,
      files: v.pipe(v.array(v.strictObject({ file: fileName, bytes, whole: v.boolean() })), v.maxLength(mostFiles)),
    }),
  ),
  evidence: v.exactOptional(v.strictObject({ files: v.map(fileName, bytes), facts: factsSchema })),
});

const progress = v.variant('type', [
  v.strictObject({
    type: v.literal('step'),
    step: v.picklist(inspectionSteps),
    state: v.picklist(['begun', 'ended']),
  }),
  v.strictObject({ type: v.literal('file'), file: fileName, bytesRead: count, bytesTotal: count }),
  v.strictObject({ type: v.literal('repeat'), code }),
  v.strictObject({ type: v.literal('resume'), sameChip: v.boolean() }),
  v.strictObject({ type: v.literal('access'), access }),
  v.strictObject({ type: v.literal('check'), check }),
  v.strictObject({ type: v.literal('document'), document }),
  v.strictObject({ type: v.literal('portrait'), image }),
]);

const message = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('warm') }),
  v.strictObject({ type: v.literal('progress'), progress }),
  v.strictObject({ type: v.literal('trace'), direction: v.picklist(['command', 'response']), apdu: bytes }),
  v.strictObject({ type: v.literal('result'), inspection }),
  v.strictObject({ type: v.literal('failure'), ...failure.entries }),
]);

type Frozen<Value> = Value extends string
  ? Value
  : Value extends Uint8Array
    ? Uint8Array
    : Value extends Map<infer Key, infer Item>
      ? ReadonlyMap<Key, Frozen<Item>>
      : Check['detail'] extends Value
        ? Value
        : Value extends object
          ? { readonly [Name in keyof Value]: Frozen<Value[Name]> }
          : Value;

/** What the schema lets pass, by which the worker's own words are typed: what it could say and the schema refused is an error. */
export type ToldMessage = Frozen<v.InferOutput<typeof message>>;

/** What the worker told; null where it is nothing that a worker tells. */
export function workerMessage(told: unknown): WorkerMessage | null {
  return readTold(message, told);
}
