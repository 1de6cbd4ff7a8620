import { FolderOpen, RefreshCw, Undo2 } from 'lucide-react';
import { useId, useState } from 'react';
import type { Answer, TrustWorkView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { useAsking } from '../parts/use-asking.ts';
import { LastUpdate } from './last-update.tsx';
import { ListsOutcome } from './lists-outcome.tsx';
import { Places } from './places.tsx';
import type { TrustRights } from './trust-rights.ts';
import { importWords, restorable, workWords } from './update-view.ts';
import classes from './upkeep.module.css';
import { WorkProgress } from './work-progress.tsx';

interface UpkeepProps {
  readonly sources: Answer<'trust.sources'>;
  /** What is done to the lists now. */
  readonly work: TrustWorkView | null;
  readonly rights: TrustRights;
  /** Whether taking files in is what Enter does here: no list is here yet. */
  readonly first?: boolean;
  /** Something may have changed. */
  readonly onChanged: () => void;
}

/** Keeping the lists fresh: how the last update ended, updating now, taking files in, and taking the last change back. */
export function Upkeep({ sources, work, rights, first = false, onChanged }: UpkeepProps) {
  const words = useWords();
  const { t } = words;
  const { ask, failure, fields, busy } = useAsking();
  // A cancellation answers while the work that it ends is still asked for.
  const cancelling = useAsking();
  const [report, setReport] = useState<readonly string[]>([]);
  const [restoring, setRestoring] = useState(false);
  const waiting = useId();
  const change = restorable(sources.updates);
  const notNow = busy || work !== null ? waiting : undefined;
  const update = async () => {
    setReport([]);
    const answer = await ask('trust.update');
    if (answer !== null) setReport([t(`trust/upkeep/${answer.value.outcome}`)]);
    onChanged();
  };
  const importFiles = async () => {
    setReport([]);
    const answer = await ask('trust.import');
    if (answer?.value) setReport(importWords(answer.value, t));
    onChanged();
  };
  const restore = async () => {
    setReport([]);
    setRestoring(true);
    const answer = await ask('trust.restore');
    setRestoring(false);
    if (answer !== null) setReport([t('trust/upkeep/restored')]);
    onChanged();
  };
  return (
    <section className={classes.upkeep} aria-label={t('trust/upkeep/title')}>
      <h2 className={classes.title}>{t('trust/upkeep/title')}</h2>
      <LastUpdate last={sources.last} places={sources.places} />
      {work === null ? null : (
        <WorkProgress work={work} onCancel={rights.mayUpdate ? () => void cancelling.ask('trust.cancel') : null} />
      )}
      <div className={classes.actions}>
        {rights.mayChange ? (
          <Button kind={first ? 'main' : 'plain'} icon={FolderOpen} notNow={notNow} onClick={() => void importFiles()}>
            {t('trust/upkeep/import')}
          </Button>
        ) : null}
        {sources.places === null || !rights.mayUpdate ? null : (
          <Button icon={RefreshCw} notNow={notNow} onClick={() => void update()}>
            {t('trust/upkeep/update')}
          </Button>
        )}
        {change === null || !rights.mayChange ? null : (
          <Button icon={Undo2} notNow={notNow} onClick={() => void restore()}>
            {t('trust/upkeep/restore')}
          </Button>
        )}
      </div>
      <p id={waiting} className="only-heard" role="status">
        {work === null ? '' : workWords(work, t)}
      </p>
      <p role="status">{restoring ? t('confirm/waits') : ''}</p>
      <ListsOutcome report={report} testId="trust-report" failure={failure} fields={fields} />
      {rights.mayChange ? <Places notNow={notNow} onChanged={onChanged} /> : null}
    </section>
  );
}
