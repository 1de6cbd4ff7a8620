import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import type { Asking } from '../parts/use-asking.ts';
import classes from './lists-outcome.module.css';

interface ListsOutcomeProps extends Pick<Asking, 'failure' | 'fields'> {
  /** What was done, line by line. */
  readonly report: readonly string[];
  readonly testId: string;
}

/** What came of a change of the lists, announced; what went wrong instead, with the file that was at fault. */
export function ListsOutcome({ report, testId, failure, fields }: ListsOutcomeProps) {
  const { t } = useWords();
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
      {failure === null ? null : (
        <>
          <FailureNotice code={failure} customer={false} />
          {typeof fields.file === 'string' && fields.file !== '' ? (
            <p>{t('trust/upkeep/fileAtFault', { file: fields.file })}</p>
          ) : null}
        </>
      )}
    </>
  );
}
