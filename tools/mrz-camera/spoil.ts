import { throughJpeg } from './jpeg-loss.ts';
import type { Random } from './random.ts';

/** A slowly changing field between 0 and 1: worn ink, a patterned paper, light. */
function field(width: number, height: number, size: number, random: Random): (x: number, y: number) => number {
  const across = Math.ceil(width / size) + 2;
  const down = Math.ceil(height / size) + 2;
  const values = Float32Array.from({ length: across * down }, () => random.next());
  return (x, y) => {
    const u = x / size;
    const v = y / size;
    const left = Math.floor(u);
    const top = Math.floor(v);
    const fx = u - left;
    const fy = v - top;
    const at = top * across + left;
    const above = (values[at] ?? 0) * (1 - fx) + (values[at + 1] ?? 0) * fx;
    const below = (values[at + across] ?? 0) * (1 - fx) + (values[at + across + 1] ?? 0) * fx;
    return above * (1 - fy) + below * fy;
  };
}

function blurred(
  values: Float32Array,
  width: number,
  height: number,
  acrossSigma: number,
  downSigma: number,
): Float32Array {
  const once = (from: Float32Array, sigma: number, step: number, count: number): Float32Array => {
    if (sigma < 0.15) return from;
    const reach = Math.ceil(sigma * 2.5);
    const weights = Float32Array.from({ length: 2 * reach + 1 }, (_, at) =>
      Math.exp(-((at - reach) ** 2) / (2 * sigma * sigma)),
    );
    const all = weights.reduce((a, b) => a + b, 0);
    const to = new Float32Array(from.length);
    for (let at = 0; at < from.length; at++) {
      const place = step === 1 ? at % width : Math.floor(at / width);
      let sum = 0;
      for (let off = -reach; off <= reach; off++) {
        const other = Math.max(-place, Math.min(count - 1 - place, off));
        sum += (weights[off + reach] ?? 0) * (from[at + other * step] ?? 0);
      }
      to[at] = sum / all;
    }
    return to;
  };
  return once(once(values, acrossSigma, 1, width), downSigma, width, height);
}

/** Coverage by ink (0 to 1) as a poor camera shows it: worn, on patterned paper, unevenly lit, blurred, grainy, packed as JPEG. */
export function spoil(ink: Float32Array, width: number, height: number, random: Random, pitch: number): Uint8Array {
  const paper = random.between(120, 250);
  const contrast = Math.min(paper - 8, random.between(28, 200));
  const wear = random.chance(0.5) ? random.between(0, 0.65) : 0;
  const worn = field(width, height, random.between(2, 8), random);
  const pattern = field(width, height, random.between(2, 12), random);
  const patterned = random.chance(0.6) ? random.between(0, 0.3) * contrast : 0;
  const light = field(width, height, random.between(20, 90), random);
  const lit = random.chance(0.5) ? random.between(0, 50) : 0;
  const values = new Float32Array(width * height);
  for (let at = 0; at < values.length; at++) {
    const x = at % width;
    const y = Math.floor(at / width);
    const here = ink[at] ?? 0;
    const there = wear === 0 || here === 0 ? here : here * (1 - wear * worn(x, y));
    const under = patterned === 0 ? 0 : patterned * (pattern(x, y) - 0.5);
    values[at] = paper - there * contrast - under + (lit === 0 ? 0 : lit * (light(x, y) - 0.5));
  }
  // Sharp pictures are soon learnt: half of them are out of focus.
  const sigma = (random.chance(0.5) ? random.between(0, 0.06) : random.between(0.05, 0.11)) * pitch;
  const moved = random.chance(0.25) ? random.between(0, 0.06) * pitch : 0;
  const soft = random.chance(0.5)
    ? blurred(values, width, height, sigma + moved, sigma)
    : blurred(values, width, height, sigma, sigma + moved);
  const grain = random.chance(0.75) ? random.between(0, 0.2) * Math.min(contrast, 90) : 0;
  const luma = new Uint8Array(soft.length);
  for (let at = 0; at < luma.length; at++)
    luma[at] = Math.max(0, Math.min(255, Math.round((soft[at] ?? 0) + (grain === 0 ? 0 : grain * random.grain()))));
  return random.chance(0.5) ? throughJpeg(luma, width, height, random.between(32, 92)) : luma;
}
