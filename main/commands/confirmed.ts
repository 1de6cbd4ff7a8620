import { Failure } from '../result/failure.ts';
import type { CommandCall } from './command.ts';

/** Asks the person at the terminal: what is not answered with yes is not done. Fails with `trust.not-confirmed`. */
export async function confirmed({ machine }: CommandCall, question: string): Promise<void> {
  machine.error(`${question}\nType yes to go on: `);
  const answer = await machine.answerLine();
  if (answer?.trim().toLowerCase() !== 'yes') throw new Failure('trust.not-confirmed');
}
