import type { CaseView } from '../../preload/contract.ts';
import { countryName } from '../parts/country-name.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import classes from './question.module.css';

interface NewsProps {
  readonly view: CaseView;
}

/**
 * What the page alone says against the document, before its chip is read: it has expired, is another person's, or is not taken for
 * this visit. The chip decides all the same, and nothing is closed by it. What to tell the customer is said once.
 */
export function BeforeNews({ view }: NewsProps) {
  return view.before.map((code, index) => <FailureNotice key={code} code={code} customer={index === 0} />);
}

/** The document in the hand, as its lines tell it: staff see at once that it is this one. Nothing of it is proved yet. */
export function PrintedDocument({ view }: NewsProps) {
  const { t, language } = useWords();
  const { printed } = view;
  if (printed === null || view.document !== null) return null;
  const { givenNames, surname } = printed.holder;
  return (
    <p className={classes.printed} data-testid="printed-document">
      {t('holder/inHand', { kind: t(`documentTypes/${printed.type}`), country: countryName(language, printed.issuer) })}{' '}
      <bdi>{[givenNames, surname].filter((name) => name !== '').join(' ')}</bdi>
    </p>
  );
}
