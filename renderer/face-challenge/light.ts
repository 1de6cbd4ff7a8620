import { type Light, lights } from '../../main/result/film-challenges.ts';
import { scoreOf } from '../film-signs/sign-score.ts';
import type { Colour, FaceLight } from './face-light.ts';

/** What the screen is lit with: no red that fills it, and each as bright as the others to the eye by a half at most (WCAG 2.2, 2.3.1). */
export const screenLights: Readonly<Record<Light, Colour>> = {
  amber: [255, 170, 0],
  green: [0, 200, 90],
  blue: [70, 110, 255],
};

/** Milliseconds after a change of colour whose pictures are passed over: the screen, the camera and its way here take them. */
const settling = 450;
/** Looks under each colour. */
const fewest = 2;
const most = 100;
/** Natural logarithms of one colour to another: what changed by less is no light of this screen. */
const leastChange = 0.012;
/** And so many times what it wavers by itself. */
const overNoise = 3;
/** How alike what changed has to be to what was shown, as a correlation. */
const bound = 0.7;

type Pair = readonly [number, number];

/** Follows how a face is lit while the screen shows one colour after the other. It keeps means, and no picture. */
export class LightMeasure {
  readonly #seen = new Map<Light, Pair[]>();
  #shown: { readonly light: Light; at: number | null } | null = null;

  /** The screen shows this colour from the next look on. */
  shows(light: Light): void {
    if (this.#shown?.light !== light) this.#shown = { light, at: null };
  }

  /** The next look, at a moment in milliseconds of any clock that goes on. */
  next(light: FaceLight | null, at: number): void {
    const shown = this.#shown;
    if (shown === null) return;
    shown.at ??= at;
    if (light === null || !(at - shown.at >= settling)) return;
    const [face, margins] = [chromaOf(light.face), chromaOf(light.margins)];
    const pair: Pair = [face[0] - margins[0], face[1] - margins[1]];
    const seen = this.#seen.get(shown.light) ?? [];
    if (pair.every(Number.isFinite) && seen.length < most) this.#seen.set(shown.light, [...seen, pair]);
  }

  /**
   * Thousandths, 500 and more where the face changed as the screen did. Null where a colour was not looked at often enough, or nothing
   * changed by more than it wavers: a bright room hides the screen, and so does what shines itself.
   */
  get score(): number | null {
    const each = lights.map((light) => this.#seen.get(light) ?? []);
    if (each.some((seen) => seen.length < fewest)) return null;
    const changes = centred(each.map(meanOf));
    const change = lengthOf(changes);
    const wavers = Math.sqrt(each.reduce((sum, seen) => sum + varianceOf(seen) / seen.length, 0));
    if (change < Math.max(leastChange, overNoise * wavers)) return null;
    const shown = centred(
      lights.map((light): Pair => {
        const [red, green, blue] = screenLights[light];
        return [red - green, blue - green];
      }),
    );
    const along = changes.reduce((sum, [one, other], at) => {
      const [a = 0, b = 0] = shown[at] ?? [];
      return sum + one * a + other * b;
    }, 0);
    return scoreOf(Math.max(0, along / (change * lengthOf(shown))), bound);
  }
}

// Light on skin multiplies: in logarithms, and one colour by another, how bright it is and what the skin is like fall out.
function chromaOf([red, green, blue]: Colour): Pair {
  return [Math.log((red + 1) / (green + 1)), Math.log((blue + 1) / (green + 1))];
}

function meanOf(pairs: readonly Pair[]): Pair {
  const sum = pairs.reduce(([a, b], [one, other]) => [a + one, b + other] as const, [0, 0] as const);
  return [sum[0] / pairs.length, sum[1] / pairs.length];
}

function varianceOf(pairs: readonly Pair[]): number {
  const [a, b] = meanOf(pairs);
  const squares = pairs.reduce((sum, [one, other]) => sum + (one - a) ** 2 + (other - b) ** 2, 0);
  return squares / Math.max(1, pairs.length - 1);
}

function centred(pairs: readonly Pair[]): readonly Pair[] {
  const [a, b] = meanOf(pairs);
  return pairs.map(([one, other]) => [one - a, other - b]);
}

function lengthOf(pairs: readonly Pair[]): number {
  return Math.sqrt(pairs.reduce((sum, [one, other]) => sum + one ** 2 + other ** 2, 0));
}
