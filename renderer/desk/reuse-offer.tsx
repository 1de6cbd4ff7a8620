import { History } from 'lucide-react';
import { longest } from '../../main/result/bounds.ts';
import { Button } from '../parts/button.tsx';
import { useDraft } from '../parts/drafts.ts';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { dayAndTime } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './question.module.css';

/** The person was read a moment ago: the document in the hand may count once more, if its number is that one's. */
export function ReuseOffer({ readAt }: { readonly readAt: string }) {
  const { t, language } = useWords();
  const { ask, busy, failure } = useAsking();
  const [number, setNumber] = useDraft('reuse/number', '');
  const given = number.trim();
  return (
    <form
      className={classes.offer}
      aria-label={t('reuse/title')}
      data-testid="reuse"
      onSubmit={(event) => {
        event.preventDefault();
        if (given !== '') void ask('case.reuse', given);
      }}
    >
      <p>{t('reuse/offer', { when: dayAndTime(language, readAt) })}</p>
      <div className={classes.search}>
        <Field label={t('reuse/number')} help={t('reuse/numberHelp')}>
          {(attributes) => (
            <input
              {...attributes}
              className={`${fieldClasses.input} ${fieldClasses.mono}`}
              value={number}
              maxLength={longest.number}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => setNumber(target.value)}
            />
          )}
        </Field>
        <Button type="submit" icon={History} disabled={busy || given === ''}>
          {t('reuse/action')}
        </Button>
      </div>
      {failure === null ? null : <FailureNotice code={failure} />}
    </form>
  );
}
