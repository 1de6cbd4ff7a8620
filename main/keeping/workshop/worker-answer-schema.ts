import * as v from 'valibot';
import { count, day, failure, readTold } from '../../inspection/evidence-schema.ts';
import { failureCodes } from '../../result/failure-codes.ts';
import { mostSignerCertificates, signedFileKinds, signerParts } from '../../trust/lists/list-signing.ts';
import { trustFileKinds } from '../../trust/lists/recognise-file.ts';
import type { TrustWorkerMessage } from './worker-messages.ts';

/*
 * The form of everything that a trust worker tells. It has parsed hostile lists: what it tells is bounded here before anything
 * rests on it (docs/decisions/0011-one-judgement.md).
 */

const longestText = 65_535;
/** A source gives far fewer, and no person chooses more. */
const mostFiles = 10_000;
/** The history names so many remarks, and so many certificates that came or went (`trust-changes.ts`), and counts the rest. */
const mostNamed = 500;

const text = v.pipe(v.string(), v.maxLength(longestText));
const code = v.picklist(failureCodes);
const list = <const Item extends v.GenericSchema>(item: Item, most: number) => v.pipe(v.array(item), v.maxLength(most));

const progress = v.strictObject({
  part: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  file: v.nullable(text),
});

const update = v.strictObject({
  at: text,
  places: list(text, mostFiles),
  outcome: v.picklist(['changed', 'nothing-new', 'failed']),
  code: v.nullable(code),
  files: list(
    v.strictObject({
      name: text,
      outcome: v.picklist(['taken', 'known', 'older', 'set-aside', 'passed-over', 'refused']),
      code: v.nullable(code),
    }),
    mostFiles,
  ),
  newCertificates: count,
  removedCertificates: count,
  failingSince: v.nullable(text),
});

const change = v.strictObject({
  id: count,
  at: text,
  kind: text,
  digest: text,
  signer: v.nullable(text),
  date: v.nullable(day),
  counts: v.strictObject({
    newCertificates: count,
    removedCertificates: count,
    knownCertificates: count,
    newRevocationLists: count,
    newDefectLists: count,
    newDocumentSigners: count,
  }),
  remarks: list(v.strictObject({ country: text, subject: text, fingerprint: text, code }), mostNamed),
  files: list(v.strictObject({ kind: text, digest: text }), mostFiles),
  changed: list(
    v.strictObject({ change: v.picklist(['added', 'removed']), country: text, subject: text, fingerprint: text }),
    mostNamed,
  ),
  undoneBy: v.nullable(count),
});

const imported = v.strictObject({
  files: list(v.strictObject({ name: text, kind: v.picklist(trustFileKinds), read: count, new: count }), mostFiles),
  change,
});

/** No certificate is longer (`parseCertificate`). */
const longestCertificate = 65_536;
const signing = v.strictObject({
  kind: v.picklist(signedFileKinds),
  date: v.nullable(day),
  certificates: list(
    v.strictObject({
      part: v.picklist(signerParts),
      der: v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= longestCertificate),
    }),
    mostSignerCertificates,
  ),
});

const message = v.variant('type', [
  v.strictObject({ type: v.literal('progress'), progress }),
  v.strictObject({ type: v.literal('updated'), update }),
  v.strictObject({ type: v.literal('imported'), imported }),
  v.strictObject({ type: v.literal('taken') }),
  v.strictObject({ type: v.literal('signing'), signing }),
  v.strictObject({ type: v.literal('failure'), ...failure.entries }),
]);

type Frozen<Value> = Value extends string | Uint8Array
  ? Value
  : Value extends object
    ? { readonly [Name in keyof Value]: Frozen<Value[Name]> }
    : Value;

/** What the schema lets pass, by which the worker's own words are typed: what it could say and the schema refused is an error. */
export type ToldTrustMessage = Frozen<v.InferOutput<typeof message>>;

/** What a trust worker told; null where it is nothing that one tells. */
export function trustWorkerMessage(told: unknown): TrustWorkerMessage | null {
  return readTold(message, told);
}
