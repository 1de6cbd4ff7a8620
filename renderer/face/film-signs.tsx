import { remarksOf } from '../../main/result/check.ts';
import type { CaseView } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import classes from '../parts/said.module.css';

/** What in the camera's film speaks against it, for whoever compares: told as it is found, so that they look at the person with care. */
export function FilmSigns({ checks }: Pick<CaseView, 'checks'>) {
  const { t, failure } = useWords();
  const ofFilm = checks.filter(({ id }) => id === 'face.presentation-attack' || id === 'face.injection-attack');
  const signs = ofFilm.flatMap(remarksOf);
  // The place is there before a sign is: what comes into it is read out.
  return (
    <div role="status" data-testid="film-signs">
      {signs.length === 0 ? null : (
        <div className={`${classes.notice} ${classes.refer}`}>
          <ResultMark mark="refer" />
          <div className={classes.body}>
            <p className={classes.happened}>{t('face/signs')}</p>
            <ul>
              {signs.map((sign) => (
                <li key={sign}>{failure(sign).happened}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </div>
  );
}
