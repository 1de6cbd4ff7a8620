import type { CommandEnd } from '../support/side-door.ts';

/** How an attack ended: an accept is what it was after, everything else names what stopped it. */
export interface AttackEnd {
  /** `accept`, `refer`, `reject`, or `refused` where it did not come to a verdict. */
  readonly end: 'accept' | 'refer' | 'reject' | 'refused';
  /** The line of defence: a failure code, with the check that decided before it. */
  readonly stoppedBy: string;
}

/** The end of a command of the side door that was to be refused. */
export function refusedCommand(end: CommandEnd): AttackEnd {
  const { error } = end.json();
  if (error === undefined) return { end: 'accept', stoppedBy: 'nothing' };
  return { end: 'refused', stoppedBy: String(error.code) };
}

/** What was thrown by something that must be refused. */
export async function refusedBy(act: () => unknown): Promise<AttackEnd> {
  try {
    await act();
  } catch (thrown) {
    const code = (thrown as { readonly code?: unknown }).code;
    if (typeof code === 'string') return { end: 'refused', stoppedBy: code };
    throw thrown;
  }
  return { end: 'accept', stoppedBy: 'nothing' };
}
