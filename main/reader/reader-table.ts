import * as v from 'valibot';
import table from '../../resources/readers.json' with { type: 'json' };
import type { TransportLimits } from '../chip/card-transport.ts';
import { Failure } from '../result/failure.ts';
import { type ReaderAdvice, readerAdvice } from '../result/reader-advice.ts';

/**
 * How a reader or its driver differs from what it says. Lengths that follow from it stand in the entry's limits.
 * `silent-driver`: it does not answer the question about lengths, and the entry's limits hold in its place.
 */
export const readerQuirks = [
  'full-answer-taken-for-empty',
  'no-extended-length',
  'long-answer-cut',
  'silent-driver',
] as const;
export type ReaderQuirk = (typeof readerQuirks)[number];

/** What PC/SC tells of a reader; null where it tells nothing. */
export interface ReaderAttributes {
  readonly name: string;
  /** `process.platform`: the driver of macOS is that of no reader's maker. */
  readonly platform: string;
  /** SCARD_ATTR_VENDOR_NAME. */
  readonly vendor: string | null;
  /** dwMaxAPDUDataSize of PC/SC part 10, 2.6.14, in bytes. */
  readonly maxApduDataSize: number | null;
}

/** One entry: everything that `match` names must be so. */
export interface KnownReader {
  readonly id: string;
  readonly match: {
    readonly name?: RegExp;
    readonly vendor?: RegExp;
    readonly platform?: string;
    readonly maxApduDataSize?: { readonly from: number; readonly to: number };
  };
  /** At most these lengths, whatever the driver says. */
  readonly limits: TransportLimits;
  readonly quirks: readonly ReaderQuirk[];
  readonly advice: ReaderAdvice | null;
  /** The threads or documents that it comes from. */
  readonly sources: readonly string[];
}

const pattern = v.pipe(
  v.string(),
  v.minLength(3),
  v.maxLength(100),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    try {
      return new RegExp(dataset.value);
    } catch {
      addIssue({ message: 'not a pattern' });
      return NEVER;
    }
  }),
);
const size = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_536));

const entrySchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
  match: v.pipe(
    v.strictObject({
      name: v.exactOptional(pattern),
      vendor: v.exactOptional(pattern),
      platform: v.exactOptional(v.picklist(['darwin', 'linux', 'win32'])),
      maxApduDataSize: v.exactOptional(v.strictObject({ from: size, to: size })),
    }),
    v.check((match) => Object.keys(match).length > 0, 'matches every reader'),
  ),
  limits: v.strictObject({
    extendedLength: v.boolean(),
    maxCommand: v.pipe(v.number(), v.integer(), v.minValue(64), v.maxValue(65_544)),
    maxResponse: v.pipe(v.number(), v.integer(), v.minValue(64), v.maxValue(65_538)),
  }),
  quirks: v.array(v.picklist(readerQuirks)),
  advice: v.nullable(v.picklist(readerAdvice)),
  sources: v.pipe(v.array(v.pipe(v.string(), v.regex(/^(\S+\/\S+#\d+|https:\/\/\S+)$/))), v.minLength(1)),
});

const tableSchema = v.strictObject({ readers: v.array(entrySchema) });

/** Reads a table of readers (`resources/readers.json`). Fails with `reader.table-malformed`. */
export function parseReaderTable(json: unknown): readonly KnownReader[] {
  const parsed = v.safeParse(tableSchema, json);
  if (!parsed.success) throw malformed(parsed.issues[0].message);
  const { readers } = parsed.output;
  if (new Set(readers.map(({ id }) => id)).size !== readers.length) throw malformed('two entries of one id');
  for (const { limits, quirks } of readers) {
    const short = !limits.extendedLength && limits.maxCommand <= 261 && limits.maxResponse <= 258;
    if (quirks.includes('no-extended-length') !== short) throw malformed('limits and quirks differ');
    if (quirks.includes('full-answer-taken-for-empty') && limits.maxResponse > 257)
      throw malformed('limits and quirks differ');
  }
  return readers;
}

function malformed(reason: string): Failure {
  return new Failure('reader.table-malformed', { reason });
}

/** The readers that are known to say something else than they do, or nothing. */
export const knownReaders: readonly KnownReader[] = parseReaderTable(table);

/** The entries that are of this reader. */
export function entriesFor(
  reader: ReaderAttributes,
  readers: readonly KnownReader[] = knownReaders,
): readonly KnownReader[] {
  return readers.filter(({ match }) => {
    const { name, vendor, platform, maxApduDataSize } = match;
    if (name !== undefined && !name.test(reader.name)) return false;
    if (vendor !== undefined && (reader.vendor === null || !vendor.test(reader.vendor))) return false;
    if (platform !== undefined && platform !== reader.platform) return false;
    if (maxApduDataSize === undefined) return true;
    const told = reader.maxApduDataSize;
    return told !== null && told >= maxApduDataSize.from && told <= maxApduDataSize.to;
  });
}

/** What is known of a reader by its name alone, without a card on it. */
export function knownOf(name: string, platform: string): readonly KnownReader[] {
  return entriesFor({ name, platform, vendor: null, maxApduDataSize: null });
}

// pcsclite ends a name with the numbers of interface and slot and may put a serial number before them; Windows counts readers.
const places = /(\s+\([^()]*\))?(\s+[0-9A-Fa-f]{1,2}){1,2}$/;

/** The model behind a reader's name: the name without the place where this one is plugged in. */
export function readerModel(name: string): string {
  return name.replace(places, '').slice(0, 100);
}
