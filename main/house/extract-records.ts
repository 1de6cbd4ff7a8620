import { type GuidelineResults, guidelineResults } from '../answer/tr03135.ts';
import type { Holder } from '../holders/holder.ts';
import type { MeantRecords } from '../keeping/retention/retention-keeping.ts';
import type { StationClock } from '../machine/clock.ts';
import type { RecordContent } from '../records/types.ts';
import { concat, toHex } from '../result/bytes.ts';
import { canonicalBytes } from '../result/canonical-json.ts';
import type { Detail } from '../result/check.ts';
import type { UnlockedStore } from '../store/types.ts';

/**
 * Whom it is for: `person` for the one whose data it is (GDPR art. 15), without the names of staff, which are other people's data;
 * `bank` for the bank and for authorities, whole and at once (AMLR 2024/1624 art. 77(1), 78).
 */
export type ExtractFor = 'person' | 'bank';

/** A record in an extract: its content as it was sealed, for a person without the names of staff. */
export interface ExtractedRecord {
  readonly number: number;
  readonly hash: string;
  readonly content: Omit<RecordContent, 'decision' | 'referral'> & {
    readonly decision: Pick<RecordContent['decision'], 'outcome' | 'reason'> & Partial<RecordContent['decision']>;
    readonly referral?: Omit<NonNullable<RecordContent['referral']>, 'by'> & Partial<RecordContent['referral']>;
  };
  readonly tr03135: GuidelineResults | null;
}

/** What an extract says. */
export interface ExtractContent {
  readonly schema: 'styrk-extract';
  readonly version: 1;
  readonly for: ExtractFor;
  readonly madeAt: string;
  readonly station: string;
  readonly of: MeantRecords;
  /** What the bank's register says of the person beside the records. */
  readonly onFile: Holder | null;
  readonly records: readonly ExtractedRecord[];
  readonly checkpoint: string;
}

/** Records as a file that the station signs. */
export interface RecordExtract {
  readonly extract: Readonly<Record<string, Detail>>;
  /** Ed25519 by the station over the line `styrk/extract/1` and the canonical JSON (RFC 8785) of `extract`, both in hex. */
  readonly signature: { readonly algorithm: 'Ed25519'; readonly publicKey: string; readonly value: string };
}

const domain = new TextEncoder().encode('styrk/extract/1\n');

/** The bytes that the station signs. */
export function signedBytesOf(extract: RecordExtract['extract']): Uint8Array {
  return concat(domain, canonicalBytes(extract));
}

/** What an extract says, by name: its own fields, as they were made. */
export function contentOf({ extract }: RecordExtract): ExtractContent {
  return extract as unknown as ExtractContent;
}

/**
 * Extracts records, each with what its checks come to by BSI TR-03135. Of a hold nothing is said: whom an authority looks into is
 * told to nobody. Fails with `record.erased`, `record.seal-broken`.
 */
export function extractRecords(
  { records, holders, log, station }: UnlockedStore,
  ids: readonly string[],
  around: { readonly meant: MeantRecords; readonly audience: ExtractFor; readonly clock: StationClock },
): RecordExtract {
  const { meant, audience, clock } = around;
  const found = ids.map((id): ExtractedRecord => {
    const { number, hash, content } = records.get(id);
    const told = audience === 'person' ? withoutStaff(content) : content;
    return { number, hash, content: told, tr03135: guidelineResults(content) };
  });
  const extract: ExtractContent = {
    schema: 'styrk-extract',
    version: 1,
    for: audience,
    madeAt: clock.now(),
    station: station.id,
    of: { ...meant },
    onFile: 'customer' in meant ? holders.get(meant.customer) : null,
    records: found,
    checkpoint: log.newest().note,
  };
  // As it will be read: what JSON leaves out is not signed either.
  const plain = JSON.parse(JSON.stringify(extract)) as RecordExtract['extract'];
  const value = toHex(station.sign(signedBytesOf(plain)));
  return { extract: plain, signature: { algorithm: 'Ed25519', publicKey: toHex(station.publicKey), value } };
}

function withoutStaff({ decision, handledBy, referral, ...content }: RecordContent): ExtractedRecord['content'] {
  const { outcome, reason } = decision;
  return {
    ...content,
    decision: { outcome, reason },
    ...(referral === undefined ? {} : { referral: { recordId: referral.recordId, at: referral.at } }),
  };
}
