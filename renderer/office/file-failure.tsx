import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import type { Asking } from '../parts/use-asking.ts';

/** What went wrong with files that somebody chose, with the one that was at fault where it is known. */
export function FileFailure({ failure, fields }: Pick<Asking, 'failure' | 'fields'>) {
  const { t } = useWords();
  if (failure === null) return null;
  return (
    <>
      <FailureNotice code={failure} customer={false} />
      {typeof fields.file === 'string' && fields.file !== '' ? (
        <p>{t('trust/upkeep/fileAtFault', { file: fields.file })}</p>
      ) : null}
    </>
  );
}
