import type { CommandApdu, ResponseApdu } from './apdu.ts';
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

/** The conversation with one chip: lengths, waiting data and secure messaging are dealt with here. */
export class ChipChannel {
  readonly transport: CardTransport;
  readonly options: ChannelOptions;

  constructor(transport: CardTransport, options: ChannelOptions = {}) {
    this.transport = transport;
    this.options = options;
  }

  get count(): ExchangeCount {
    throw new Error('being written');
  }

  get session(): SecureMessagingSession | null {
    throw new Error('being written');
  }

  /** From now on everything goes through this session. */
  startSession(_session: SecureMessagingSession): void {
    throw new Error('being written');
  }

  /** One command, its answer complete: `61xx` and `6Cxx` are followed. Any other status is the caller's to judge. */
  send(_command: CommandApdu): Promise<ResponseApdu> {
    throw new Error('being written');
  }
}
