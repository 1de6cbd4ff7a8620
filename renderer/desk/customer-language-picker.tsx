import { isQuoteLanguage, quoteLanguageNames, quoteLanguages } from '../../resources/quotes/quotes.ts';
import type { CustomerLanguage } from '../parts/customer-language.ts';
import { useWords } from '../parts/language.ts';
import classes from './layout.module.css';

interface PickerProps {
  readonly chosen: CustomerLanguage;
  readonly onChoose: (language: CustomerLanguage) => void;
}

/** In which language the customer is spoken to: only the quotes change, and only for this customer. */
export function CustomerLanguagePicker({ chosen, onChoose }: PickerProps) {
  const { t, language } = useWords();
  const other = language === 'sv' ? 'en' : 'sv';
  return (
    <label className={classes.customerLanguage}>
      <span>{t('rail/customerLanguage')}</span>
      <select
        className={classes.select}
        value={chosen ?? ''}
        onChange={({ target: { value } }) => onChoose(value === other || isQuoteLanguage(value) ? value : null)}
      >
        <option value="">{t('rail/sameLanguage')}</option>
        <option value={other} lang={other}>
          {t(other === 'sv' ? 'app/swedish' : 'app/english')}
        </option>
        {quoteLanguages.map((each) => (
          <option key={each} value={each}>
            {t('rail/draftLanguage', { name: quoteLanguageNames[each].name })}
          </option>
        ))}
      </select>
    </label>
  );
}
