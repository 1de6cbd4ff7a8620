import type { FailureCode } from '../../main/result/failure-codes.ts';
import retries from './retry.json' with { type: 'json' };

/** Whether doing the same once more helps: at once, not at all, or when something else has changed. */
export type Retry = 'yes' | 'no' | 'later';

/** Whether a retry helps after a failure of this code. */
export function retryAfter(code: FailureCode): Retry {
  return (retries as Readonly<Record<FailureCode, Retry>>)[code];
}
