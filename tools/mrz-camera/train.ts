import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { answerCount, none, type StoredLayer, zoneLetters } from '../../renderer/mrz-camera/letter-classifier.ts';
import { featureCount, featuresOf } from '../../renderer/mrz-camera/letter-features.ts';
import { cutLetter, Pyramid, patchHeight, patchWidth } from '../../renderer/mrz-camera/letter-patch.ts';
import { drawPrint, type Print } from './draw-print.ts';
import { backward, forward, type LearningLayer, newLayer, step } from './net.ts';
import { Random } from './random.ts';

/*
 * Trains the classifier of letters on rows that are drawn for it, and writes `resources/mrz-camera/letters.json`. The same each time:
 * nothing but the seed is random. `node tools/run.mjs tools/mrz-camera/train.ts [ROWS [FILE [UNTIL]]]`.
 */

const seed = 9303;
const hiddenCount = 144;
const batch = 64;
const file = resolve(process.argv[3] ?? join(import.meta.dirname, '../../resources/mrz-camera/letters.json'));
/** The rate of learning falls towards the last row; what the product holds was taken half way there. */
const until = Number(process.argv[4] ?? 12_000);
const rows = Number(process.argv[2] ?? 24_000);
const random = new Random(seed);

/** A cut of the row with what it shows. */
function* samples(print: Print): Generator<{ readonly features: Float32Array; readonly answer: number }> {
  const pyramid = new Pyramid(print.image);
  const patch = new Float32Array(patchWidth * patchHeight);
  const cut = (x: number, y: number, answer: number) => {
    const pitch = print.pitch * (1 + random.normal() * 0.025);
    const angle = print.angle + random.normal() * 0.015;
    cutLetter(pyramid, { x, y, stepX: pitch * Math.cos(angle), stepY: pitch * Math.sin(angle) }, patch);
    const features = new Float32Array(featureCount);
    featuresOf(patch, features);
    return { features, answer };
  };
  const wide = random.between(0.01, 0.06) * print.pitch;
  const high = random.between(0.01, 0.065) * print.pitch;
  const drift = random.normal() * 0.03 * print.pitch;
  for (const [index, letter] of [...print.letters].entries()) {
    const { x, y } = print.middle(index);
    // Drawing costs more than cutting: each is cut three times, a little apart.
    for (let times = 0; times < 3; times++)
      yield cut(x + random.normal() * wide, y + drift + random.normal() * high, zoneLetters.indexOf(letter));
  }
  // Between two letters, beside the row, above and below it: no letter.
  for (let times = 0; times < 2; times++) {
    const away = random.one([
      [0.5 + random.normal() * 0.04, 0],
      [0, 0.75 + random.next()],
      [0, -0.75 - random.next()],
      [20, 0],
    ] as const);
    const from =
      away[0] === 20
        ? { index: print.letters.length, extra: 0.1 }
        : { index: random.below(print.letters.length - 1), extra: away[0] };
    const { x, y } = print.middle(from.index + from.extra);
    yield cut(x, y + away[1] * print.pitch, none);
  }
}

class Learner {
  readonly hidden: LearningLayer = newLayer(featureCount, hiddenCount, random);
  readonly answers: LearningLayer = newLayer(hiddenCount, answerCount, random);
  readonly #inside = new Float32Array(hiddenCount);
  readonly #out = new Float32Array(answerCount);
  readonly #back = new Float32Array(hiddenCount);
  #time = 0;

  /** What is learnt from one sample; the loss of it. */
  learn(features: Float32Array, answer: number): { readonly loss: number; readonly right: boolean } {
    forward(this.hidden, features, this.#inside);
    for (let at = 0; at < hiddenCount; at++) if ((this.#inside[at] ?? 0) < 0) this.#inside[at] = 0;
    forward(this.answers, this.#inside, this.#out);
    const most = this.#out.reduce((a, b) => Math.max(a, b));
    const right = (this.#out[answer] ?? 0) === most;
    let sum = 0;
    for (let at = 0; at < answerCount; at++) {
      this.#out[at] = Math.exp((this.#out[at] ?? 0) - most);
      sum += this.#out[at] ?? 0;
    }
    for (let at = 0; at < answerCount; at++) this.#out[at] = (this.#out[at] ?? 0) / sum;
    const loss = -Math.log(Math.max(1e-12, this.#out[answer] ?? 0));
    this.#out[answer] = (this.#out[answer] ?? 0) - 1;
    backward(this.answers, this.#inside, this.#out, this.#back);
    for (let at = 0; at < hiddenCount; at++) if ((this.#inside[at] ?? 0) <= 0) this.#back[at] = 0;
    backward(this.hidden, features, this.#back, null);
    return { loss, right };
  }

  step(rate: number): void {
    this.#time++;
    step(this.hidden, batch, rate, this.#time);
    step(this.answers, batch, rate, this.#time);
  }
}

function stored({ inputs, outputs, weights, biases }: LearningLayer): StoredLayer {
  const bytes = new Int8Array(weights.length);
  const scales = Array.from({ length: outputs }, (_, row) => {
    const line = weights.subarray(row * inputs, (row + 1) * inputs);
    const scale = Number((line.reduce((most, each) => Math.max(most, Math.abs(each)), 1e-6) / 127).toPrecision(6));
    for (const [at, each] of line.entries()) bytes[row * inputs + at] = Math.round(each / scale);
    return scale;
  });
  return {
    scales,
    biases: [...biases].map((each) => Number(each.toFixed(4))),
    weights: Buffer.from(bytes.buffer).toString('base64'),
  };
}

function write(): void {
  const net = { hidden: stored(learner.hidden), answers: stored(learner.answers) };
  writeFileSync(file, `${JSON.stringify(net, null, 2)}\n`);
}

const learner = new Learner();
let count = 0;
let [losses, rights, seen] = [0, 0, 0];
for (let row = 0; row < rows; row++) {
  for (const { features, answer } of samples(drawPrint(random))) {
    const { loss, right } = learner.learn(features, answer);
    losses += loss;
    rights += right ? 1 : 0;
    seen++;
    if (++count % batch === 0) learner.step(0.0016 * (1 - row / rows) ** 1.5 + 0.00004);
  }
  if ((row + 1) % Math.ceil(rows / 12) === 0) {
    process.stderr.write(
      `${row + 1} rows: ${((100 * rights) / seen).toFixed(2)} % of the letters right, loss ${(losses / seen).toFixed(4)}\n`,
    );
    [losses, rights, seen] = [0, 0, 0];
    write();
    if (row + 1 >= until) break;
  }
}
