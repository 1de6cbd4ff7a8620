import type { House, InspectRequest } from '../house/house.ts';
import { outcomeOf, outcomeOfFailure, type ReadingOutcome } from '../inspection/outcome.ts';
import type { Inspection } from '../inspection/types.ts';
import { asFailure, Failure } from '../result/failure.ts';

/** How one reading ended; `inspection` is null where it did not come to one. */
export interface ReadingEnd {
  readonly outcome: ReadingOutcome;
  readonly inspection: Inspection | null;
  readonly connected: boolean;
}

/** Connects to what lies on `reader` and inspects it. Never throws; `onConnected` is called once the card is held. */
export async function readOnce(
  house: Pick<House, 'readers' | 'inspect'>,
  reader: string,
  request: Omit<InspectRequest, 'connection'> & { readonly onConnected: () => void },
): Promise<ReadingEnd> {
  const { onConnected, ...inspection } = request;
  let connected = false;
  try {
    if (request.signal.aborted) throw new Failure('inspection.cancelled');
    const connection = await house.readers.connect(reader);
    connected = true;
    try {
      onConnected();
      const found = await house.inspect({ ...inspection, connection });
      return { outcome: outcomeOf(found), inspection: found, connected };
    } finally {
      // The next access, ours or another program's, finds a chip without our session.
      await connection.close('reset');
    }
  } catch (thrown) {
    return { outcome: outcomeOfFailure(asFailure(thrown).code), inspection: null, connected };
  }
}
