import { Failure } from '../result/failure.ts';
import { withFilm } from '../verification/film-findings.ts';
import type { Answers } from './answers.ts';
import type { CaseFile } from './case-file.ts';

interface FilmGround {
  readonly opened: () => CaseFile;
  readonly changed: () => null;
}

/**
 * What the page tells of the film of a face. It is a page's word: whoever took the page over tells nothing, or something else, and so nothing
 * is accepted by it. What it does tell stands against the case, and the page cannot take it back.
 */
export function filmedFaceAnswers({ opened, changed }: FilmGround): Pick<Answers, 'case.faceFilmed'> {
  return {
    'case.faceFilmed': (told) => {
      const file = opened();
      if (file.step !== 'face') throw new Failure('case.not-open', { step: 'face' });
      file.films = withFilm(file.films, told);
      return changed();
    },
  };
}
