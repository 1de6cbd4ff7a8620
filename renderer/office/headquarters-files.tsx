import { FileDown, FileUp } from 'lucide-react';
import { useId } from 'react';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import classes from './headquarters.module.css';

interface HeadquartersFilesProps {
  /** Not now, and the element of this id says why. */
  readonly notNow: string | undefined;
  readonly onWrite: () => void;
  /** Null where nothing is taken from headquarters. */
  readonly onTake: (() => void) | null;
}

/** For a site without a line: what would be delivered and fetched goes as signed files. */
export function HeadquartersFiles({ notNow, onWrite, onTake }: HeadquartersFilesProps) {
  const { t } = useWords();
  const title = useId();
  return (
    <section className={classes.part} aria-labelledby={title}>
      <h2 id={title} className={classes.subtitle}>
        {t('headquarters/offline')}
      </h2>
      <p className={classes.help}>{t('headquarters/offlineHelp')}</p>
      <div className={classes.actions}>
        <Button icon={FileUp} notNow={notNow} onClick={onWrite}>
          {t('headquarters/write')}
        </Button>
        {onTake === null ? null : (
          <Button icon={FileDown} notNow={notNow} onClick={onTake}>
            {t('headquarters/take')}
          </Button>
        )}
      </div>
    </section>
  );
}
