import type { OperatorRow } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import classes from './office-nav.module.css';
import { type OfficePage, pagesFor } from './office-pages.ts';

interface OfficeNavProps {
  readonly page: OfficePage;
  /** The role of whoever is there; null where nobody signs in. */
  readonly role: OperatorRow['role'] | null;
  readonly onPage: (page: OfficePage) => void;
}

/** The office's pages, by role. */
export function OfficeNav({ page, role, onPage }: OfficeNavProps) {
  const { t } = useWords();
  return (
    <nav className={classes.nav} aria-label={t('office/title')}>
      <ul className={classes.pages}>
        {pagesFor(role).map((each) => (
          <li key={each}>
            {each === page ? (
              <span className={classes.here} aria-current="page">
                {t(`office/pages/${each}`)}
              </span>
            ) : (
              <button type="button" className={classes.page} onClick={() => onPage(each)}>
                {t(`office/pages/${each}`)}
              </button>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
