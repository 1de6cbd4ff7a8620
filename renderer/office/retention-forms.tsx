import { type ReactNode, useState } from 'react';
import { longest } from '../../main/result/bounds.ts';
import type { Arguments, MeantRecordsInput } from '../../preload/contract.ts';
import recordClasses from '../desk/records.module.css';
import { Button } from '../parts/button.tsx';
import { DayField } from '../parts/day-field.tsx';
import { dayTyped } from '../parts/day-typed.ts';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import classes from './retention.module.css';

type Event = Arguments<'retention.event'>[1];
type Hold = Arguments<'retention.hold'>[1];

interface MeantFieldsProps {
  readonly value: Meant;
  readonly onChange: (value: Meant) => void;
}

interface Meant {
  readonly of: 'record' | 'customer';
  readonly text: string;
}

const nobody: Meant = { of: 'record', text: '' };

function meantOf({ of, text }: Meant): MeantRecordsInput {
  return of === 'record' ? { record: text.trim() } : { customer: text.trim() };
}

function MeantFields({ value, onChange }: MeantFieldsProps) {
  const { t } = useWords();
  return (
    <>
      <Field label={t('retention/meant')}>
        {(attributes) => (
          <select
            {...attributes}
            className={recordClasses.input}
            value={value.of}
            onChange={({ target }) => onChange({ of: target.value === 'customer' ? 'customer' : 'record', text: '' })}
          >
            <option value="record">{t('retention/oneRecord')}</option>
            <option value="customer">{t('retention/allOfCustomer')}</option>
          </select>
        )}
      </Field>
      <Field label={t(`retention/name-${value.of}`)}>
        {(attributes) => (
          <input
            {...attributes}
            className={recordClasses.input}
            value={value.text}
            maxLength={value.of === 'record' ? 60 : longest.query}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => onChange({ ...value, text: target.value })}
          />
        )}
      </Field>
    </>
  );
}

interface FormProps {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly action: string;
  readonly ready: boolean;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

function Form({ id, title, help, action, ready, onSubmit, children }: FormProps) {
  return (
    <form
      className={classes.form}
      aria-labelledby={id}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSubmit();
      }}
    >
      <h2 id={id} className={classes.subtitle}>
        {title}
      </h2>
      <p className={classes.help}>{help}</p>
      {children}
      <div>
        <Button type="submit" disabled={!ready}>
          {action}
        </Button>
      </div>
    </form>
  );
}

interface EventFormProps {
  readonly busy: boolean;
  readonly today: string;
  readonly onSay: (meant: MeantRecordsInput, event: Event) => Promise<boolean>;
}

const events = ['relationship-ended', 'transaction-done', 'taken-back'] as const;

/** From which day the years run: the bank says so (AMLR 2024/1624 art. 77(3)). */
export function EventForm({ busy, today, onSay }: EventFormProps) {
  const { t } = useWords();
  const [meant, setMeant] = useState(nobody);
  const [kind, setKind] = useState<(typeof events)[number]>('relationship-ended');
  const [on, setOn] = useState(today);
  const day = dayTyped(on);
  const ready = !busy && meant.text.trim() !== '' && (kind === 'taken-back' || day !== null);
  const say = async () => {
    const event = kind === 'taken-back' || day === null ? null : { kind, on: day };
    if (await onSay(meantOf(meant), event)) setMeant(nobody);
  };
  return (
    <Form
      id="retention-event"
      title={t('retention/event')}
      help={t('retention/eventHelp')}
      action={t('retention/eventAction')}
      ready={ready}
      onSubmit={() => void say()}
    >
      <MeantFields value={meant} onChange={setMeant} />
      <Field label={t('retention/rows/event')}>
        {(attributes) => (
          <select
            {...attributes}
            className={recordClasses.input}
            value={kind}
            onChange={({ target }) => setKind(events.find((known) => known === target.value) ?? 'relationship-ended')}
          >
            {events.map((known) => (
              <option key={known} value={known}>
                {t(`retention/events/${known}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {kind === 'taken-back' ? null : (
        <DayField label={t('retention/rows/on')} className={recordClasses.input} value={on} onChange={setOn} />
      )}
    </Form>
  );
}

interface HoldFormProps {
  readonly busy: boolean;
  readonly onSay: (meant: MeantRecordsInput, hold: Hold) => Promise<boolean>;
}

/** An authority has records kept longer (AMLR 2024/1624 art. 77(4)). */
export function HoldForm({ busy, onSay }: HoldFormProps) {
  const { t } = useWords();
  const [meant, setMeant] = useState(nobody);
  const [authority, setAuthority] = useState('');
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const day = dayTyped(until);
  const ready = !busy && day !== null && [meant.text, authority, reason].every((said) => said.trim() !== '');
  const say = async () => {
    if (day === null || !(await onSay(meantOf(meant), { authority, reason, until: day }))) return;
    setMeant(nobody);
    for (const set of [setAuthority, setReason, setUntil]) set('');
  };
  return (
    <Form
      id="retention-hold"
      title={t('retention/hold')}
      help={t('retention/holdHelp')}
      action={t('retention/holdAction')}
      ready={ready}
      onSubmit={() => void say()}
    >
      <MeantFields value={meant} onChange={setMeant} />
      {(
        [
          ['authority', authority, setAuthority],
          ['reason', reason, setReason],
        ] as const
      ).map(([name, value, set]) => (
        <Field key={name} label={t(`retention/rows/${name}`)}>
          {(attributes) => (
            <input
              {...attributes}
              className={recordClasses.input}
              value={value}
              maxLength={longest.reason}
              autoComplete="off"
              onChange={({ target }) => set(target.value)}
            />
          )}
        </Field>
      ))}
      <DayField label={t('retention/rows/until')} className={recordClasses.input} value={until} onChange={setUntil} />
    </Form>
  );
}
