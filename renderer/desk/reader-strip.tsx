import { BookOpen, Languages, LayoutPanelLeft, Nfc, TriangleAlert } from 'lucide-react';
import type { DeskState, Language } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import classes from './layout.module.css';
import type { StripView } from './reader-view.ts';

interface ReaderStripProps {
  readonly strip: StripView;
  readonly state: DeskState;
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
  readonly view: 'desk' | 'records';
  readonly onView: (view: 'desk' | 'records') => void;
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
        {state.reader === null ? null : <span className={classes.readerName}>{state.reader}</span>}
      </section>
      <Button
        kind="quiet"
        icon={view === 'desk' ? BookOpen : LayoutPanelLeft}
        onClick={() => onView(view === 'desk' ? 'records' : 'desk')}
      >
        {t(view === 'desk' ? 'app/pastCases' : 'app/desk')}
      </Button>
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
