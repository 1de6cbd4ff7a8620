import type { ChallengeResult } from '../result/film-challenges.ts';
import { type FilmSign, filmSigns } from '../result/film-signs.ts';
import { isVirtualCamera } from '../result/virtual-camera.ts';

/** A sign, and how far it lies over its bound: in thousandths, 500 at the bound. */
export interface SeenSign<Sign extends FilmSign = FilmSign> {
  readonly sign: Sign;
  readonly score: number;
}

/** What came of what was asked for before the camera, by kind; what was not asked for is not there. */
export interface ChallengeFindings {
  readonly movement?: ChallengeResult;
  readonly light?: ChallengeResult;
}

/** What was looked at in the films of a case, and what was found. Figures alone: no picture. */
export interface FilmFindings {
  /** Pictures with a face that were looked at. */
  readonly pictures: number;
  /** What could be measured: of everything else nothing is known. */
  readonly measured: readonly FilmSign[];
  readonly signs: readonly SeenSign[];
  /** Missing where nothing was asked for, and in referrals of earlier apps. */
  readonly challenge?: ChallengeFindings;
}

/** What the page tells of a film, and by what name the camera goes; empty where it has none. */
export interface FilmTold extends Omit<FilmFindings, 'challenge'> {
  readonly camera: string;
}

/** What a case has of its films: the cameras are forgotten with it, and stand in no record. */
export interface CaseFilms extends FilmFindings {
  readonly cameras: readonly string[];
  /** Which ones staff chose meanwhile (null: the first of the system); missing where none. That one of these films is no sign. */
  readonly chosen?: readonly (string | null)[];
}

/** Cameras of one case whose names are kept apart: who has more has changed them. */
const mostCameras = 8;
/** A finding that is so or not has no degree. */
const certain = 1_000;

const nothingFilmed: CaseFilms = { pictures: 0, measured: [], signs: [], cameras: [] };

/** The films of a case with what came of what was asked for before the camera: the last time counts. */
export function withChallenge(films: CaseFilms | null, challenge: ChallengeFindings): CaseFilms {
  return { ...(films ?? nothingFilmed), challenge };
}

/** The films of a case with what the page tells of one. Signs that were seen stay seen, whatever comes later. */
export function withFilm(films: CaseFilms | null, told: FilmTold): CaseFilms {
  const { pictures, measured, signs, cameras } = films ?? nothingFilmed;
  return {
    ...films,
    // A page tells of the same film again and again, each time of more of it.
    pictures: Math.max(pictures, told.pictures),
    measured: filmSigns.filter((sign) => measured.includes(sign) || told.measured.includes(sign)),
    signs: strongest([...signs, ...told.signs]),
    cameras: cameras.includes(told.camera) ? cameras : [...cameras, told.camera].slice(0, mostCameras),
  };
}

/** The films of a case for which staff have just chosen this camera. What was found stays. */
export function withCameraChosen(films: CaseFilms | null, name: string | null): CaseFilms | null {
  // Before the first film there is none that could differ.
  if (films === null || films.cameras.length === 0 || films.chosen?.includes(name)) return films;
  return { ...films, chosen: [...(films.chosen ?? []), name].slice(0, mostCameras) };
}

/** What they come to under a policy that names the cameras that it takes; null: it names none. */
export function findingsOf(films: CaseFilms, taken: readonly string[] | null): FilmFindings {
  const { cameras, chosen = [] } = films;
  const unchosen = cameras.slice(1).filter((camera) => !chosen.includes(camera)).length;
  const named = (sign: FilmSign, found: boolean): readonly SeenSign[] => (found ? [{ sign, score: certain }] : []);
  return {
    pictures: films.pictures,
    measured: filmSigns.filter(
      (sign) =>
        films.measured.includes(sign) ||
        (cameras.length > 0 && (sign === 'virtual-camera' || sign === 'camera-changed')) ||
        (cameras.length > 0 && sign === 'camera-not-listed' && taken !== null),
    ),
    signs: strongest([
      ...films.signs,
      ...named('virtual-camera', cameras.some(isVirtualCamera)),
      ...named('camera-not-listed', taken !== null && cameras.some((camera) => !taken.includes(camera))),
      // What the system names first has a name that nobody has told.
      ...named('camera-changed', unchosen > (chosen.includes(null) ? 1 : 0)),
    ]),
    ...(films.challenge === undefined ? {} : { challenge: films.challenge }),
  };
}

// Each sign once, at its strongest, in the order of the house.
function strongest(signs: readonly SeenSign[]): readonly SeenSign[] {
  return filmSigns.flatMap((sign) => {
    const scores = signs.filter((each) => each.sign === sign).map(({ score }) => score);
    return scores.length === 0 ? [] : [{ sign, score: Math.max(...scores) }];
  });
}
