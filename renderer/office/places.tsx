import { useEffect, useState } from 'react';
import type { TrustBasisView } from '../../preload/contract.ts';
import recordClasses from '../desk/records.module.css';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { useAsking } from '../parts/use-asking.ts';
import { ListsOutcome } from './lists-outcome.tsx';
import classes from './trust-basis.module.css';
import { placesTyped, statesTyped } from './trust-basis-view.ts';
import { useTrustAct } from './use-trust-act.ts';

interface PlacesProps {
  /** Not now, and the element of this id says why. */
  readonly notNow: string | undefined;
  readonly onChanged: () => void;
}

/** Where lists are fetched: to be set, and to be emptied again. */
export function Places({ notNow, onChanged }: PlacesProps) {
  const { t } = useWords();
  const { ask } = useAsking();
  const [basis, setBasis] = useState<TrustBasisView | null>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    // What stands there is asked for when somebody wants to change it.
    if (opened) void ask('trust.basis').then((answer) => setBasis(answer?.value ?? null));
  }, [ask, opened]);
  return (
    <details onToggle={({ currentTarget }) => setOpened(currentTarget.open)}>
      <summary className={classes.summary}>{t('trust/places/change')}</summary>
      {basis === null ? null : basis.placesManaged ? (
        <p>{t('trust/places/managed')}</p>
      ) : (
        <PlacesForm basis={basis} notNow={notNow} onChanged={onChanged} />
      )}
    </details>
  );
}

function PlacesForm({ basis, notNow, onChanged }: PlacesProps & { readonly basis: TrustBasisView }) {
  const { t } = useWords();
  const [places, setPlaces] = useState(basis.places.join('\n'));
  const [states, setStates] = useState(basis.states.join(', '));
  const { act, waits, report, failure, fields, busy } = useTrustAct(onChanged);
  const save = () =>
    act(t('trust/places/changed'), 'trust.setPlaces', { places: placesTyped(places), states: statesTyped(states) });
  return (
    <form
      className={classes.form}
      aria-label={t('trust/places/change')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && notNow === undefined) void save();
      }}
    >
      <Field label={t('trust/places/field')} help={t('trust/places/help')}>
        {(attributes) => (
          <textarea
            {...attributes}
            className={recordClasses.input}
            rows={3}
            value={places}
            maxLength={10_000}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => setPlaces(target.value)}
          />
        )}
      </Field>
      <Field label={t('trust/places/states')} help={t('trust/places/statesHelp')}>
        {(attributes) => (
          <input
            {...attributes}
            className={recordClasses.input}
            value={states}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => setStates(target.value)}
          />
        )}
      </Field>
      {basis.ownAuthority ? <p className={classes.small}>{t('trust/places/ownAuthority')}</p> : null}
      <div>
        <Button type="submit" disabled={busy} notNow={notNow}>
          {t('trust/places/set')}
        </Button>
      </div>
      <p role="status">{waits ? t('confirm/waits') : ''}</p>
      <ListsOutcome report={report} testId="places-report" failure={failure} fields={fields} />
    </form>
  );
}
