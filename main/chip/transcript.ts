import * as v from 'valibot';
import { mrzInformation } from '../document/mrz-information.ts';
import { fromHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import type { AccessKey } from './access-key.ts';

/** One recorded exchange: command and response APDU. */
export interface RecordedExchange {
  readonly command: Uint8Array;
  readonly response: Uint8Array;
}

/** A recorded run of PACE: everything that decides what a terminal sends. */
export interface PaceTranscript {
  readonly cardAccess: Uint8Array;
  readonly key: AccessKey;
  /** In the order in which they are used. */
  readonly privateKeys: readonly Uint8Array[];
  readonly exchanges: readonly RecordedExchange[];
}

/** Far above any recording of one protocol. */
const maximumExchanges = 1_000;
const maximumHexDigits = 2 * 65_544;

const hex = v.pipe(v.string(), v.maxLength(maximumHexDigits), v.regex(/^([0-9a-f]{2})+$/i), v.transform(fromHex));
const apdu = v.pipe(hex, v.minLength(2));
const exchanges = v.pipe(
  v.array(
    v.pipe(
      v.object({ c: apdu, r: apdu }),
      v.transform(({ c, r }) => ({ command: c, response: r })),
    ),
  ),
  v.minLength(1),
  v.maxLength(maximumExchanges),
);

const mrzFields = v.object({
  document_number: v.string(),
  date_of_birth: v.string(),
  date_of_expiry: v.string(),
});

const anyTranscript = v.object({ exchanges });
const paceTranscript = v.object({
  ef_card_access: hex,
  mrz: v.optional(mrzFields),
  can: v.optional(v.pipe(v.string(), v.regex(/^\d{6}$/))),
  terminal_private_keys: v.pipe(v.array(hex), v.minLength(1), v.maxLength(8)),
  exchanges,
});

/** Header of PACE's first command, MSE:Set AT for mutual authentication (9303-11 §4.4.4.1). */
const setPace = [0x00, 0x22, 0xc1, 0xa4];

/**
 * A transcript as `shared/data/README.md` describes it, out of parsed JSON. Fails with `transcript.malformed`, and with
 * `transcript.protocol-unknown` where the recorded protocol is another than PACE.
 */
export function parsePaceTranscript(json: unknown): PaceTranscript {
  const recorded = v.safeParse(anyTranscript, json);
  if (!recorded.success) throw malformed(recorded.issues);
  const first = recorded.output.exchanges[0]?.command ?? new Uint8Array();
  if (!setPace.every((byte, index) => first[index] === byte)) throw new Failure('transcript.protocol-unknown');
  const pace = v.safeParse(paceTranscript, json);
  if (!pace.success) throw malformed(pace.issues);
  const { ef_card_access: cardAccess, mrz, can, terminal_private_keys: privateKeys } = pace.output;
  return { cardAccess, key: keyOf(mrz, can), privateKeys, exchanges: pace.output.exchanges };
}

function keyOf(mrz: v.InferOutput<typeof mrzFields> | undefined, can: string | undefined): AccessKey {
  if (can !== undefined && mrz === undefined) return { kind: 'can', can };
  if (mrz === undefined || can !== undefined) throw new Failure('transcript.malformed', { field: 'mrz' });
  const fields = { documentNumber: mrz.document_number, birthDate: mrz.date_of_birth, expiryDate: mrz.date_of_expiry };
  try {
    return { kind: 'mrz', information: mrzInformation(fields) };
  } catch (thrown) {
    throw new Failure('transcript.malformed', { field: 'mrz' }, thrown);
  }
}

function malformed(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): Failure {
  return new Failure('transcript.malformed', { field: v.getDotPath(issues[0]) ?? '' });
}
