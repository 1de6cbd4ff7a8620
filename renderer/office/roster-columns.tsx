import type { RosterFileView } from '../../preload/contract.ts';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import classes from './roster.module.css';
import { columnsByName, furtherFields, type RosterField, usualFields } from './roster-view.ts';

interface RosterColumnsProps {
  readonly file: RosterFileView;
  readonly chosen: ReadonlyMap<RosterField, string>;
  readonly onChange: (chosen: ReadonlyMap<RosterField, string>) => void;
}

/** Which column holds what: filled in where the names of the file tell it. */
export function RosterColumns({ file, chosen, onChange }: RosterColumnsProps) {
  const { t } = useWords();
  const named = columnsByName(file);
  const choose = (field: RosterField, column: string) => {
    const next = new Map(chosen);
    if (column === '') next.delete(field);
    else next.set(field, column);
    onChange(next);
  };
  const choices = (fields: readonly RosterField[]) => (
    <div className={classes.fields}>
      {fields.map((field) => (
        <Field key={field} label={t(`roster/fields/${field}`)}>
          {(attributes) => (
            <select
              {...attributes}
              className={classes.select}
              value={chosen.get(field) ?? ''}
              onChange={(event) => choose(field, event.target.value)}
            >
              {/* What the file itself names so is never left out: the station would take it by its name. */}
              {named.has(field) ? null : <option value="">{t('roster/noColumn')}</option>}
              {file.columns.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      ))}
    </div>
  );
  return (
    <>
      {choices(usualFields)}
      <details>
        <summary>{t('roster/further')}</summary>
        {choices(furtherFields)}
      </details>
    </>
  );
}
