import type { CaseView, VerdictView } from '../../preload/contract.ts';
import { PortraitPicture } from '../face/portrait-picture.tsx';
import type { Portrait } from '../face/use-portrait.ts';
import { countryName } from '../parts/country-name.ts';
import { useWords } from '../parts/language.ts';
import { CheckList } from './check-list.tsx';
import { comparisonRows } from './comparison-view.ts';
import classes from './evidence.module.css';
import type { Offered } from './order-dialog.tsx';
import { OrderPanel } from './order-panel.tsx';
import { SecondEvidence } from './second-evidence.tsx';

interface EvidenceProps {
  readonly view: CaseView | null;
  /** Orders that the bank's systems handed over. */
  readonly offered: Offered;
  readonly portrait: Portrait;
  /** The verdict once the case is being decided; null before. */
  readonly judged: VerdictView | null;
}

/** What is known: the document, holder and document side by side, and every check as it lands. */
export function Evidence({ view, offered, portrait, judged }: EvidenceProps) {
  const { t } = useWords();
  const checks = (view?.checks ?? []).filter(({ code }) => judged !== null || code !== 'face.not-compared');
  const empty = view === null || (view.document === null && checks.length === 0 && view.holder === null);
  return (
    // Before there are checks nothing in it takes the focus, and a long name is longer than the screen: the keys must reach it.
    <aside className={classes.evidence} aria-label={t('evidence/label')} tabIndex={checks.length === 0 ? 0 : undefined}>
      {view === null ? null : <OrderPanel view={view} offered={offered} />}
      {empty ? <p className={classes.empty}>{t('evidence/empty')}</p> : null}
      {view === null || empty ? null : (
        <>
          <DocumentHead view={view} portrait={portrait} />
          <Comparison view={view} />
          {view.second === null ? null : <SecondEvidence second={view.second} />}
          {checks.length > 0 ? (
            <CheckList checks={checks} judged={judged} passedOver={view.verdict?.passedOver ?? []} />
          ) : null}
        </>
      )}
    </aside>
  );
}

function DocumentHead({ view, portrait }: { readonly view: CaseView; readonly portrait: Portrait }) {
  const { t, language } = useWords();
  const { document } = view;
  if (document === null) return null;
  const hasPassed = view.checks.some(({ id, result }) => id === 'document.expiry' && result === 'failed');
  return (
    <div className={classes.document}>
      {portrait.state === 'ready' ? (
        <figure className={classes.photo}>
          <PortraitPicture
            picture={portrait.picture}
            label={t(portrait.standing === 'verified' ? 'evidence/portrait' : `face/portrait/${portrait.standing}`)}
            className={classes.portrait}
          />
          {portrait.standing === 'verified' ? null : (
            <figcaption className={classes.doubt} aria-hidden="true">
              {t(`face/portrait/${portrait.standing}`)}
            </figcaption>
          )}
        </figure>
      ) : null}
      <dl className={classes.facts}>
        <dt className="only-heard">{t('evidence/inDocument')}</dt>
        <dd className={classes.documentType}>
          {t(`documentTypes/${document.type}`)}
          {view.specimen ? <span className={classes.specimen}>{t('evidence/specimen')}</span> : null}
        </dd>
        <dt>{t('evidence/number')}</dt>
        <dd className={classes.mono}>{document.number}</dd>
        <dt>{t('evidence/expiry')}</dt>
        <dd className={hasPassed ? classes.doubt : undefined}>
          {document.expiry ?? t('common/unknown')}
          {hasPassed ? ` · ${t('evidence/passed')}` : null}
        </dd>
        <dt>{t('evidence/issuer')}</dt>
        <dd>
          <bdi>{countryName(language, document.issuer)}</bdi>
        </dd>
      </dl>
    </div>
  );
}

function Comparison({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const rows = comparisonRows(view);
  if (rows.length === 0) return null;
  return (
    <table className={classes.comparison}>
      <caption className="only-heard">{t('evidence/compare')}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="only-heard">{t('evidence/field')}</span>
          </th>
          <th scope="col">{t('evidence/onFile')}</th>
          <th scope="col">{t('evidence/inDocument')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, onFile, inDocument, meeting }) => (
          <tr key={label} data-meeting={meeting}>
            <th scope="row">{t(label)}</th>
            <td>{onFile ?? '–'}</td>
            <td>
              {inDocument ?? '–'}
              {meeting === 'differs' || meeting === 'near' ? (
                <strong className={classes.meeting}>{t(`evidence/${meeting}`)}</strong>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
