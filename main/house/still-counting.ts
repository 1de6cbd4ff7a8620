import { asFailure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { EarlierReading } from '../verification/freshness.ts';
import type { ReuseRequest } from './earlier-case.ts';
import type { House } from './house.ts';

/**
 * The earlier reading on which a referred case rests as it counts now, or why it counts no more: lists came, the document was
 * blocked or ended, another case spoke against it. Whoever decides the case may end it all the same. Fails as the database does.
 */
export function stillCounting(
  { earlierCase }: Pick<House, 'earlierCase'>,
  request: ReuseRequest & { readonly referral: string },
): EarlierReading | { readonly code: FailureCode } {
  try {
    return earlierCase(request);
  } catch (thrown) {
    const { code } = asFailure(thrown);
    if (code.startsWith('freshness.') || code.startsWith('record.') || code === 'document.expired') return { code };
    throw thrown;
  }
}
