import { Stamp } from 'lucide-react';
import { longest } from '../../main/result/bounds.ts';
import type { AppInfo, CaseView, DeskState } from '../../preload/contract.ts';
import { MachineAdvice } from '../face/machine-advice.tsx';
import { Button } from '../parts/button.tsx';
import { type Choice, Choices } from '../parts/choices.tsx';
import { useDraft } from '../parts/drafts.ts';
import fieldClasses from '../parts/field.module.css';
import { Field, ReasonField } from '../parts/field.tsx';
import { asClause, dayAndTime } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import {
  decisionInput,
  goOnClosed,
  isAllowed,
  needsReason,
  type Outcome,
  outcomeAtFirst,
  outcomes,
} from './decision-view.ts';
import { ErrandPanel } from './errand-panel.tsx';
import { NewPersonPanel } from './new-person.tsx';
import classes from './question.module.css';
import { Question } from './question.tsx';
import { RegisterPanel } from './register-panel.tsx';
import type { Sealed } from './sealed-question.tsx';
import { verdictSentence } from './verdict-view.ts';
import { VerdictWords } from './verdict-words.tsx';

interface DecisionQuestionProps {
  readonly view: CaseView;
  readonly info: AppInfo;
  /** Who is signed in, and so signs; null where a sign is typed. */
  readonly operator: DeskState['session']['operator'];
  readonly onSealed: (sealed: Sealed) => void;
}

function documentKey({ document }: CaseView): string {
  return document === null ? '' : `${document.issuer} ${document.number}`;
}

/** The verdict first, then staff's own decision beside it, then the seal. */
export function DecisionQuestion({ view, info, operator, onSealed }: DecisionQuestionProps) {
  const words = useWords();
  const { t } = words;
  const { ask, busy, failure } = useAsking();
  const verdict = view.verdict?.verdict ?? null;
  // A decision against one result is nobody's wish against another: what was chosen goes with the result that was seen.
  const [chosen, setChosen] = useDraft<Outcome | null>(`decide/${verdict}/chosen`, null);
  const [reason, setReason] = useDraft('decide/reason', '');
  const [sign, setSign] = useDraft('decide/sign', '');
  const outcome = chosen ?? outcomeAtFirst(view);
  const reasonNeeded = needsReason(outcome, verdict);
  // Where the bank names its reasons for going on, one of them is chosen.
  const listed = reasonNeeded && outcome === 'go-on' ? view.asks.reasons : null;
  const ready =
    isAllowed(outcome, view) && (!reasonNeeded || (listed === null ? reason.trim() !== '' : listed.includes(reason)));
  const decide = async () => {
    if (!ready || verdict === null) return;
    const answer = await ask('case.decide', decisionInput(verdict, outcome, reason, sign));
    if (answer !== null) onSealed({ ...answer.value, outcome });
  };
  const choices = outcomes.map((value): Choice<Outcome> => {
    const closed = value === 'go-on' ? goOnClosed(view) : null;
    const helps = { 'go-on': t('decide/goOnHelp'), refer: t('decide/referHelp'), stop: t('decide/stopHelp') };
    const help =
      closed === null ? helps[value] : t('decide/goOnClosed', { because: asClause(words.failure(closed).happened) });
    return { value, name: t(`decide/${value}`), help, disabled: closed !== null };
  });
  return (
    <Question
      question={verdictSentence(view, words) ?? t('decide/pending')}
      verdict={verdict}
      onSubmit={() => void decide()}
    >
      {view.referral === null ? null : (
        <div>
          <p>
            {t('queue/decides', { sign: view.referral.by, at: dayAndTime(words.language, view.referral.at) })}
            {view.referral.reason === null ? null : ` ${t('queue/said', { reason: view.referral.reason })}`}
          </p>
          {view.referral.putsOnFile ? (
            <p>{t('queue/putsOnFile', { number: view.document?.number ?? t('common/unknown') })}</p>
          ) : null}
        </div>
      )}
      <VerdictWords view={view} />
      <MachineAdvice machine={view.machine} />
      {view.newPerson === null ? null : <NewPersonPanel found={view.newPerson} />}
      {/* What was seen of one paper or card is asked again of another. */}
      <ErrandPanel key={documentKey(view)} asks={view.asks} />
      {view.register === null ? null : <RegisterPanel register={view.register} />}
      <div className={classes.deciding}>
        {failure === null ? null : <FailureNotice code={failure} />}
        <Choices
          legend={t('decide/outcome')}
          className={classes.outcomes}
          choices={choices}
          value={outcome}
          onChange={setChosen}
        />
        <div className={classes.signing}>
          {listed === null ? (
            <ReasonField
              label={t(reasonNeeded ? 'decide/reasonNeeded' : 'decide/reason')}
              value={reason}
              required={reasonNeeded}
              onChange={setReason}
            />
          ) : (
            <Field label={t('errand/reason')}>
              {(attributes) => (
                <select
                  {...attributes}
                  className={fieldClasses.input}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                >
                  <option value="">{t('errand/choose')}</option>
                  {listed.map((each) => (
                    <option key={each}>{each}</option>
                  ))}
                </select>
              )}
            </Field>
          )}
          {operator === null ? (
            <Field label={t('decide/sign')} help={t('decide/signHelp', { user: info.operatingSystemUser })}>
              {(attributes) => (
                <input
                  {...attributes}
                  className={fieldClasses.input}
                  value={sign}
                  maxLength={longest.sign}
                  autoComplete="off"
                  spellCheck={false}
                  placeholder={info.operatingSystemUser}
                  onChange={(event) => setSign(event.target.value)}
                />
              )}
            </Field>
          ) : (
            <p>{t('session/signed', { name: operator.name, sign: operator.sign })}</p>
          )}
          <div className={classes.seal}>
            <Button kind="main" type="submit" icon={Stamp} disabled={busy || !ready}>
              {t(`decide/action-${outcome}`)}
            </Button>
          </div>
        </div>
      </div>
    </Question>
  );
}
