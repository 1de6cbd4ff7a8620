import { UserPlus } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer, OperatorRow } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { dayAndTime } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { NewOperator } from './new-operator.tsx';
import { OperatorActs } from './operator-acts.tsx';
import classes from './operators.module.css';
import { type AskChange, confirmingWords, mayChange, standingWords, trainedWords } from './operators-view.ts';

interface OperatorsProps {
  /** The role of whoever looks; null where nobody signs in. */
  readonly role: OperatorRow['role'] | null;
}

/** Everybody who signs in here: who they are, until when they count as trained, and what can be changed. */
export function Operators({ role }: OperatorsProps) {
  const { t, language } = useWords();
  const { ask, failure, busy } = useAsking();
  const [seen, setSeen] = useState<Answer<'operators.list'> | null>(null);
  const [changing, setChanging] = useState<string | null>(null);
  const [said, setSaid] = useState<'waits' | 'done' | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  // The form is below everybody who is there already, on a small screen out of sight.
  const somebodyNew = useRef<HTMLDivElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const refresh = useCallback(() => {
    void ask('operators.list').then((answer) => {
      if (answer !== null) setSeen(answer.value);
    });
  }, [ask]);
  useEffect(refresh, [refresh]);
  const change: AskChange = async (method, ...args) => {
    setSaid('waits');
    const done = (await ask(method, ...args)) !== null;
    setSaid(done ? 'done' : null);
    if (!done) return false;
    setChanging(null);
    // Where it was the first operator, the page waits for a sign-in from now on.
    const now = await ask('operators.list');
    if (now !== null) setSeen(now.value);
    return true;
  };
  const mayAdd = seen !== null && seen.state !== 'touched' && (role === null || role === 'administrator');
  const changed = seen?.operators.find(({ sign }) => sign === changing) ?? null;
  return (
    <main className={classes.page}>
      <header className={classes.head}>
        <h1 ref={heading} tabIndex={-1} className={classes.title}>
          {t('operators/title')}
        </h1>
        <p className={classes.help}>
          {t('operators/help')} {seen === null ? null : confirmingWords(seen.operators, t)}
        </p>
        {mayAdd && seen.operators.length > 0 ? (
          <div>
            <Button icon={UserPlus} onClick={() => somebodyNew.current?.querySelector('input')?.focus()}>
              {t('operators/toNew')}
            </Button>
          </div>
        ) : null}
      </header>
      {failure === null ? null : <FailureNotice code={failure} customer={false} />}
      <p role="status">{said === 'waits' ? t('confirm/waits') : said === 'done' ? t('operators/done') : ''}</p>
      {seen === null || seen.state === 'present' ? null : <p>{t(`operators/${seen.state}`)}</p>}
      {seen?.namedAnew.map(({ at, names }) => (
        <p key={at} role="alert">
          {t('operators/namedAnew', { when: dayAndTime(language, at), names: names.join(', ') })}
        </p>
      ))}
      {seen === null || seen.operators.length === 0 ? null : (
        <OperatorTable rows={seen.operators} role={role} onChange={setChanging} />
      )}
      {changed === null || changed.removed ? null : (
        <OperatorActs key={changed.sign} operator={changed} role={role} busy={busy} onAsk={change} />
      )}
      {mayAdd ? (
        <div ref={somebodyNew}>
          <NewOperator first={seen.state !== 'present'} busy={busy} onAsk={change} />
        </div>
      ) : null}
    </main>
  );
}

interface TableProps {
  readonly rows: readonly OperatorRow[];
  readonly role: OperatorsProps['role'];
  readonly onChange: (sign: string) => void;
}

function OperatorTable({ rows, role, onChange }: TableProps) {
  const { t } = useWords();
  return (
    <Table className={classes.table}>
      <caption className="only-heard">{t('operators/title')}</caption>
      <thead>
        <tr>
          {(['sign', 'name', 'role', 'until', 'standing'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`operators/columns/${column}`)}
            </th>
          ))}
          <th scope="col">
            <span className="only-heard">{t('operators/change', { sign: '' })}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.sign}>
            <td>
              <bdi>{row.sign}</bdi>
            </td>
            <td>
              <bdi>{row.name}</bdi>
            </td>
            <td>{t(`operators/roles/${row.role}`)}</td>
            <td>{trainedWords(row, t)}</td>
            <td>{standingWords(row, t)}</td>
            <td>
              {row.removed || !mayChange(role) ? null : (
                <Button onClick={() => onChange(row.sign)}>{t('operators/change', { sign: row.sign })}</Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
