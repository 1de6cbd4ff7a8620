import { BookOpen, Languages, LayoutPanelLeft, Nfc, ShieldCheck, TriangleAlert } from 'lucide-react';
import type { DeskState, Language } from '../../preload/contract.ts';
import type { Texts } from '../../resources/texts/texts.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import classes from './layout.module.css';
import type { StripView } from './reader-view.ts';

/** What the window shows: the desk, or one of the office's pages. */
export type View = 'desk' | 'records' | 'trust';

interface ReaderStripProps {
  readonly strip: StripView;
  readonly state: DeskState;
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
  readonly view: View;
  readonly onView: (view: View) => void;
}

/** Always there: the reader, the chip, the step, bytes and seconds; at its end what is not part of a case. */
export function ReaderStrip({ strip, state, language, onLanguage, view, onView }: ReaderStripProps) {
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
        {state.reader === null ? null : <span className={classes.readerName}>{readerName(state, t)}</span>}
      </section>
      {view === 'desk' ? null : (
        <Button kind="quiet" icon={LayoutPanelLeft} onClick={() => onView('desk')}>
          {t('app/desk')}
        </Button>
      )}
      {view === 'records' ? null : (
        <Button kind="quiet" icon={BookOpen} onClick={() => onView('records')}>
          {t('app/pastCases')}
        </Button>
      )}
      {view === 'trust' ? null : (
        <Button kind="quiet" icon={ShieldCheck} shortcut="F8" onClick={() => onView('trust')}>
          {t('app/trust')}
        </Button>
      )}
      <label className={classes.language}>
        <Languages className={classes.stripSign} aria-hidden="true" />
        <span className="only-heard">{t('app/language')}</span>
        <select
          className={classes.select}
          value={language}
          onChange={(event) => onLanguage(event.target.value === 'en' ? 'en' : 'sv')}
        >
          <option value="sv" lang="sv">
            {t('app/swedish')}
          </option>
          <option value="en" lang="en">
            {t('app/english')}
          </option>
        </select>
      </label>
    </header>
  );
}

function readerName({ reader, readers }: DeskState, t: Texts): string | null {
  const kind = readers.find(({ name }) => name === reader)?.kind;
  return kind === 'training' ? t('training/readerName') : reader;
}
