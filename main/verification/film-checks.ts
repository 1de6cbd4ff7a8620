import { type Check, successful, unsuccessful } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import {
  type FilmSign,
  type InjectionSign,
  injectionSigns,
  type PresentationSign,
  presentationSigns,
} from '../result/film-signs.ts';
import { faceCheck } from './face-check.ts';
import type { FilmFindings, SeenSign } from './film-findings.ts';
import type { FaceComparison, StationKind } from './types.ts';

/** The failure that tells people of a sign. */
const codes = {
  pattern: 'film.pattern',
  bands: 'film.bands',
  flat: 'film.flat',
  edges: 'film.edges',
  glare: 'film.glare',
  'virtual-camera': 'film.virtual-camera',
  'camera-not-listed': 'film.camera-not-listed',
  frozen: 'film.frozen',
  repeated: 'film.repeated',
  'clock-impossible': 'film.clock-impossible',
  'clock-even': 'film.clock-even',
  'no-noise': 'film.no-noise',
  'size-changed': 'film.size-changed',
  misstated: 'film.misstated',
  'camera-changed': 'film.camera-changed',
} as const satisfies Readonly<Record<FilmSign, FailureCode>>;

const filmCodes: ReadonlySet<string> = new Set(Object.values(codes));

/** What was asked for before the camera was not done: no sign of an attack, and nobody is let through beside it without a person. */
export const unanswered: FailureCode = 'film.not-answered';

/** Whether a code tells of a sign in the camera's film: no policy accepts beside one. */
export function isFilmCode(code: FailureCode | null): boolean {
  return code !== null && filmCodes.has(code);
}

// What no camera does by itself: the device says so, or the same picture comes again to the last point. All else may have another cause.
const plain: readonly InjectionSign[] = ['virtual-camera', 'camera-not-listed', 'frozen', 'repeated'];

/**
 * `face.presentation-attack`: whether a living person stood there. At an attended station staff answer it with the face question, because
 * they compared the person in front of them and not a picture of one (TR-03121: detection by machine is optional under supervision, and
 * required without it). Their answer counts where they found the person the same, and where no sign in the film speaks against it: a sign
 * leaves it `undetermined` (it proves no attack), and that there is none proves nothing. An unattended station has no such witness and no
 * proven detector, and the check is not made. What a kiosk asked for and nobody did leaves it `undetermined` too, with a code of its own;
 * what was done makes nothing successful.
 */
export function presentationAttackCheck(
  face: FaceComparison | null,
  portraitRead: boolean,
  station: StationKind | null,
  film: FilmFindings | null = null,
): Check {
  const id = 'face.presentation-attack';
  const signs = signsOf(film, presentationSigns);
  const against = [...signs.map(({ sign }): FailureCode => codes[sign]), ...unansweredIn(film)];
  const evidence = {
    ...evidenceOf(film, presentationSigns),
    ...challengeOf(film),
    ...(against.length === 0 ? {} : { remarks: against }),
  };
  const [first] = against;
  if (first !== undefined)
    return unsuccessful(id, 'undetermined', first, { station: station ?? 'not set', ...evidence });
  if (station !== 'attended')
    return unsuccessful(id, 'undetermined', 'check.not-made', { station: station ?? 'not set', ...evidence });
  const { code } = faceCheck(face, portraitRead);
  const detail = { station, answeredBy: 'staff', ...evidence };
  return code === null
    ? successful(id, detail)
    : unsuccessful(id, 'undetermined', code, face === null ? evidence : detail);
}

/**
 * `face.injection-attack`: whether a camera filmed what was shown (CEN/TS 18099). It is a check of cases in which something was filmed, and
 * of no other: whoever compares without a camera has nothing that could be injected. `failed` where the device says itself that it is no
 * camera or none that the bank takes, or pictures come again to the last point; `undetermined` by any other sign. Without a sign it rests on
 * staff, who compared the person in front of them; at an unattended station it is not made, whatever was measured.
 */
export function injectionAttackCheck(
  face: FaceComparison | null,
  portraitRead: boolean,
  station: StationKind | null,
  film: FilmFindings | null,
): readonly Check[] {
  if (film === null) return [];
  const id = 'face.injection-attack';
  const signs = signsOf(film, injectionSigns);
  const evidence = evidenceOf(film, injectionSigns);
  const first = signs.find(({ sign }) => plain.includes(sign)) ?? signs[0];
  const where = { station: station ?? 'not set', ...evidence };
  if (first !== undefined)
    return [unsuccessful(id, plain.includes(first.sign) ? 'failed' : 'undetermined', codes[first.sign], where)];
  if (station !== 'attended') return [unsuccessful(id, 'undetermined', 'check.not-made', where)];
  const { code } = faceCheck(face, portraitRead);
  const detail = { ...where, answeredBy: 'staff' };
  return [
    code === null ? successful(id, detail) : unsuccessful(id, 'undetermined', code, face === null ? where : detail),
  ];
}

function signsOf<Sign extends PresentationSign | InjectionSign>(
  film: FilmFindings | null,
  of: readonly Sign[],
): readonly SeenSign<Sign>[] {
  const isOf = (each: SeenSign): each is SeenSign<Sign> => of.some((sign) => sign === each.sign);
  return (film?.signs ?? []).filter(isOf);
}

function unansweredIn(film: FilmFindings | null): readonly FailureCode[] {
  return Object.values(film?.challenge ?? {}).includes('not-answered') ? [unanswered] : [];
}

// What was asked for, and what came of it, in words that stand beside the check whatever it came to.
function challengeOf(film: FilmFindings | null): Check['detail'] {
  const challenge = film?.challenge;
  return challenge === undefined
    ? {}
    : { asked: { movement: challenge.movement ?? null, light: challenge.light ?? null } };
}

// Codes and figures, no picture: what was measured stands there too, since of everything else nothing is known.
function evidenceOf(film: FilmFindings | null, of: readonly (PresentationSign | InjectionSign)[]): Check['detail'] {
  if (film === null) return {};
  const signs = signsOf(film, of);
  return {
    film: {
      pictures: film.pictures,
      measured: film.measured.filter((sign) => of.some((each) => each === sign)),
      signs: signs.map(({ sign, score }) => ({ sign, score })),
    },
    ...(signs.length === 0 ? {} : { remarks: signs.map(({ sign }) => codes[sign]) }),
  };
}
