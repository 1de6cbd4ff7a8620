import type { Movement } from '../../main/result/film-challenges.ts';
import type { FoundFace } from '../face-model/face-finder.ts';
import { medianOf, scoreOf } from '../film-signs/sign-score.ts';

/**
 * Where each movement counts as made. Degrees are the model's own: of a drawn face that is turned by thirty it says eight, of one that looks
 * out it is wrong by two (docs/face.md). `closer`: by how much the eyes come apart, as a part of what they were.
 */
const bounds = { turn: 6, closer: 0.12 } as const;
/** Looks from which it is known how somebody stood before. */
const atFirst = 3;
/** Fewer looks at a face tell nothing of how it moved. */
const fewest = 6;
/** Back is whoever has come back by half of it. */
const back = 0.5;

/** Follows a face while one movement is asked for. It keeps an angle or a length of each look, and no picture. */
export class MovementMeasure {
  readonly #movement: Movement;
  readonly #values: number[] = [];

  constructor(movement: Movement) {
    this.#movement = movement;
  }

  /** The largest face of the next look; null where there is none. */
  next(face: FoundFace | null): void {
    if (face === null || this.#values.length >= 1_000) return;
    const { eyes, turned } = face;
    const value =
      this.#movement === 'closer' ? Math.hypot(eyes.left.x - eyes.right.x, eyes.left.y - eyes.right.y) : turned.yaw;
    if (Number.isFinite(value)) this.#values.push(value);
  }

  /** Thousandths, 500 and more where it was made; null where the face was seen too seldom. */
  get score(): number | null {
    const values = this.#values;
    if (values.length < fewest) return null;
    const first = medianOf(values.slice(0, atFirst));
    if (this.#movement === 'closer') {
      // One look alone may be wrong: the second largest counts.
      const [, most = 0] = values.toSorted((one, other) => other - one);
      return first > 0 ? Math.max(0, scoreOf(most / first - 1, bounds.closer)) : null;
    }
    // To one's own left is to the right of a picture that is no mirror, where the model's angle falls.
    const side = this.#movement === 'turn-left' ? -1 : 1;
    const turned = values.map((value) => side * (value - first));
    const [, most = 0] = turned.toSorted((one, other) => other - one);
    const score = scoreOf(most, bounds.turn);
    const cameBack = turned.slice(turned.indexOf(Math.max(...turned))).some((value) => value <= back * most);
    return cameBack ? score : Math.min(score, 499);
  }
}
