import type { Asking } from '../parts/use-asking.ts';
import { FileFailure } from './file-failure.tsx';
import classes from './lists-outcome.module.css';

interface ListsOutcomeProps extends Pick<Asking, 'failure' | 'fields'> {
  /** What was done, line by line. */
  readonly report: readonly string[];
  readonly testId: string;
}

/** What came of a change of the lists, announced; what went wrong instead, with the file that was at fault. */
export function ListsOutcome({ report, testId, failure, fields }: ListsOutcomeProps) {
  return (
    <>
      <div role="status" data-testid={testId}>
        {report.length === 0 ? null : (
          <ul className={classes.report}>
            {report.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </div>
      <FileFailure failure={failure} fields={fields} />
    </>
  );
}
