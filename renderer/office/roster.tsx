import { FolderOpen } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { RosterFileView, RosterReportView, RosterWorkView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './roster.module.css';
import { RosterColumns } from './roster-columns.tsx';
import { RosterProgress } from './roster-progress.tsx';
import { columnsByName, mappingOf, noteWords, type RosterField, reportWords } from './roster-view.ts';
import trustClasses from './trust.module.css';
import upkeepClasses from './upkeep.module.css';

interface RosterProps {
  /** What is done to the register now. */
  readonly work: RosterWorkView | null;
}

/** The bank's customers from a file: which file, what its columns hold, a trial, and taking it in. */
export function Roster({ work }: RosterProps) {
  const { t } = useWords();
  const { ask, failure, fields, busy } = useAsking();
  // A cancellation answers while the import that it ends is still asked for.
  const cancelling = useAsking();
  const [file, setFile] = useState<RosterFileView | null>(null);
  const [chosen, setChosen] = useState<ReadonlyMap<RosterField, string>>(new Map());
  const [leaveOut, setLeaveOut] = useState(false);
  const [writeLeftOut, setWriteLeftOut] = useState(true);
  const [report, setReport] = useState<RosterReportView | null>(null);
  const waiting = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const notNow = busy || work !== null ? waiting : undefined;
  const choose = async () => {
    const answer = await ask('roster.choose');
    if (answer === null || answer.value === null) return;
    setReport(null);
    setFile(answer.value);
    setChosen(columnsByName(answer.value));
  };
  const run = async (method: 'try' | 'import', mapping: { field: string; column: string }[]) => {
    setReport(null);
    const answer =
      method === 'try'
        ? await ask('roster.try', mapping)
        : await ask('roster.import', { mapping, leaveOut, writeLeftOut });
    setReport(answer?.value ?? null);
  };
  return (
    <main className={trustClasses.trust}>
      <header className={trustClasses.intro}>
        <h1 ref={heading} tabIndex={-1} className={trustClasses.title}>
          {t('roster/title')}
        </h1>
        <p className={trustClasses.help}>{t('roster/help')}</p>
      </header>
      <section className={classes.part} aria-label={t('roster/title')}>
        <div className={upkeepClasses.actions}>
          <Button
            icon={FolderOpen}
            kind={file === null ? 'main' : 'plain'}
            notNow={notNow}
            onClick={() => void choose()}
          >
            {t('roster/choose')}
          </Button>
        </div>
        {file === null ? null : <p className={classes.name}>{t('roster/chosen', { name: file.name })}</p>}
        {work === null ? null : <RosterProgress work={work} onCancel={() => void cancelling.ask('roster.cancel')} />}
        <p id={waiting} className="only-heard" role="status">
          {work === null ? '' : t(`roster/${work.stage}`)}
        </p>
        <div role="status" data-testid="roster-report">
          {report === null ? null : <Report report={report} />}
        </div>
        {failure === null ? null : (
          <>
            <FailureNotice code={failure} customer={false} />
            {typeof fields.line === 'number' && typeof fields.reason === 'string' ? (
              <p>{t('roster/atFault', { line: fields.line, note: noteWords(fields.reason, t) })}</p>
            ) : null}
          </>
        )}
        {file === null || work !== null ? null : (
          <>
            <h2 className={trustClasses.subtitle}>{t('roster/columns')}</h2>
            <p className={trustClasses.help}>{t('roster/columnsHelp')}</p>
            <RosterColumns file={file} chosen={chosen} onChange={setChosen} />
            <LeavingOut
              leaveOut={leaveOut}
              writeLeftOut={writeLeftOut}
              onLeaveOut={setLeaveOut}
              onWriteLeftOut={setWriteLeftOut}
            />
            <div className={upkeepClasses.actions}>
              <Button notNow={notNow} onClick={() => void run('try', mappingOf(file, chosen))}>
                {t('roster/try')}
              </Button>
              <Button kind="main" notNow={notNow} onClick={() => void run('import', mappingOf(file, chosen))}>
                {t('roster/take')}
              </Button>
            </div>
          </>
        )}
      </section>
    </main>
  );
}

interface LeavingOutProps {
  readonly leaveOut: boolean;
  readonly writeLeftOut: boolean;
  readonly onLeaveOut: (leaveOut: boolean) => void;
  readonly onWriteLeftOut: (writeLeftOut: boolean) => void;
}

/** All rows or none, unless somebody wants the good ones; those that are left out are written down where they say so. */
function LeavingOut({ leaveOut, writeLeftOut, onLeaveOut, onWriteLeftOut }: LeavingOutProps) {
  const { t } = useWords();
  const help = useId();
  return (
    <div className={classes.options}>
      <label className={classes.option}>
        <input type="checkbox" checked={leaveOut} onChange={(event) => onLeaveOut(event.target.checked)} />
        <span>{t('roster/leaveOut')}</span>
      </label>
      {leaveOut ? (
        <div className={classes.indented}>
          <label className={classes.option}>
            <input
              type="checkbox"
              aria-describedby={help}
              checked={writeLeftOut}
              onChange={(event) => onWriteLeftOut(event.target.checked)}
            />
            <span>{t('roster/writeLeftOut')}</span>
          </label>
          <p id={help} className={upkeepClasses.small}>
            {t('roster/writeLeftOutHelp')}
          </p>
        </div>
      ) : null}
    </div>
  );
}

function Report({ report }: { readonly report: RosterReportView }) {
  const words = useWords();
  const { t } = words;
  return (
    <div className={upkeepClasses.report}>
      <p className={classes.name}>{t(report.taken ? 'roster/taken' : 'roster/tried')}</p>
      <ul className={classes.lines}>
        {reportWords(report, words).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
