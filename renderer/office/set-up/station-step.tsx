import { useState } from 'react';
import { longest } from '../../../main/result/bounds.ts';
import { Question } from '../../desk/question.tsx';
import { Button } from '../../parts/button.tsx';
import { Choices } from '../../parts/choices.tsx';
import fieldClasses from '../../parts/field.module.css';
import { Field } from '../../parts/field.tsx';
import { useWords } from '../../parts/language.ts';
import { FailureNotice } from '../../parts/notice.tsx';
import { useAsking } from '../../parts/use-asking.ts';
import type { StepProps } from './set-up-props.ts';
import { StepEnd } from './step-end.tsx';

const kinds = ['attended', 'unattended'] as const;

/** What the station is called, and whether staff see the customer. */
export function StationStep({ view, info, draft, onDraft, onKeep, onChanged, onGoOn, onSkip }: StepProps) {
  const { t } = useWords();
  const { ask, failure, busy } = useAsking();
  const [waits, setWaits] = useState(false);
  const kept = { name: view.name ?? '', kind: view.kind };
  const now = draft ?? kept;
  const isManaged = info.managed.includes('kind');
  const isNew = now.name.trim() !== kept.name || now.kind !== kept.kind;
  const ready = isNew && now.name.trim() !== '' && now.kind !== null && !busy;
  const keep = async () => {
    setWaits(true);
    const done = await ask('station.set', { name: now.name, kind: now.kind === kept.kind ? null : now.kind });
    setWaits(false);
    if (done === null) return;
    await onChanged();
    onDraft(null);
    onGoOn();
  };
  return (
    <Question
      question={t('setUp/station/question')}
      help={t('setUp/station/help')}
      onSubmit={() => {
        if (ready) void keep();
        else if (!isNew && view.name !== null && view.kind !== null) onGoOn();
      }}
    >
      <Field label={t('setUp/station/name')} help={t('setUp/station/nameHelp')}>
        {(attributes) => (
          <input
            {...attributes}
            className={fieldClasses.input}
            autoComplete="off"
            maxLength={longest.stationName}
            value={now.name}
            onChange={(event) => onDraft({ ...now, name: event.target.value })}
            onBlur={() => onKeep(now)}
          />
        )}
      </Field>
      <Choices
        legend={t('setUp/station/kind')}
        choices={kinds.map((kind) => ({
          value: kind,
          name: t(`setUp/station/${kind}`),
          help: t(`setUp/station/${kind}Help`),
          disabled: isManaged,
        }))}
        value={now.kind}
        onChange={(kind) => {
          onDraft({ ...now, kind });
          onKeep({ ...now, kind });
        }}
      />
      {isManaged ? <p>{t('setUp/station/managed')}</p> : null}
      <p role="status">{waits ? t('confirm/waits') : ''}</p>
      {failure === null ? null : <FailureNotice code={failure} customer={false} />}
      <StepEnd view={view} step="station" more={isNew} onGoOn={onGoOn} onSkip={onSkip}>
        {isNew || view.name === null || view.kind === null ? (
          <Button kind="main" type="submit" disabled={!ready}>
            {t('setUp/station/keep')}
          </Button>
        ) : null}
      </StepEnd>
    </Question>
  );
}
