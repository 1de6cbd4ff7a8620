import type { Check } from '../../../main/result/check.ts';
import { injectionAttackCheck, presentationAttackCheck } from '../../../main/verification/film-checks.ts';
import { findingsOf, withFilm } from '../../../main/verification/film-findings.ts';
import { FilmWatch, type WatchedFilm } from '../../../renderer/film-signs/film-watch.ts';
import { type DrawnFilm, filmedPicture } from './attack-films.ts';

/** What the product makes of a drawn film. */
export interface FilmRow {
  readonly name: string;
  readonly kind: DrawnFilm['kind'];
  readonly signs: readonly string[];
  /** At a desk where staff answered that it is the same person, and at a kiosk, where nobody answers: result and code. */
  readonly desk: readonly [presentation: string, injection: string];
  readonly kiosk: readonly [presentation: string, injection: string];
}

/** Looks at each picture of a film as the worker does. */
export function watched({ pictures }: DrawnFilm): WatchedFilm {
  const watch = new FilmWatch();
  for (const picture of pictures) watch.next(filmedPicture(picture));
  return watch.told();
}

/** What both checks make of a film, by the names of cameras that the bank takes; null: any. */
export function filmRow(film: DrawnFilm, cameras: readonly string[] | null = null): FilmRow {
  const findings = findingsOf(withFilm(null, { ...watched(film), camera: film.camera }), cameras);
  const checksAt = (station: 'attended' | 'unattended') => {
    const face = station === 'attended' ? ({ answer: 'same', reason: null } as const) : null;
    return [
      told(presentationAttackCheck(face, true, station, findings)),
      told(injectionAttackCheck(face, true, station, findings)[0]),
    ] as const;
  };
  return {
    name: film.name,
    kind: film.kind,
    signs: findings.signs.map(({ sign, score }) => `${sign} ${score}`),
    desk: checksAt('attended'),
    kiosk: checksAt('unattended'),
  };
}

function told(check: Check | undefined): string {
  if (check === undefined) return 'no check';
  return check.code === null ? check.result : `${check.result}, \`${check.code}\``;
}

/** The rows as `docs/face.md` has them. */
export function filmTable(rows: readonly FilmRow[]): string {
  return [
    '| film | signs, thousandths | a living person, at a desk | the camera’s film, at a desk | at a kiosk |',
    '|---|---|---|---|---|',
    ...rows.map(({ name, kind, signs, desk, kiosk }) =>
      [
        '',
        ` ${kind}: ${name} `,
        ` ${signs.length === 0 ? 'none' : signs.join(', ')} `,
        ` ${desk[0]} `,
        ` ${desk[1]} `,
        ` ${kiosk.join('; ')} `,
        '',
      ].join('|'),
    ),
  ].join('\n');
}
