import * as v from 'valibot';
import { mrzInformation } from '../document/mrz-information.ts';
import { fromHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import type { AccessKey } from './access-key.ts';
import type { CipherSuite } from './key-derivation.ts';

/** One recorded exchange: command and response APDU. */
export interface RecordedExchange {
  readonly command: Uint8Array;
  readonly response: Uint8Array;
}

/** The session that a recording begins under. */
export interface RecordedSession {
  readonly cipher: CipherSuite;
  readonly encryption: Uint8Array;
  readonly messageAuthentication: Uint8Array;
  readonly counter: Uint8Array;
}

interface RecordedProtocol {
  /** Null where it begins in plain. */
  readonly session: RecordedSession | null;
  readonly exchanges: readonly RecordedExchange[];
  /** What the terminal drew, in the order in which it is used: private keys, or the challenge. */
  readonly draws: readonly Uint8Array[];
}

/** A recorded run of a protocol: everything that decides what a terminal sends. */
export type Transcript =
  | (RecordedProtocol & { readonly protocol: 'PACE'; readonly cardAccess: Uint8Array; readonly key: AccessKey })
  | (RecordedProtocol & { readonly protocol: 'chip-authentication'; readonly dataGroup14: Uint8Array })
  | (RecordedProtocol & {
      readonly protocol: 'active-authentication';
      readonly dataGroup15: Uint8Array;
      readonly dataGroup14: Uint8Array | null;
    });

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

const sessionFields = v.object({ cipher: v.picklist(['TDES', '3DES', 'AES']), ks_enc: hex, ks_mac: hex, ssc: hex });
const session = v.optional(v.nullable(sessionFields), null);

const anyTranscript = v.object({ exchanges });
const paceTranscript = v.object({
  ef_card_access: hex,
  mrz: v.optional(mrzFields),
  can: v.optional(v.pipe(v.string(), v.regex(/^\d{6}$/))),
  terminal_private_keys: v.pipe(v.array(hex), v.minLength(1), v.maxLength(8)),
});
const chipAuthenticationTranscript = v.object({
  ef_dg14: hex,
  terminal_private_key: hex,
  secure_messaging_before: session,
});
const activeAuthenticationTranscript = v.object({
  ef_dg15: hex,
  ef_dg14: v.optional(v.nullable(hex), null),
  rnd_ifd: hex,
  secure_messaging_before: session,
});

/** Beginnings of first commands, the class byte apart (9303-11 §4.4.4.1, §6.2.4, §6.1.4). */
const beginnings: readonly { readonly protocol: Transcript['protocol']; readonly header: readonly number[] }[] = [
  { protocol: 'PACE', header: [0x22, 0xc1, 0xa4] },
  { protocol: 'chip-authentication', header: [0x22, 0x41, 0xa4] },
  { protocol: 'chip-authentication', header: [0x22, 0x41, 0xa6] },
  { protocol: 'active-authentication', header: [0x88, 0x00, 0x00] },
];

/**
 * A transcript as `shared/data/README.md` describes it, out of parsed JSON. Fails with `transcript.malformed`, and with
 * `transcript.protocol-unknown` where the recording begins with another command than those of PACE, chip authentication or
 * active authentication.
 */
export function parseTranscript(json: unknown): Transcript {
  const { exchanges: recorded } = parsed(anyTranscript, json);
  const first = recorded[0]?.command ?? new Uint8Array();
  const begun = beginnings.find(({ header }) => header.every((byte, index) => first[index + 1] === byte));
  if (begun === undefined) throw new Failure('transcript.protocol-unknown');
  if (begun.protocol === 'PACE') {
    const { ef_card_access: cardAccess, mrz, can, terminal_private_keys: draws } = parsed(paceTranscript, json);
    return { protocol: 'PACE', cardAccess, key: keyOf(mrz, can), session: null, draws, exchanges: recorded };
  }
  if (begun.protocol === 'chip-authentication') {
    const fields = parsed(chipAuthenticationTranscript, json);
    return {
      protocol: 'chip-authentication',
      dataGroup14: fields.ef_dg14,
      session: sessionOf(fields.secure_messaging_before),
      draws: [fields.terminal_private_key],
      exchanges: recorded,
    };
  }
  const fields = parsed(activeAuthenticationTranscript, json);
  return {
    protocol: 'active-authentication',
    dataGroup15: fields.ef_dg15,
    dataGroup14: fields.ef_dg14,
    session: sessionOf(fields.secure_messaging_before),
    draws: [fields.rnd_ifd],
    exchanges: recorded,
  };
}

function parsed<Schema extends v.GenericSchema>(schema: Schema, json: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new Failure('transcript.malformed', { field: v.getDotPath(issue) ?? '' });
}

const aesSuites: ReadonlyMap<number, CipherSuite> = new Map([
  [16, 'AES-128'],
  [24, 'AES-192'],
  [32, 'AES-256'],
]);

function sessionOf(fields: v.InferOutput<typeof sessionFields> | null): RecordedSession | null {
  if (fields === null) return null;
  const { cipher, ks_enc: encryption, ks_mac: messageAuthentication, ssc: counter } = fields;
  const tripleDes = encryption.length === 16 ? ('3DES' as const) : undefined;
  const suite = cipher === 'AES' ? aesSuites.get(encryption.length) : tripleDes;
  const counterLength = cipher === 'AES' ? 16 : 8;
  const lengths = messageAuthentication.length === encryption.length && counter.length === counterLength;
  if (suite === undefined || !lengths) throw new Failure('transcript.malformed', { field: 'secure_messaging_before' });
  return { cipher: suite, encryption, messageAuthentication, counter };
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
