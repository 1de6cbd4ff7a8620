import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import classes from './face.module.css';

/*
 * What is compared, part by part and not at one glance, those first that change least with years, weight, light and will: the order of
 * forensic practice (FISWG, Facial Image Comparison Feature List for Morphological Analysis; ENFSI-BPM-DI-01), cut to what a teller can see
 * in two minutes. Whoever goes through a list answers better than whoever looks at the whole.
 */
const compared = ['ears', 'eyes', 'nose', 'mouth', 'jaw', 'brows', 'marks', 'hair'] as const;

/** The list of what to compare, and on request what to look for in each. */
export function ComparedParts() {
  const { t } = useWords();
  const [hints, setHints] = useState(false);
  return (
    <section aria-labelledby="what-to-compare">
      <h2 id="what-to-compare" className={classes.listTitle}>
        {t('face/compare')}
      </h2>
      <ol className={classes.points}>
        {compared.map((part) => (
          <li key={part}>
            {t(`face/compareList/${part}`)}
            {hints ? <span className={classes.hint}>{t(`face/compareHint/${part}`)}</span> : null}
          </li>
        ))}
      </ol>
      <Button kind="quiet" pressed={hints} onClick={() => setHints(!hints)}>
        {t('face/hints')}
      </Button>
    </section>
  );
}
