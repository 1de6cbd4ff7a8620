import { dot } from './dot-product.ts';
import { featureCount, featuresOf } from './letter-features.ts';
import { cutLetter, type LetterPlace, type Pyramid, patchHeight, patchWidth } from './letter-patch.ts';

/** The letters of a zone (9303-3 §4.3), in the order of the classifier's answers; behind them comes what is none of them. */
export const zoneLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<';
export const answerCount = zoneLetters.length + 1;
export const none = zoneLetters.length;

/** One layer as it is stored: for each row a scale and a bias, and all weights as signed bytes in base64. */
export interface StoredLayer {
  readonly scales: readonly number[];
  readonly biases: readonly number[];
  readonly weights: string;
}

/** A net of one hidden layer, as `tools/mrz-camera/train.ts` writes it. */
export interface StoredNet {
  readonly hidden: StoredLayer;
  readonly answers: StoredLayer;
}

interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

function layerOf({ scales, biases, weights }: StoredLayer, inputs: number): Layer {
  const bytes = atob(weights);
  const outputs = scales.length;
  if (bytes.length !== inputs * outputs || biases.length !== outputs) throw new RangeError('not a layer of this net');
  const values = Float32Array.from(bytes, (byte, at) => {
    const signed = (byte.charCodeAt(0) << 24) >> 24;
    return signed * (scales[Math.floor(at / inputs)] ?? 0);
  });
  return { inputs, outputs, weights: values, biases: Float32Array.from(biases) };
}

function passed({ inputs, outputs, weights, biases }: Layer, from: Float32Array, to: Float32Array): void {
  for (let output = 0; output < outputs; output++)
    to[output] = (biases[output] ?? 0) + dot(weights, output * inputs, from, inputs);
}

/** Where around its place a letter is looked at, in parts of the pitch along and down. */
type Look = readonly [along: number, down: number];

/** Once, right there: enough to tell letters from what is none. */
export const oneLook: readonly Look[] = [[0, 0]];
/** Again beside it: no row is fitted to the point. */
export const closeLooks: readonly Look[] = [
  [0, 0],
  [0.055, 0],
  [-0.055, 0],
  [0, 0.055],
  [0, -0.055],
];

/** Tells letters apart by how they are drawn. */
export class LetterClassifier {
  readonly #hidden: Layer;
  readonly #answers: Layer;
  readonly #patch = new Float32Array(patchWidth * patchHeight);
  readonly #features = new Float32Array(featureCount);
  readonly #inside: Float32Array;
  readonly #outputs = new Float32Array(answerCount);

  /** Throws a RangeError for a net of another shape. */
  constructor(net: StoredNet) {
    this.#hidden = layerOf(net.hidden, featureCount);
    this.#answers = layerOf(net.answers, this.#hidden.outputs);
    if (this.#answers.outputs !== answerCount) throw new RangeError('not a net for these letters');
    this.#inside = new Float32Array(this.#hidden.outputs);
  }

  /** For each answer how unlikely it is: minus the logarithm of its chance, over several looks at the place. */
  costs(pyramid: Pyramid, place: LetterPlace, looks: readonly Look[]): Float32Array {
    const costs = new Float32Array(answerCount);
    for (const [along, down] of looks) {
      const x = place.x + along * place.stepX - down * place.stepY;
      const y = place.y + along * place.stepY + down * place.stepX;
      cutLetter(pyramid, { ...place, x, y }, this.#patch);
      featuresOf(this.#patch, this.#features);
      this.#ask();
      for (let answer = 0; answer < answerCount; answer++)
        costs[answer] = (costs[answer] ?? 0) + (this.#outputs[answer] ?? 0) / looks.length;
    }
    return costs;
  }

  #ask(): void {
    passed(this.#hidden, this.#features, this.#inside);
    for (let at = 0; at < this.#inside.length; at++) if ((this.#inside[at] ?? 0) < 0) this.#inside[at] = 0;
    passed(this.#answers, this.#inside, this.#outputs);
    const most = this.#outputs.reduce((a, b) => Math.max(a, b));
    let sum = 0;
    for (const value of this.#outputs) sum += Math.exp(value - most);
    const all = most + Math.log(sum);
    for (let answer = 0; answer < answerCount; answer++) this.#outputs[answer] = all - (this.#outputs[answer] ?? 0);
  }
}
