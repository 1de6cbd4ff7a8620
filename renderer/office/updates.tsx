import type { TrustUpdateView } from '../../preload/contract.ts';
import { dayAndTime, dayInWords } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import classes from './trust.module.css';
import { nameInShort } from './trust-view.ts';
import { reasonWords, remarkCountry, remarkGroups, updateCounts, updateKind } from './update-view.ts';

/** What the last update changed and refused; earlier ones on demand. */
export function Updates({ updates }: { readonly updates: readonly TrustUpdateView[] }) {
  const { t } = useWords();
  const [last, ...earlier] = updates;
  return (
    <section className={classes.part}>
      <h2 className={classes.subtitle}>{t('trust/update')}</h2>
      {last === undefined ? <p>{t('trust/noUpdates')}</p> : <Update update={last} />}
      {earlier.length === 0 ? null : (
        <details>
          <summary className={classes.summary}>{t('trust/earlier')}</summary>
          {earlier.map((update) => (
            <Update key={update.at} update={update} />
          ))}
        </details>
      )}
    </section>
  );
}

function Update({ update }: { readonly update: TrustUpdateView }) {
  const { t, language } = useWords();
  const { at, kind, signer, date } = update;
  const head = [
    updateKind(kind, t),
    signer === null ? null : t('trust/signedBy', { signer: nameInShort(signer) }),
    date === null ? null : t('trust/dated', { date: dayInWords(language, date) }),
    update.undone ? t('trust/undone') : null,
  ];
  return (
    <div className={classes.update}>
      <p>
        <strong>{dayAndTime(language, at)}</strong> {head.filter((part) => part !== null).join(' · ')}
      </p>
      <ul className={classes.counts}>
        {updateCounts(update, t).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <Changed update={update} change="removed" />
      <Changed update={update} change="added" />
      <Remarks update={update} />
    </div>
  );
}

interface ChangedProps {
  readonly update: TrustUpdateView;
  readonly change: 'added' | 'removed';
}

function Changed({ update, change }: ChangedProps) {
  const { t, language } = useWords();
  const changed = update.changed.filter((each) => each.change === change);
  if (changed.length === 0) return null;
  return (
    <details>
      <summary className={classes.summary}>{t(`trust/${change}`)}</summary>
      <ul className={classes.refused}>
        {changed.map((each) => (
          <li key={each.fingerprint}>
            <strong>{remarkCountry(each, language, t)}</strong> {nameInShort(each.subject)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Remarks({ update }: { readonly update: TrustUpdateView }) {
  const { t, language, failure } = useWords();
  const { remarks, remarkCount } = update;
  if (remarks.length === 0) return <p className={classes.help}>{t('trust/noneRefused')}</p>;
  return (
    <div className={classes.remarks}>
      <h3 className={classes.small}>{t('trust/refused')}</h3>
      {remarkGroups(remarks, language, t).map((group) => (
        <details key={group.code}>
          <summary className={classes.summary}>
            {group.remarks.length} · {reasonWords(group.code, t, (code) => failure(code).happened)}
          </summary>
          <ul className={classes.refused}>
            {group.remarks.map((remark) => (
              <li key={remark.fingerprint}>
                <strong>{remarkCountry(remark, language, t)}</strong> {nameInShort(remark.subject)}
              </li>
            ))}
          </ul>
        </details>
      ))}
      {remarkCount > remarks.length ? <p>{t('trust/moreRefused', { count: remarkCount - remarks.length })}</p> : null}
    </div>
  );
}
