import { Languages } from 'lucide-react';
import { useState } from 'react';
import { isLanguage, type Language, languageFacts, languages } from '../../resources/texts/languages.ts';
import { useWords } from '../parts/language.ts';
import classes from './layout.module.css';

interface LanguagePickerProps {
  /** Resolves when the page speaks it, or cannot. */
  readonly onLanguage: (language: Language) => Promise<void>;
}

/** The language of the page. The choice shows what is coming; the page keeps the words that it has until those are there. */
export function LanguagePicker({ onLanguage }: LanguagePickerProps) {
  const { t, language } = useWords();
  const [coming, setComing] = useState<Language | null>(null);
  const choose = async (value: string) => {
    if (!isLanguage(value)) return;
    setComing(value);
    await onLanguage(value);
    setComing((now) => (now === value ? null : now));
  };
  return (
    <label className={classes.language} aria-busy={coming !== null}>
      <Languages className={classes.stripSign} aria-hidden="true" />
      <span className="only-heard">{t('app/language')}</span>
      <select
        className={classes.select}
        value={coming ?? language}
        onChange={({ target: { value } }) => void choose(value)}
      >
        {languages.map((each) => (
          <option key={each} value={each} lang={each}>
            {languageFacts[each].draft
              ? t('rail/draftLanguage', { name: languageFacts[each].name })
              : languageFacts[each].name}
          </option>
        ))}
      </select>
    </label>
  );
}
