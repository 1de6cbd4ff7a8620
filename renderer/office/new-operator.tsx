import { longest } from '../../main/result/bounds.ts';
import { type Role, roles } from '../../main/result/roles.ts';
import { Button } from '../parts/button.tsx';
import { useDraft } from '../parts/drafts.ts';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import classes from './operators.module.css';
import type { AskChange } from './operators-view.ts';

interface NewOperatorProps {
  /** Whether they are the first: then an administrator. */
  readonly first: boolean;
  /** The role that is offered first. */
  readonly suggested?: Role;
  readonly busy: boolean;
  readonly onAsk: AskChange;
}

/** Somebody new: sign, name, role. Their secret they choose in the window where it is confirmed. */
export function NewOperator({ first, suggested = 'teller', busy, onAsk }: NewOperatorProps) {
  const { t } = useWords();
  const [sign, setSign] = useDraft('operators.new.sign', '');
  const [name, setName] = useDraft('operators.new.name', '');
  const [chosen, setRole] = useDraft<Role>('operators.new.role', suggested);
  const [until, setUntil] = useDraft('operators.new.until', '');
  const role: Role = first ? 'administrator' : chosen;
  // Until when they count as trained is asked of those who let cases through.
  const takesCases = role === 'teller' || role === 'supervisor';
  const ready = !busy && sign.trim() !== '' && name.trim() !== '';
  const add = async () => {
    const done = await onAsk('operators.add', {
      sign,
      name,
      role,
      competentUntil: until === '' || !takesCases ? null : until,
    });
    if (!done) return;
    setSign('');
    setName('');
    setUntil('');
  };
  return (
    <form
      className={classes.form}
      aria-label={t('operators/addTitle')}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void add();
      }}
    >
      <h2 className={classes.subtitle}>{t('operators/addTitle')}</h2>
      <div className={classes.pair}>
        <Field label={t('operators/columns/sign')} help={t('operators/signHelp')}>
          {(attributes) => (
            <input
              {...attributes}
              className={fieldClasses.input}
              autoComplete="off"
              spellCheck={false}
              value={sign}
              maxLength={longest.sign}
              onChange={(event) => setSign(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('operators/columns/name')}>
          {(attributes) => (
            <input
              {...attributes}
              className={fieldClasses.input}
              autoComplete="off"
              value={name}
              maxLength={longest.personName}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Field label={t('operators/columns/role')}>
        {(attributes) => (
          <select
            {...attributes}
            className={fieldClasses.input}
            value={role}
            disabled={first}
            onChange={(event) => setRole(roles.find((known) => known === event.target.value) ?? 'teller')}
          >
            {roles.map((known) => (
              <option key={known} value={known}>
                {t(`operators/roles/${known}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {takesCases ? <UntilField value={until} onChange={setUntil} /> : null}
      <div>
        <Button type="submit" kind="main" disabled={!ready}>
          {t('operators/add')}
        </Button>
      </div>
    </form>
  );
}

interface UntilFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The last day on which somebody counts as trained. */
export function UntilField({ value, onChange }: UntilFieldProps) {
  const { t } = useWords();
  return (
    <Field label={t('operators/columns/until')} help={t('operators/untilHelp')}>
      {(attributes) => (
        <input
          {...attributes}
          className={fieldClasses.input}
          autoComplete="off"
          inputMode="numeric"
          value={value}
          maxLength={10}
          onChange={(event) => onChange(event.target.value.trim())}
        />
      )}
    </Field>
  );
}
