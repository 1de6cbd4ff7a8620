import { useState } from 'react';
import { longest } from '../../main/result/bounds.ts';
import type { CaseView } from '../../preload/contract.ts';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './question.module.css';

type Asks = CaseView['asks'];
type Finding = NonNullable<NonNullable<Asks['paper']>['found']>['feel'];

const parts = ['feel', 'security', 'signature'] as const;
type Found = Partial<Record<(typeof parts)[number], Exclude<Finding, undefined>>>;
const findings = ['right', 'wrong', 'unsure', 'none'] as const;

/** What this errand asks of staff beside the chip and the faces: the paper or card, an age, why no electronic identification. */
export function ErrandPanel({ asks }: { readonly asks: Asks }) {
  const { t } = useWords();
  const { ask, failure } = useAsking();
  if (asks.paper === null && asks.age === null && asks.whyNotEid === null) return null;
  return (
    <section className={classes.reasons} aria-label={t('errand/title')} data-testid="errand">
      {asks.paper === null ? null : (
        <PaperQuestions found={asks.paper.found} onFound={(found) => void ask('case.lookAtPaper', found)} />
      )}
      {asks.age === null ? null : (
        <Field label={t('errand/age')}>
          {(attributes) => (
            <select
              {...attributes}
              className={fieldClasses.input}
              value={asks.age?.limit}
              onChange={(event) => void ask('case.askAge', Number(event.target.value))}
            >
              {asks.age?.limits.map((limit) => (
                <option key={limit} value={limit}>
                  {t('errand/over', { count: limit })}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {asks.whyNotEid === null ? null : (
        <EidReason asked={asks.whyNotEid} onSaid={(text) => void ask('case.sayWhyNotEid', text)} />
      )}
      {failure === null ? null : <FailureNotice code={failure} />}
    </section>
  );
}

interface PaperProps {
  readonly found: NonNullable<Asks['paper']>['found'];
  readonly onFound: (found: Found) => void;
}

// Draft RTS on customer due diligence art. 6: signature and security features are for the eye and the hand.
function PaperQuestions({ found, onFound }: PaperProps) {
  const { t } = useWords();
  // The next answer may come before the snapshot with the one before it: what was chosen here stands, and none is lost.
  const [known, setKnown] = useState<Found>(found ?? {});
  const answer = (part: (typeof parts)[number], given: string) => {
    const finding = findings.find((each) => each === given);
    const { [part]: _, ...others } = known;
    const all = finding === undefined ? others : { ...others, [part]: finding };
    setKnown(all);
    onFound(all);
  };
  return (
    <fieldset className={classes.trio}>
      <legend className={fieldClasses.legend}>{t('errand/paper')}</legend>
      {parts.map((part) => (
        <Field key={part} label={t(`errand/parts/${part}`)}>
          {(attributes) => (
            <select
              {...attributes}
              className={fieldClasses.input}
              value={known[part] ?? ''}
              onChange={(event) => answer(part, event.target.value)}
            >
              <option value="">{t('errand/notLooked')}</option>
              {findings.map((finding) => (
                <option key={finding} value={finding}>
                  {t(`errand/findings/${finding}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      ))}
    </fieldset>
  );
}

interface EidProps {
  readonly asked: NonNullable<Asks['whyNotEid']>;
  readonly onSaid: (text: string | null) => void;
}

// Each letter is said at once: who types the reason and presses Enter, or reaches for the button, has given it.
function EidReason({ asked: { said, required }, onSaid }: EidProps) {
  const { t } = useWords();
  const [text, setText] = useState(said ?? '');
  return (
    <Field label={t('errand/whyNotEid')} help={t('errand/whyNotEidHelp')}>
      {(attributes) => (
        <input
          {...attributes}
          className={fieldClasses.input}
          value={text}
          required={required}
          maxLength={longest.reason}
          autoComplete="off"
          onChange={({ target }) => {
            setText(target.value);
            onSaid(target.value.trim() === '' ? null : target.value.trim());
          }}
        />
      )}
    </Field>
  );
}
