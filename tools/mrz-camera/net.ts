/** A net of one hidden layer while it learns; rows of weights belong to the neuron that they lead to. */
export interface LearningLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float32Array;
  readonly biases: Float32Array;
  readonly slopes: Float32Array;
  readonly biasSlopes: Float32Array;
  readonly means: Float32Array;
  readonly squares: Float32Array;
}

import { dot } from '../../renderer/mrz-camera/dot-product.ts';
import type { Random } from './random.ts';

/** A layer before it has learnt anything. */
export function newLayer(inputs: number, outputs: number, random: Random): LearningLayer {
  const spread = Math.sqrt(2 / inputs);
  const all = inputs * outputs + outputs;
  return {
    inputs,
    outputs,
    weights: Float32Array.from({ length: inputs * outputs }, () => random.normal() * spread),
    biases: new Float32Array(outputs),
    slopes: new Float32Array(inputs * outputs),
    biasSlopes: new Float32Array(outputs),
    means: new Float32Array(all),
    squares: new Float32Array(all),
  };
}

export function forward(
  { inputs, outputs, weights, biases }: LearningLayer,
  from: Float32Array,
  to: Float32Array,
): void {
  for (let output = 0; output < outputs; output++)
    to[output] = (biases[output] ?? 0) + dot(weights, output * inputs, from, inputs);
}

/** Adds the slopes of one sample; `back`, where it is given, gets what goes on to the layer before. */
export function backward(
  layer: LearningLayer,
  from: Float32Array,
  errors: Float32Array,
  back: Float32Array | null,
): void {
  const { inputs, outputs, weights, slopes, biasSlopes } = layer;
  back?.fill(0);
  for (let output = 0; output < outputs; output++) {
    const error = errors[output] ?? 0;
    if (error === 0) continue;
    biasSlopes[output] = (biasSlopes[output] ?? 0) + error;
    const row = output * inputs;
    for (let input = 0; input < inputs; input++)
      slopes[row + input] = (slopes[row + input] ?? 0) + error * (from[input] ?? 0);
    if (back !== null)
      for (let input = 0; input < inputs; input++)
        back[input] = (back[input] ?? 0) + error * (weights[row + input] ?? 0);
  }
}

/** One step of Adam by the slopes of `count` samples, which are forgotten. */
export function step(layer: LearningLayer, count: number, rate: number, time: number): void {
  const { weights, biases, slopes, biasSlopes, means, squares } = layer;
  const fix = Math.sqrt(1 - 0.999 ** time) / (1 - 0.9 ** time);
  const learn = (values: Float32Array, by: Float32Array, offset: number, decay: number) => {
    for (let at = 0; at < values.length; at++) {
      const slope = (by[at] ?? 0) / count;
      const mean = 0.9 * (means[offset + at] ?? 0) + 0.1 * slope;
      const square = 0.999 * (squares[offset + at] ?? 0) + 0.001 * slope * slope;
      means[offset + at] = mean;
      squares[offset + at] = square;
      values[at] = (values[at] ?? 0) * (1 - decay * rate) - (rate * fix * mean) / (Math.sqrt(square) + 1e-8);
    }
    by.fill(0);
  };
  learn(weights, slopes, 0, 0.01);
  learn(biases, biasSlopes, weights.length, 0);
}
