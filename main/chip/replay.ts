import type { RandomSource } from '../crypto/random.ts';
import { decodeTlv, decodeTlvs } from '../document/tlv.ts';
import { equal, toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import { challengeChip } from './active-authentication.ts';
import { parseActiveAuthenticationKey } from './active-authentication-key.ts';
import { verifyActiveAuthentication } from './active-authentication-signature.ts';
import type { CardTransport } from './card-transport.ts';
import { ChipChannel } from './channel.ts';
import { performChipAuthentication } from './chip-authentication.ts';
import { chooseChipAuthentication } from './chip-authentication-choice.ts';
import { performPace } from './pace.ts';
import { type SecureMessagingDescription, SecureMessagingSession } from './secure-messaging.ts';
import { parseSecurityInfos } from './security-infos.ts';
import { parseTranscript, type RecordedExchange, type Transcript } from './transcript.ts';

/** Where the recording was left: number of the exchange from 1, and both commands in hex (null: none was recorded, or sent). */
export interface ReplayDifference {
  readonly exchange: number;
  readonly expected: string | null;
  readonly sent: string | null;
}

export interface ReplayResult {
  readonly matches: boolean;
  /** How many commands were sent and compared. */
  readonly commands: number;
  readonly difference: ReplayDifference | null;
  /** A form of the protocol that the standard allows and that this house does not begin with: the recording has it. */
  readonly followed?: RecordedForm;
  /** Null where the protocol did not come to its end. 3DES keys have odd parity. */
  readonly secureMessaging: SecureMessagingDescription | null;
}

/**
 * Forms that a recording may have where the standard leaves the choice to the terminal: chip authentication with 3DES by
 * MSE:Set AT and GENERAL AUTHENTICATE (9303-11 §6.2.4.2), PACE that names no parameters (§4.4.4.1, DO 84).
 */
export type RecordedForm = 'MSE:Set AT' | 'MSE:Set AT without DO 84';

/** Plays the recorded answers as long as our commands are the recorded ones. */
class RecordedCard implements CardTransport {
  readonly limits = { extendedLength: false, maxCommand: 261, maxResponse: 258 };
  readonly #exchanges: readonly RecordedExchange[];
  commands = 0;
  difference: ReplayDifference | null = null;

  constructor(exchanges: readonly RecordedExchange[]) {
    this.#exchanges = exchanges;
  }

  transmit(command: Uint8Array): Promise<Uint8Array> {
    const recorded = this.#exchanges[this.commands];
    this.commands++;
    if (recorded !== undefined && equal(recorded.command, command)) return Promise.resolve(recorded.response);
    const expected = recorded === undefined ? null : toHex(recorded.command);
    this.difference = { exchange: this.commands, expected, sent: toHex(command) };
    return Promise.reject(new Failure('card.removed'));
  }

  /** What was recorded after the commands so far. */
  get rest(): readonly RecordedExchange[] {
    return this.#exchanges.slice(this.commands);
  }
}

function recordedDraws(draws: readonly Uint8Array[]): RandomSource {
  const left = [...draws];
  return (length) => {
    const draw = left.shift();
    if (draw?.length !== length) throw new Failure('transcript.malformed', { field: 'terminal draws' });
    return draw.slice();
  };
}

async function run(transcript: Transcript, channel: ChipChannel, form: RecordedForm | null): Promise<void> {
  const random = recordedDraws(transcript.draws);
  if (transcript.protocol === 'PACE') {
    const naming = form === 'MSE:Set AT without DO 84' ? 'protocol alone' : 'parameters';
    await performPace(channel, parseSecurityInfos(transcript.cardAccess), transcript.key, random, naming);
  } else if (transcript.protocol === 'chip-authentication') {
    const infos = parseSecurityInfos(transcript.dataGroup14);
    await performChipAuthentication(channel, infos, random, form === 'MSE:Set AT' ? form : 'MSE:Set KAT');
  } else {
    const { dataGroup14, dataGroup15 } = transcript;
    const key = parseActiveAuthenticationKey(decodeTlv(dataGroup15).value);
    if (key === null) throw new Failure('active-authentication.unsupported');
    const { challenge, response } = await challengeChip(channel, key, false, random);
    verifyActiveAuthentication(key, dataGroup14 === null ? [] : parseSecurityInfos(dataGroup14), challenge, response);
  }
}

const setAuthenticationTemplate = 0xa4;

// The form of the first recorded command, where it is one of several that may be sent and not the one of this house.
function recordedForm(transcript: Transcript): RecordedForm | null {
  const command = transcript.exchanges[0]?.command ?? new Uint8Array();
  if (command[3] !== setAuthenticationTemplate) return null;
  if (transcript.protocol === 'chip-authentication') {
    return chooseChipAuthentication(parseSecurityInfos(transcript.dataGroup14))?.cipher === '3DES'
      ? 'MSE:Set AT'
      : null;
  }
  return transcript.protocol === 'PACE' && !namesParameters(command.subarray(5)) ? 'MSE:Set AT without DO 84' : null;
}

function namesParameters(data: Uint8Array): boolean {
  try {
    return decodeTlvs(data).some(({ tag }) => tag === 0x84);
  } catch (thrown) {
    if (thrown instanceof Failure) return true;
    throw thrown;
  }
}

// What was sent under the new keys was the recorder's choice, not the protocol's: it is verified with the session, both ways.
function followRest(card: RecordedCard, session: SecureMessagingSession | null): ReplayDifference | null {
  for (const [index, { command, response }] of card.rest.entries()) {
    const difference = { exchange: card.commands + index + 1, expected: toHex(command), sent: null };
    try {
      if (session === null || !session.authenticates(command)) return difference;
      session.unprotect(response);
    } catch (thrown) {
      if (thrown instanceof Failure) return difference;
      throw thrown;
    }
  }
  return null;
}

/**
 * Runs a recorded protocol again (PACE, chip or active authentication) with the recorded draws and answers: each of our
 * commands must be the recorded one, byte for byte, in the recorded form where the standard leaves a choice (`followed`), and
 * what was recorded after them must be authentic under the session
 * that the protocol left. Fails with `transcript.malformed`, `transcript.protocol-unknown`, and as the protocol does where
 * the recorded answers are wrong.
 */
export async function replayTranscript(json: unknown): Promise<ReplayResult> {
  const transcript = parseTranscript(json);
  const card = new RecordedCard(transcript.exchanges);
  const channel = new ChipChannel(card);
  try {
    return await replay(transcript, card, channel);
  } finally {
    channel.end();
  }
}

async function replay(transcript: Transcript, card: RecordedCard, channel: ChipChannel): Promise<ReplayResult> {
  const before = transcript.session;
  if (before !== null) {
    const { cipher, counter } = before;
    const keys = {
      encryption: new SecretBytes(before.encryption),
      messageAuthentication: new SecretBytes(before.messageAuthentication),
    };
    channel.startSession(new SecureMessagingSession(cipher, keys, counter));
  }
  const form = recordedForm(transcript);
  try {
    await run(transcript, channel, form);
  } catch (thrown) {
    if (card.difference === null) throw thrown;
  }
  const { session } = channel;
  const ended = transcript.protocol === 'PACE' || card.difference === null;
  const keys = ended ? (session?.describe() ?? null) : null;
  const difference = card.difference ?? followRest(card, session);
  // A session that ended on a wrong recording has overwritten its keys: what the protocol left is told then.
  const secureMessaging = session === null || session.ended || !ended ? keys : session.describe();
  const followed = form === null ? {} : { followed: form };
  return { matches: difference === null, commands: card.commands, difference, ...followed, secureMessaging };
}
