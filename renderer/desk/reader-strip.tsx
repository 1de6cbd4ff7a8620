import {
  BookOpen,
  Building2,
  CloudUpload,
  LayoutPanelLeft,
  LogOut,
  Nfc,
  ShieldCheck,
  TriangleAlert,
  Users,
} from 'lucide-react';
import type { DeskState, Language } from '../../preload/contract.ts';
import { type OfficePage, pagesFor } from '../office/office-pages.ts';
import { Button } from '../parts/button.tsx';
import { dayAndTime } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { LanguagePicker } from './language-picker.tsx';
import classes from './layout.module.css';
import type { StripView } from './reader-view.ts';

/** What the window shows: the desk, or one of the office's pages. */
export type View = 'desk' | 'queue' | OfficePage;

interface ReaderStripProps {
  readonly strip: StripView;
  readonly state: DeskState;
  readonly language: Language;
  readonly onLanguage: (language: Language) => Promise<void>;
  readonly view: View;
  readonly onView: (view: View) => void;
  /** Sets the reader, or (null) leaves it to the desk. */
  readonly onReader: (name: string | null) => void;
  readonly onSignOut: () => void;
}

/** Always there: the reader, the chip, the step, bytes and seconds; at its end what is not part of a case. */
export function ReaderStrip(props: ReaderStripProps) {
  const { strip, state, language, onLanguage, view, onView, onReader, onSignOut } = props;
  const { needed, operator } = state.session;
  const isAway = needed && operator === null;
  const { t, failure } = useWords();
  const Sign = strip.tone === 'attention' || strip.tone === 'trouble' ? TriangleAlert : Nfc;
  const advice = strip.code !== null && strip.tone === 'trouble' ? failure(strip.code).staff : null;
  return (
    <header className={classes.strip} data-tone={strip.tone}>
      <section className={classes.reader} aria-label={t('reader/label')} data-testid="reader-strip">
        <Sign className={classes.stripSign} aria-hidden="true" />
        <p className={classes.stripWords}>
          <strong>{strip.words}</strong>
          {advice === null ? null : <span className={classes.stripAdvice}>{advice}</span>}
          {strip.progress === null ? null : <span className={classes.stripProgress}>{strip.progress}</span>}
        </p>
        <Delivery delivery={state.delivery} language={language} />
        <ReaderName state={state} onReader={onReader} />
      </section>
      {isAway || view === 'desk' ? null : (
        <Button kind="quiet" icon={LayoutPanelLeft} onClick={() => onView('desk')}>
          {t('app/desk')}
        </Button>
      )}
      {isAway || view === 'queue' || state.referrals === null || operator?.takesCases === false ? null : (
        <Button kind="quiet" icon={Users} shortcut="F7" onClick={() => onView('queue')}>
          {t('queue/button', { count: state.referrals })}
        </Button>
      )}
      {/* In the office its own row leads from page to page. */}
      {isAway || (view !== 'desk' && view !== 'queue') ? null : (
        <>
          {pagesFor(operator?.role ?? null).includes('records') && operator?.role !== 'administrator' ? (
            <Button kind="quiet" icon={BookOpen} onClick={() => onView('records')}>
              {t('app/pastCases')}
            </Button>
          ) : null}
          <Button kind="quiet" icon={ShieldCheck} shortcut="F8" onClick={() => onView('trust')}>
            {t('app/trust')}
          </Button>
          <Button kind="quiet" icon={Building2} onClick={() => onView('condition')}>
            {t('office/title')}
          </Button>
        </>
      )}
      {operator === null ? null : (
        <Button kind="quiet" icon={LogOut} onClick={onSignOut}>
          {t('session/signOut', { sign: operator.sign })}
        </Button>
      )}
      <LanguagePicker onLanguage={onLanguage} />
    </header>
  );
}

/** How far the delivery to headquarters is; nobody at the desk waits for it. Nothing where no headquarters is set. */
function Delivery({ delivery, language }: Pick<DeskState, 'delivery'> & { readonly language: Language }) {
  const { t, failure } = useWords();
  if (delivery === null) return null;
  const { waiting, since, pull, parcels } = delivery;
  // What cannot be delivered waits here; what cannot be fetched lets the station judge by what is old. The first that fails is told.
  const code = delivery.code ?? pull.code ?? parcels.code;
  const late = waiting > 0 && delivery.code !== null && since !== null;
  const words = late
    ? t('delivery/waitingSince', { count: waiting, since: dayAndTime(language, since) })
    : t(waiting > 0 ? 'delivery/waiting' : 'delivery/done', { count: waiting });
  const title = code === null ? t('delivery/label') : failure(code).happened;
  const taken = pull.newest === null ? null : t('delivery/taken', { when: dayAndTime(language, pull.newest) });
  return (
    <span
      className={classes.delivery}
      title={[
        parcels.code === null ? null : t('delivery/parcels'),
        title,
        ...pull.refused.map((kind) => t(`delivery/refused-${kind}`)),
        taken,
      ]
        .filter((each) => each !== null)
        .join(' ')}
      data-late={code !== null}
      data-testid="delivery"
    >
      <CloudUpload className={classes.stripSign} aria-hidden="true" />
      <span className="only-heard">{title}</span>
      {words}
    </span>
  );
}

/** The reader's name; where there are several, the choice of one. */
function ReaderName({ state, onReader }: Pick<ReaderStripProps, 'state' | 'onReader'>) {
  const { t } = useWords();
  const { reader, readerSet, readers } = state;
  const named = (name: string): string =>
    readers.some((each) => each.name === name && each.kind === 'training') ? t('training/readerName') : name;
  if (readers.length < 2 && readerSet === null) {
    return reader === null ? null : <span className={classes.readerName}>{named(reader)}</span>;
  }
  const names = readers.map(({ name }) => name);
  return (
    <label className={classes.readerName}>
      <span className="only-heard">{t('reader/choose')}</span>
      <select
        className={classes.select}
        value={readerSet ?? ''}
        disabled={state.case?.reading.state === 'reading'}
        onChange={(event) => onReader(event.target.value === '' ? null : event.target.value)}
      >
        <option value="">{t('reader/automatic')}</option>
        {(readerSet === null || names.includes(readerSet) ? names : [readerSet, ...names]).map((name) => (
          <option key={name} value={name}>
            {named(name)}
          </option>
        ))}
      </select>
    </label>
  );
}
