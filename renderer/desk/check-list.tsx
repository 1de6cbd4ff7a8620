import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { remarksOf } from '../../main/result/check.ts';
import type { CheckView, VerdictView } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import { type Mark, ResultMark } from '../parts/result-mark.tsx';
import { arrangeChecks, markOf } from './check-view.ts';
import classes from './evidence.module.css';
import { evidenceLines } from './evidence-lines.ts';

interface CheckListProps {
  readonly checks: readonly CheckView[];
  readonly judged: VerdictView | null;
  readonly passedOver: VerdictView['passedOver'];
}

/** What did not plainly pass as a line each, with shape and word, and how many passed; on demand its reason and what it rests on. */
export function CheckList({ checks, judged, passedOver }: CheckListProps) {
  const { t } = useWords();
  const { groups, passed, notMade } = arrangeChecks(checks);
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
      <Folded
        mark="successful"
        words={t('evidence/passedChecks', { count: passed.length })}
        members={passed}
        line={line}
      />
      <Folded mark="untold" words={t('evidence/notMade', { count: notMade.length })} members={notMade} line={line} />
    </section>
  );
}

interface FoldedProps {
  readonly mark: Mark;
  readonly words: string;
  readonly members: readonly CheckView[];
  readonly line: (check: CheckView) => ReactNode;
}

/** Checks that need no look, in one line until somebody looks all the same. */
function Folded({ mark, words, members, line }: FoldedProps) {
  if (members.length === 0) return null;
  return (
    <details className={classes.notMade} data-testid={`folded-${mark}`}>
      <summary className={classes.check}>
        <ResultMark mark={mark} />
        <span className={classes.checkName}>{words}</span>
        <ChevronRight className={classes.turn} aria-hidden="true" />
      </summary>
      <div className={classes.nested}>{members.map(line)}</div>
    </details>
  );
}

interface CheckLineProps {
  readonly check: CheckView;
  readonly judged: VerdictView | null;
  readonly passedOver: boolean;
}

function CheckLine({ check, judged, passedOver }: CheckLineProps) {
  const words = useWords();
  const { t, failure } = words;
  const mark = markOf(check, judged);
  const rests = evidenceLines(check.detail, words);
  return (
    <details
      className={classes.line}
      open={mark === 'failed'}
      data-testid={`check-${check.id}`}
      data-result={check.result}
    >
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
            {rests.map(({ label, value, technical, whole }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of one check, which stay in their order
              <div key={index}>
                <dt>{label}</dt>
                <dd className={technical ? classes.technical : undefined} title={whole ?? undefined}>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </details>
  );
}
