import { ChevronRight } from 'lucide-react';
import { remarksOf } from '../../main/result/check.ts';
import type { CheckView, VerdictView } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import { arrangeChecks, evidenceLines, markOf } from './check-view.ts';
import classes from './evidence.module.css';

interface CheckListProps {
  readonly checks: readonly CheckView[];
  readonly judged: VerdictView | null;
  readonly passedOver: VerdictView['passedOver'];
}

/** Every check as a line with shape and word; on demand its reason and what it rests on. */
export function CheckList({ checks, judged, passedOver }: CheckListProps) {
  const { t } = useWords();
  const { groups, notMade } = arrangeChecks(checks);
  const line = (check: CheckView) => (
    <CheckLine key={check.id} check={check} judged={judged} passedOver={passedOver.includes(check.id)} />
  );
  return (
    <section className={classes.checks} aria-label={t('evidence/checks')}>
      {groups.map(({ group, checks: members }) => (
        <div key={group}>
          <h2 className={classes.group}>{t(`groups/${group}`)}</h2>
          {members.map(line)}
        </div>
      ))}
      {notMade.length === 0 ? null : (
        <details className={classes.notMade}>
          <summary className={classes.check}>
            <ResultMark mark="untold" />
            <span className={classes.checkName}>{t('evidence/notMade', { count: notMade.length })}</span>
            <ChevronRight className={classes.turn} aria-hidden="true" />
          </summary>
          <div className={classes.nested}>{notMade.map(line)}</div>
        </details>
      )}
    </section>
  );
}

interface CheckLineProps {
  readonly check: CheckView;
  readonly judged: VerdictView | null;
  readonly passedOver: boolean;
}

function CheckLine({ check, judged, passedOver }: CheckLineProps) {
  const { t, failure } = useWords();
  const mark = markOf(check, judged);
  const rests = evidenceLines(check.detail);
  return (
    <details className={classes.line} data-testid={`check-${check.id}`} data-result={check.result}>
      <summary className={classes.check}>
        <ResultMark mark={mark} />
        <span className={classes.checkName}>{t(`checks/${check.id}/name`)}</span>
        <span className={classes.checkWord} data-mark={mark}>
          {t(mark === 'untold' ? `results/${check.result}` : `marks/${mark}`)}
        </span>
        <ChevronRight className={classes.turn} aria-hidden="true" />
      </summary>
      <div className={classes.more}>
        <p>{t(`checks/${check.id}/${check.result}`)}</p>
        {check.code === null ? null : (
          <p>
            {failure(check.code).happened} {failure(check.code).staff}
          </p>
        )}
        {remarksOf(check)
          .filter((remark) => remark !== check.code)
          .map((remark) => (
            <p key={remark}>{failure(remark).happened}</p>
          ))}
        {passedOver ? <p>{t('evidence/passedOver')}.</p> : null}
        {rests.length === 0 ? null : (
          <dl className={classes.rests} aria-label={t('evidence/restsOn')}>
            {rests.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </details>
  );
}
