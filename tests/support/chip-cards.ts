import type { CardTransport, TransportLimits } from '../../main/chip/card-transport.ts';
import { fromHex, toHex } from '../../main/result/bytes.ts';
import { Failure } from '../../main/result/failure.ts';

export const shortReader: TransportLimits = { extendedLength: false, maxCommand: 261, maxResponse: 258 };
export const extendedReader: TransportLimits = { extendedLength: true, maxCommand: 65_544, maxResponse: 65_538 };

/** A card made of a function from command to response; it keeps what it was sent, in hex. */
export class FunctionCard implements CardTransport {
  readonly limits: TransportLimits;
  readonly sent: string[] = [];
  readonly #respond: (command: Uint8Array, number: number) => Uint8Array | null;

  /** `respond` gets the command and its number from 1; null says that the card is gone. */
  constructor(respond: (command: Uint8Array, number: number) => Uint8Array | null, limits = shortReader) {
    this.#respond = respond;
    this.limits = limits;
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    this.sent.push(toHex(command));
    const response = this.#respond(command, this.sent.length);
    if (response === null) throw new Failure('card.removed');
    return response;
  }
}

/** A card that answers these responses in hex one after the other, whatever it is asked. */
export function answering(...responses: readonly string[]): FunctionCard {
  return new FunctionCard((_command, number) => {
    const response = responses[number - 1];
    return response === undefined ? null : fromHex(response);
  });
}

/** The failure with which a promise ends; throws where it ends well or with anything else. */
export async function failureFrom(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise;
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown;
    throw thrown;
  }
  throw new Error('ended well');
}
