import { failureWords } from '../../resources/failures/failures.ts';
import type { ServerState } from '../answer/ways/bank-service.ts';

const calledFor: Readonly<Record<NonNullable<ServerState['call']>, string>> = {
  orders: 'asked for orders',
  answers: 'posted an answer',
  refused: 'told of a refusal',
};

/** How the server of a system answers, in a line for administrators. */
export function serverText(system: string, { code, call, detail, since }: ServerState): string {
  if (code === null || call === null) return `Server: ${system}, reached since ${since}`;
  const known = detail === null ? code : `${code}, ${detail}`;
  return `Server: ${system}, not as it should be since ${since}, ${calledFor[call]}: ${failureWords('en', code).happened} (${known})`;
}
