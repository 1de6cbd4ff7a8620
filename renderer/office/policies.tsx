import { FolderOpen } from 'lucide-react';
import { useCallback, useEffect, useId, useState } from 'react';
import type { OperatorRow, PoliciesView, PolicyView } from '../../preload/contract.ts';
import recordClasses from '../desk/records.module.css';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { usePageHeading } from '../parts/use-page-heading.ts';
import { FileFailure } from './file-failure.tsx';
import classes from './policies.module.css';
import {
  besideEachOther,
  choiceKey,
  choiceName,
  fromWords,
  type PolicyChoice,
  type PolicyRow,
  policyChoices,
} from './policies-view.ts';

/** The policies by which the station judges, in words, and two of them beside each other. */
export function Policies({ role }: { readonly role: OperatorRow['role'] | null }) {
  const { t, language } = useWords();
  const { ask, failure } = useAsking();
  const choosing = useAsking();
  const [known, setKnown] = useState<PoliciesView | null>(null);
  const [one, setOne] = useState<PolicyChoice>({ id: 'renew-bankid', edition: 'in-force' });
  const [other, setOther] = useState<PolicyChoice | null>(null);
  const [only, setOnly] = useState(false);
  const [opened, setOpened] = useState('');
  const heading = usePageHeading();
  const look = useCallback(async () => {
    const answer = await ask('policies.all');
    if (answer !== null) setKnown(answer.value);
    return answer?.value ?? null;
  }, [ask]);
  useEffect(() => void look(), [look]);
  const shown = useExplained(one, language);
  const beside = useExplained(other, language);
  const choose = async () => {
    setOpened('');
    const done = await choosing.ask('policies.choose');
    if (done?.value !== true) return;
    const chosen = (await look())?.chosen;
    if (chosen == null) return;
    setOne({ id: chosen.id, edition: 'in-force' });
    setOther({ id: chosen.id, edition: 'chosen' });
    setOnly(true);
    setOpened(chosen.file);
  };
  const failed = failure ?? shown.failure ?? beside.failure;
  return (
    <main className={recordClasses.records}>
      <header className={classes.head}>
        <h1 ref={heading} tabIndex={-1} className={recordClasses.title}>
          {t('policies/title')}
        </h1>
        <p className={classes.help}>{t('policies/help')}</p>
      </header>
      {failed === null ? null : <FailureNotice code={failed} mark="failed" />}
      {known === null ? null : (
        <>
          <div className={classes.choices}>
            <Choice label={t('policies/which')} known={known} value={one} onChange={(value) => setOne(value ?? one)} />
            <Choice label={t('policies/beside')} known={known} value={other} none onChange={setOther} />
          </div>
          {role === null || role === 'administrator' ? (
            <div className={classes.file}>
              <Button icon={FolderOpen} disabled={choosing.busy} onClick={() => void choose()}>
                {t('policies/choose')}
              </Button>
              <p className={classes.help}>{t('policies/chooseHelp')}</p>
              <p role="status">{opened === '' ? '' : t('policies/opened', { file: opened })}</p>
              <FileFailure failure={choosing.failure} fields={choosing.fields} />
            </div>
          ) : null}
          {shown.view === null || (other !== null && beside.view === null) ? null : (
            <Explained
              known={known}
              one={{ choice: one, view: shown.view }}
              other={other === null || beside.view === null ? null : { choice: other, view: beside.view }}
              only={only}
              onOnly={setOnly}
            />
          )}
        </>
      )}
    </main>
  );
}

/** One policy in words, asked for anew with the language in which they are. */
function useExplained(choice: PolicyChoice | null, language: string) {
  const { ask, failure } = useAsking();
  const [view, setView] = useState<PolicyView | null>(null);
  const [id, edition] = [choice?.id ?? null, choice?.edition ?? null];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words are of the interface's language
  useEffect(() => {
    let wanted = true;
    setView(null);
    if (id !== null && edition !== null)
      void ask('policies.explain', id, edition).then((answer) => {
        if (wanted && answer !== null) setView(answer.value);
      });
    return () => {
      wanted = false;
    };
  }, [ask, id, edition, language]);
  return { view, failure };
}

interface ChoiceProps {
  readonly label: string;
  readonly known: PoliciesView;
  readonly value: PolicyChoice | null;
  /** Whether none may be chosen. */
  readonly none?: boolean;
  readonly onChange: (choice: PolicyChoice | null) => void;
}

