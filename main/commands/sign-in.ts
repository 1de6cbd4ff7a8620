import { setTimeout as pause } from 'node:timers/promises';
import type { TrustKeeping } from '../keeping/trust-keeping.ts';
import { readInputFile } from '../machine/input-file.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { Operator } from '../store/operators/operator.ts';
import { unusable } from './arguments.ts';
import type { CommandCall } from './command.ts';

const longestSecretFile = 4096;

/**
 * The operators who give this command, each by their own secret; none in a folder without operators, and where the command needs
 * none. `unlock` opens what their secrets lie in. Fails with `operator.needed`, `operator.role`, `operator.second-needed`, and as
 * signing in does.
 */
export async function signedIn(
  call: CommandCall,
  keeping: Pick<TrustKeeping, 'operators'>,
  unlock: () => Promise<void>,
): Promise<readonly Operator[]> {
  const { need, given } = call;
  if (need === 'free' || (need !== undefined && need.when?.(given) === false)) return [];
  const state = keeping.operators.state();
  if (state === 'none') return [];
  await unlock();
  // The key tells more: asked again.
  if (openToFirst(call, keeping)) return [];
  if (need === undefined) throw new Failure('operator.role');
  const signs = given.values('operator');
  if (signs.length === 0) throw new Failure('operator.needed');
  const persons = typeof need.persons === 'function' ? need.persons(given) : need.persons;
  const isAlone = persons === 'two-if-there' && signs.length === 1;
  if (given.values('by').length > (isAlone ? 1 : 0))
    throw unusable('here operators answer by their own sign-in: --operator', { option: '--by' });
  const operators: Operator[] = [];
  for (const [index, sign] of signs.entries()) {
    const secret = await secretOf(call, given.values('operator-secret-file')[index] ?? null, `Secret of ${sign}`);
    operators.push(await signInPatiently(call, keeping, sign, secret));
  }
  for (const { role } of operators) if (!need.roles.includes(role)) throw new Failure('operator.role', { role });
  if (new Set(operators.map(({ id }) => id)).size < (persons === 2 ? 2 : operators.length))
    throw new Failure('operator.second-needed');
  if (persons === 'two-if-there') keeping.operators.requireTwo(operators);
  return operators;
}

/** A secret from the first line of a file, else as typed at the terminal. Fails with `operator.needed` where nobody types one. */
export async function secretOf(call: CommandCall, file: string | null, prompt: string): Promise<string> {
  const text =
    file === null
      ? await call.machine.answerSecret(prompt)
      : new TextDecoder().decode(readInputFile(file, longestSecretFile)).split(/\r?\n/, 1)[0];
  if (text === null || text === undefined || text === '') throw new Failure('operator.needed');
  return text;
}

// After mending the rows of operators may be gone: two who hold the key name a first administrator anew.
function openToFirst({ command }: CommandCall, { operators }: Pick<TrustKeeping, 'operators'>): boolean {
  const state = operators.state();
  if (command === 'operators add') return state === 'reopened';
  // Whom others touched cannot sign in; putting that right is what this command is for.
  return command === 'trust mend' && state === 'touched';
}

// A terminal waits in the process itself: the wait is measured by a clock that nobody sets.
async function signInPatiently(
  call: CommandCall,
  { operators }: Pick<TrustKeeping, 'operators'>,
  sign: string,
  secret: string,
): Promise<Operator> {
  try {
    return await operators.signIn(sign, secret);
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    if (code !== 'operator.wait' || typeof fields.seconds !== 'number') throw thrown;
    call.note(`After wrong tries the next one waits ${fields.seconds} s.`);
    await pause(fields.seconds * 1000);
    return operators.signIn(sign, secret);
  }
}
