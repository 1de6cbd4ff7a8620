import { writeFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule, TestSpecification } from 'vitest/node';

/** Names the file that this reporter writes to. */
export const errorsFileVariable = 'STYRK_TEST_ERRORS_FILE';

/** One error: its type, what it says with its stack, and which file ran when it came, where the runner knows. */
export interface ErrorOutsideTests {
  readonly type: string;
  readonly text: string;
  readonly file: string | undefined;
}

export interface OutsideTests {
  readonly errors: readonly ErrorOutsideTests[];
  /** Files of tests that did not come to their end, and of which the runner's report has no word. */
  readonly notRun: readonly { readonly project: string; readonly file: string }[];
}

/*
 * Errors that belong to no test (a promise nobody waited for, a worker that ended or did not start) end a run with status 1, and
 * the runner's JSON report has no word of them: each test in it passed. This reporter keeps them, and the files that are missing.
 */
export default class ErrorsOutsideTests implements Reporter {
  readonly #waiting = new Map<string, { readonly project: string; readonly file: string }>();

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    for (const { project, moduleId } of specifications)
      this.#waiting.set(`${project.name} ${moduleId}`, { project: project.name, file: moduleId });
  }

  onTestModuleEnd({ project, moduleId }: TestModule): void {
    this.#waiting.delete(`${project.name} ${moduleId}`);
  }

  onTestRunEnd(_modules: unknown, errors: readonly SerializedError[]): void {
    const file = process.env[errorsFileVariable];
    if (file === undefined) throw new Error(`${errorsFileVariable} must name a file`);
    const outside: OutsideTests = {
      errors: errors.map(toldBy),
      notRun: [...this.#waiting.values()],
    };
    writeFileSync(file, JSON.stringify(outside));
  }
}

function toldBy(error: SerializedError): ErrorOutsideTests {
  const texts = [String(error.stack ?? error.message)];
  for (let { cause } = error; cause !== undefined && cause !== null; cause = (cause as SerializedError).cause)
    texts.push(`because: ${String((cause as SerializedError).stack ?? (cause as SerializedError).message ?? cause)}`);
  return {
    type: String(error.type ?? error.name ?? 'Error'),
    text: texts.join('\n'),
    file: typeof error.VITEST_TEST_PATH === 'string' ? error.VITEST_TEST_PATH : undefined,
  };
}
