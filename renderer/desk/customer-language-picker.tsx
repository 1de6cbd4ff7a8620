import { useRef, useState } from 'react';
import { isQuoteLanguage, quoteLanguageFacts, quoteLanguages } from '../../resources/quotes/quotes.ts';
import { isLanguage, type Language, languageFacts, languages } from '../../resources/texts/languages.ts';
import { type CustomerLanguage, loadCustomerLanguage } from '../parts/customer-language.ts';
import { useWords } from '../parts/language.ts';
import classes from './layout.module.css';

interface PickerProps {
  readonly chosen: CustomerLanguage;
  readonly onChoose: (language: CustomerLanguage) => void;
}

/** What there is for customers beside the teller's own language: the interface's other languages, then those of quotes alone. */
export function customerLanguages(
  own: Language,
): readonly { readonly id: string; readonly name: string; readonly draft: boolean }[] {
  return [
    ...languages.filter((each) => each !== own).map((id) => ({ id, ...languageFacts[id] })),
    ...quoteLanguages.map((id) => ({ id, name: quoteLanguageFacts[id].name, draft: true })),
  ].map(({ id, name, draft }) => ({ id, name, draft }));
}

/** In which language the customer is spoken to: only the quotes change, and only for this customer, once its words are there. */
export function CustomerLanguagePicker({ chosen, onChoose }: PickerProps) {
  const { t, language, failure } = useWords();
  const [coming, setComing] = useState<CustomerLanguage>(null);
  const [missing, setMissing] = useState(false);
  const newest = useRef<CustomerLanguage>(null);
  const choose = async (value: string) => {
    const wanted = isLanguage(value) || isQuoteLanguage(value) ? value : null;
    newest.current = wanted;
    setComing(wanted);
    const there = await loadCustomerLanguage(wanted);
    // Another choice in the meantime counts.
    if (newest.current !== wanted) return;
    setComing(null);
    setMissing(!there);
    if (there) onChoose(wanted);
  };
  const shown = coming ?? chosen;
  return (
    <label className={classes.customerLanguage} aria-busy={coming !== null}>
      <span>{t('rail/customerLanguage')}</span>
      <select
        className={classes.select}
        value={shown === null || shown === language ? '' : shown}
        onChange={({ target: { value } }) => void choose(value)}
      >
        <option value="">{t('rail/sameLanguage')}</option>
        {customerLanguages(language).map(({ id, name, draft }) => (
          <option key={id} value={id} lang={id}>
            {draft ? t('rail/draftLanguage', { name }) : name}
          </option>
        ))}
      </select>
      {missing ? <span role="alert">{failure('internal.unexpected').happened}</span> : null}
    </label>
  );
}
