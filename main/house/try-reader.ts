import { ChipChannel } from '../chip/channel.ts';
import { selectEmrtdApplication } from '../chip/directories.ts';
import type { ReaderPort } from '../reader/port.ts';
import { asFailure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';

/** What answered on a reader: a travel document, a card that says that it is none, or one that does not say. */
export type FoundOnReader = 'document' | 'other-card' | 'unclear';

const found: { readonly [Code in FailureCode]?: FoundOnReader } = {
  'document.no-application': 'other-card',
  'access.refused': 'unclear',
};

/**
 * Asks what lies on a reader whether it is a travel document, which its application tells without any key (9303-10 §3.6.1.2):
 * nothing of it is read. Fails as the port and the card do.
 */
export async function tryReader(readers: Pick<ReaderPort, 'connect'>, reader: string): Promise<FoundOnReader> {
  const connection = await readers.connect(reader);
  try {
    await selectEmrtdApplication(new ChipChannel(connection));
    return 'document';
  } catch (thrown) {
    const answered = found[asFailure(thrown).code];
    if (answered === undefined) throw thrown;
    return answered;
  } finally {
    await connection.close('reset');
  }
}