function Choice({ label, known, value, none = false, onChange }: ChoiceProps) {
  const { t } = useWords();
  const choices = policyChoices(known);
  return (
    <Field label={label}>
      {(attributes) => (
        <select
          {...attributes}
          className={recordClasses.input}
          value={value === null ? '' : choiceKey(value)}
          onChange={({ target }) => onChange(choices.find((choice) => choiceKey(choice) === target.value) ?? null)}
        >
          {none ? <option value="">{t('policies/nothing')}</option> : null}
          {choices.map((choice) => (
            <option key={choiceKey(choice)} value={choiceKey(choice)}>
              {choiceName(choice, known, t)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface Shown {
  readonly choice: PolicyChoice;
  readonly view: PolicyView;
}

interface ExplainedProps {
  readonly known: PoliciesView;
  readonly one: Shown;
  readonly other: Shown | null;
  readonly only: boolean;
  readonly onOnly: (only: boolean) => void;
}

function Explained({ known, one, other, only, onOnly }: ExplainedProps) {
  const { t } = useWords();
  const terms = besideEachOther(one.view.terms, other?.view.terms ?? null);
  const checks = besideEachOther(one.view.checks, other?.view.checks ?? null);
  const count = [...terms, ...checks].filter(({ differs }) => differs).length;
  const wanted = (rows: readonly PolicyRow[]) =>
    other !== null && only ? rows.filter(({ differs }) => differs) : rows;
  const heads = [one, ...(other === null ? [] : [other])];
  return (
    <>
      <div className={classes.choices}>
        {heads.map((shown) => (
          <About key={choiceKey(shown.choice)} known={known} shown={shown} />
        ))}
      </div>
      {other === null ? null : (
        <div className={classes.compare}>
          <label className={classes.only}>
            <input type="checkbox" checked={only} onChange={({ target }) => onOnly(target.checked)} />{' '}
            {t('policies/differences')}
          </label>
          <p role="status" data-testid="policy-differences">
            {count === 0 ? t('policies/same') : t('policies/count', { count })}
          </p>
        </div>
      )}
      <Rows title={t('policies/terms')} heads={heads} known={known} rows={wanted(terms)} />
      <Rows title={t('policies/checks')} heads={heads} known={known} rows={wanted(checks)} />
    </>
  );
}

function About({ known, shown: { choice, view } }: { readonly known: PoliciesView; readonly shown: Shown }) {
  const { t, language, failure } = useWords();
  const held = known.policies.find(({ id }) => id === choice.id);
  const refusal = choice.edition === 'chosen' ? (known.chosen?.refusal ?? null) : null;
  return (
    <div className={classes.about}>
      <p>
        <strong>{choiceName(choice, known, t)}</strong> · {t('policies/version', { version: view.version })}
        {choice.edition === 'in-force' && held !== undefined ? ` · ${fromWords(held, language, t)}` : null}
      </p>
      {choice.edition === 'in-force' && held !== undefined && held.ownVersion > held.version ? (
        <p>{t('policies/newer', { version: held.ownVersion })}</p>
      ) : null}
      {refusal === null ? null : <p>{t('policies/refusal', { because: failure(refusal).happened })}</p>}
      {view.gaps.length === 0 ? null : (
        <>
          <p>{t('policies/gaps')}</p>
          <ul className={classes.lines}>
            {view.gaps.map((gap) => (
              <li key={gap}>{gap}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

interface RowsProps {
  readonly title: string;
  readonly heads: readonly Shown[];
  readonly known: PoliciesView;
  readonly rows: readonly PolicyRow[];
}

function Rows({ title, heads, known, rows }: RowsProps) {
  const { t } = useWords();
  const id = useId();
  if (rows.length === 0) return null;
  const [one, other] = heads;
  const nameOf = (shown: Shown | undefined): string => (shown === undefined ? '' : choiceName(shown.choice, known, t));
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={classes.subtitle}>
        {title}
      </h2>
      <Table className={classes.table}>
        <caption className="only-heard">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('policies/about')}</th>
            <th scope="col">{other === undefined ? t('policies/says') : nameOf(one)}</th>
            {other === undefined ? null : <th scope="col">{nameOf(other)}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} data-differs={row.differs ? '' : undefined}>
              <th scope="row">{row.about}</th>
              <td>
                <Lines lines={row.one} />
              </td>
              {other === undefined ? null : (
                <td>
                  <Lines lines={row.other} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] | null }) {
  const { t } = useWords();
  if (lines === null) return t('policies/notSaid');
  return (
    <ul className={classes.lines}>
      {lines.map((line) => (
        <li key={line}>
          <bdi>{line}</bdi>
        </li>
      ))}
    </ul>
  );
}
