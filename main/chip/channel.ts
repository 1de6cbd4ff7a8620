import { concat } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { type CommandApdu, decodeResponse, encodeCommand, type LengthForm, type ResponseApdu } from './apdu.ts';
import type { CardTransport } from './card-transport.ts';
import type { SecureMessagingSession } from './secure-messaging.ts';

/** What went over the air: one exchange is one command APDU and its response; lengths are those of whole APDUs. */
export interface ExchangeCount {
  readonly exchanges: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
}

export interface ChannelOptions {
  /** Called after every exchange with the sums so far. */
  readonly onExchange?: (count: ExchangeCount) => void;
  /** Sees raw APDUs. For diagnostics that a person asked for; never set otherwise. */
  readonly trace?: (direction: 'command' | 'response', apdu: Uint8Array) => void;
}

/** What kind of command was sent. */
export interface LastCommand {
  readonly ins: number;
  readonly form: LengthForm;
}

/** The longest short response APDU, status word included (ISO 7816-4 §5.1). */
const shortResponse = 258;

/** The longest answer that any APDU can ask for, status word included. */
const longestResponse = 65_538;

/** How often in one command the chip may name another Le: once is enough for an honest one. */
const corrections = 2;
/** How many GET RESPONSE one command may need: the longest answer in blocks of 256 bytes. */
const continuations = 256;

const getResponse = 0xc0;

/** The conversation with one chip: lengths, waiting data and secure messaging are dealt with here. One command at a time. */
export class ChipChannel {
  readonly #transport: CardTransport;
  readonly #options: ChannelOptions;
  #session: SecureMessagingSession | null = null;
  #last: LastCommand | null = null;
  #count: ExchangeCount = { exchanges: 0, bytesSent: 0, bytesReceived: 0 };

  constructor(transport: CardTransport, options: ChannelOptions = {}) {
    this.#transport = transport;
    this.#options = options;
  }

  get count(): ExchangeCount {
    return this.#count;
  }

  /** The command that was sent last, whatever became of it; null before the first. */
  get lastCommand(): LastCommand | null {
    return this.#last;
  }

  get session(): SecureMessagingSession | null {
    return this.#session;
  }

  /** Whether the reader bears extended length. */
  get extendedLength(): boolean {
    return this.#transport.limits.extendedLength;
  }

  /** From now on everything goes through this session, also once it has ended: there is no way back to plain. */
  startSession(session: SecureMessagingSession): void {
    this.#session?.end();
    this.#session = session;
  }

  /** Ends the session, if there is one: its keys are purged, and nothing more is sent. */
  end(): void {
    this.#session?.end();
  }

  /**
   * The most data that one answer can bring now, in bytes. `chipResponse` is the longest response APDU that the chip
   * states, for the extended form.
   */
  dataPerAnswer(form: LengthForm, chipResponse = longestResponse): number {
    const bearable = Math.min(this.#transport.limits.maxResponse, form === 'short' ? shortResponse : chipResponse);
    return this.#session === null ? Math.min(65_536, bearable - 2) : this.#session.dataWithin(bearable);
  }

  /**
   * One command, its answer complete: `61xx` and `6Cxx` are followed, under secure messaging each with a new counter.
   * Any other status is the caller's to judge. The form must hold the command's lengths (a RangeError otherwise). Fails as the transport does, with `secure-messaging.*`,
   * `card.response-malformed`, `card.response-too-long`, or `card.loop` where the chip sends us round in circles.
   */
  async send(command: CommandApdu, form: LengthForm = 'short'): Promise<ResponseApdu> {
    const parts: Uint8Array[] = [];
    let current = command;
    let corrected = 0;
    let named: Pick<ResponseApdu, 'lengthNamed'> = {};
    for (let continued = 0; continued <= continuations; ) {
      const { data, status } = await this.#exchange(current, form);
      const waiting = status & 0xff || 256;
      if (status >> 8 === 0x6c) {
        if (++corrected > corrections) break;
        current = { ...current, expectedLength: waiting };
        named = { lengthNamed: waiting };
      } else if (status >> 8 === 0x61) {
        if (continued++ > 0 && data.length === 0) break;
        parts.push(data);
        current = { cla: command.cla & 0x03, ins: getResponse, p1: 0, p2: 0, expectedLength: waiting };
      } else {
        return { data: parts.length === 0 ? data : concat(...parts, data), status, ...named };
      }
    }
    throw new Failure('card.loop', { ins: command.ins });
  }

  /**
   * A command of a protocol, which may be longer than short form holds: GENERAL AUTHENTICATE and MSE:Set KAT may always be
   * extended (9303-11 §9.3.1.2). Short form where command and answer fit it; `answerLength` is what the answer is expected
   * to have, null where it has no data. Fails as `send` does, and with `access.unsupported` where the reader does not
   * bear the length.
   */
  async sendFitting(command: Omit<CommandApdu, 'expectedLength'>, answerLength: number | null): Promise<ResponseApdu> {
    const dataLength = command.data?.length ?? 0;
    const sentLength = this.#session?.protectedLength(dataLength, answerLength !== null) ?? dataLength;
    const fits = sentLength <= 255 && (answerLength ?? 0) <= this.dataPerAnswer('short');
    const form = this.#formFor(fits);
    const expectedLength = form === 'short' ? 256 : this.dataPerAnswer('extended');
    try {
      return await this.send(answerLength === null ? command : { ...command, expectedLength }, form);
    } catch (thrown) {
      // acsccid#42: some readers never send an extended command.
      const notSent = thrown instanceof Failure && thrown.code === 'reader.communication' && form === 'extended';
      throw notSent ? new Failure('access.unsupported', { reason: 'extended length' }, thrown) : thrown;
    }
  }

  #formFor(fitsShort: boolean): LengthForm {
    if (fitsShort) return 'short';
    if (!this.extendedLength) throw new Failure('access.unsupported', { reason: 'extended length' });
    return 'extended';
  }

  async #exchange(command: CommandApdu, form: LengthForm): Promise<ResponseApdu> {
    const session = this.#session;
    const apdu = session === null ? encodeCommand(command, form) : session.protect(command, form);
    this.#options.trace?.('command', apdu);
    this.#last = { ins: command.ins, form };
    const response = await this.#transport.transmit(apdu);
    this.#options.trace?.('response', response);
    const { exchanges, bytesSent, bytesReceived } = this.#count;
    this.#count = {
      exchanges: exchanges + 1,
      bytesSent: bytesSent + apdu.length,
      bytesReceived: bytesReceived + response.length,
    };
    this.#options.onExchange?.(this.#count);
    if (response.length > longestResponse) {
      session?.end();
      throw new Failure('card.response-too-long', { length: response.length });
    }
    return session === null ? decodeResponse(response) : session.unprotect(response);
  }
}
