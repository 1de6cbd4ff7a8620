import { Failure } from '../../result/failure.ts';

/** What of the log's formats was not to be read. */
export type LogPart = 'note' | 'checkpoint' | 'proof' | 'verifier-key' | 'request';

/** A text that is not of its format, with the rule that it breaks. */
export function malformed(part: LogPart, reason: string): Failure {
  return new Failure('log.malformed', { part, reason });
}
