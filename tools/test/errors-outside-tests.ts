import { writeFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter } from 'vitest/node';

/** Names the file that the errors of a run are written to: those that no test of it was failed by. */
export const errorsFileVariable = 'STYRK_TEST_ERRORS_FILE';

/** One such error: its type, what it says with its stack, and which file ran when it came, where the runner knows. */
export interface ErrorOutsideTests {
  readonly type: string;
  readonly text: string;
  readonly file: string | undefined;
}

/*
 * Errors that belong to no test (a promise nobody waited for, a worker that did not answer its runner) end a run with
 * status 1, and the runner's JSON report has no word of them: each of its tests passed. This reporter keeps them.
 */
export default class ErrorsOutsideTests implements Reporter {
  onTestRunEnd(_modules: unknown, errors: readonly SerializedError[]): void {
    const file = process.env[errorsFileVariable];
    if (file === undefined) throw new Error(`${errorsFileVariable} must name a file`);
    const told: readonly ErrorOutsideTests[] = errors.map((error) => ({
      type: String(error.type ?? error.name ?? 'Error'),
      text: String(error.stack ?? error.message),
      file: typeof error.VITEST_TEST_PATH === 'string' ? error.VITEST_TEST_PATH : undefined,
    }));
    writeFileSync(file, JSON.stringify(told));
  }
}
