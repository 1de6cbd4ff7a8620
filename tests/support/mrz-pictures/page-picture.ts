import type { GreyImage } from '../../../renderer/mrz-camera/grey-image.ts';
import { throughJpeg } from './jpeg-loss.ts';
import { type Cut, cuts, letterShape, outside, type Shape } from './letter-shapes.ts';
import { noiseTable, PictureRandom } from './picture-random.ts';

/** What is hardest in a picture; a little of the others is in each. */
export const hardships = [
  'plain',
  'noise',
  'blur',
  'tilt',
  'glare',
  'curved',
  'jpeg-40',
  'worn',
  'misprinted',
  'thick',
  'thin',
] as const;
export type Hardship = (typeof hardships)[number];

export const sizes = [
  { width: 640, height: 480 },
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
] as const;

interface Letter {
  readonly shape: Shape;
  readonly u: number;
  readonly v: number;
  readonly turn: number;
}

/** Light and paper, and where a place of the picture lies on the page, in pitches from the middle of the zone. */
interface Scene {
  readonly pitch: number;
  readonly tilt: number;
  readonly leanX: number;
  readonly leanY: number;
  readonly bow: number;
  readonly squeeze: number;
  readonly shiftX: number;
  readonly shiftY: number;
  readonly paper: number;
  readonly ink: number;
  readonly bolder: number;
  readonly wear: number;
  readonly glare: number;
  readonly glareU: number;
  readonly glareV: number;
  readonly glareSize: number;
  readonly light: number;
  readonly pattern: number;
  readonly patternTurn: number;
}

function sceneOf(
  hard: Hardship,
  columns: number,
  rows: number,
  size: { width: number; height: number },
  random: PictureRandom,
): Scene {
  const most = Math.min(size.width / (columns + 3.2), size.width > 640 ? 34 : 99);
  const least = size.width > 640 ? Math.max(14, most * 0.62) : most * 0.93;
  const tilt = hard === 'tilt' ? (random.chance(0.5) ? 1 : -1) * random.between(8, 15) : random.between(-3, 3);
  const pitch = random.between(least, most);
  const spareX = Math.max(0, size.width / 2 - ((columns + 2) / 2) * pitch);
  const spareY = Math.max(0, size.height / 2 - (rows * 1.5 + columns * 0.14 + 1.5) * pitch);
  const paper = random.between(150, 245);
  return {
    pitch,
    tilt: (tilt * Math.PI) / 180,
    leanX: random.between(-1, 1) * 0.0012,
    leanY: random.between(-1, 1) * 0.003,
    bow: hard === 'curved' ? random.between(-0.9, 0.9) : random.between(-0.12, 0.12),
    squeeze: hard === 'curved' ? random.between(0, 0.045) : 0,
    shiftX: random.between(-spareX, spareX) * 0.8,
    shiftY: random.between(-0.5, 1) * spareY * 0.8,
    paper,
    ink: Math.max(8, paper - random.between(85, 190)),
    bolder:
      hard === 'thick'
        ? random.between(0.015, 0.035)
        : hard === 'thin'
          ? random.between(-0.03, -0.018)
          : random.between(-0.008, 0.01),
    wear: hard === 'worn' ? random.between(0.35, 0.75) : random.between(0, 0.15),
    glare: hard === 'glare' ? random.between(0.45, 0.75) : 0,
    glareU: random.between(-columns / 2, columns / 2),
    glareV: random.between(-2, 5),
    glareSize: random.between(3, 9),
    light: random.between(-0.3, 0.3),
    pattern: random.between(0, 0.09),
    patternTurn: random.between(0, Math.PI),
  };
}

// Names and words of the page above the zone: smaller, each letter as wide as it likes.
function wordsAbove(cut: Cut, columns: number, random: PictureRandom): Letter[] {
  const words: Letter[] = [];
  for (let v = -5; v > -15; v -= random.between(1.6, 3))
    for (
      let u = random.between(-5, 3);
      u < columns / 2 - 4;
      u += random.between(0.5, 1) + (random.chance(0.15) ? 1 : 0)
    )
      words.push({ shape: letterShape(cut, random.one('ABCDEGKLMNORSTUVX0123579')), u, v, turn: 0 });
  return words;
}

function lettersOf(lines: readonly string[], hard: Hardship, cut: Cut, random: PictureRandom): Letter[] {
  const columns = lines[0]?.length ?? 0;
  const spacing = random.between(2.35, 3.2);
  const off = hard === 'misprinted' ? 0.055 : 0.012;
  return lines.flatMap((line, row) =>
    [...line].map(
      (letter, column): Letter => ({
        shape: letterShape(cut, letter),
        u: column - (columns - 1) / 2 + random.between(-off, off),
        v: row * spacing + random.between(-off, off),
        turn: hard === 'misprinted' ? random.between(-0.05, 0.05) : 0,
      }),
    ),
  );
}

// Letters by the pitch that they stand in, so that few are asked for each point.
function byCell(letters: readonly Letter[]): ReadonlyMap<number, readonly Letter[]> {
  const cells = new Map<number, Letter[]>();
  for (const letter of letters)
    for (const du of [-0.5, 0.5])
      for (const dv of [-0.8, 0, 0.8]) {
        const key = Math.round(letter.u + du) * 1_000 + Math.round(letter.v + dv);
        const cell = cells.get(key) ?? [];
        if (!cell.includes(letter)) cell.push(letter);
        cells.set(key, cell);
      }
  return cells;
}

function drawn(
  size: { width: number; height: number },
  letters: readonly Letter[],
  columns: number,
  rows: number,
  scene: Scene,
  random: PictureRandom,
): Float32Array {
  const { width, height } = size;
  const { pitch } = scene;
  const cells = byCell(letters);
  const cos = Math.cos(scene.tilt);
  const sin = Math.sin(scene.tilt);
  const worn = Float32Array.from({ length: 64 * 64 }, () => random.next());
  const values = new Float32Array(width * height);
  const span = columns / 2;
  let lastKey = Number.NaN;
  let near: readonly Letter[] = [];
  for (let py = 0; py < height; py++)
    for (let px = 0; px < width; px++) {
      const ox = (px + 0.5 - width / 2 - scene.shiftX) / pitch;
      const oy = (py + 0.5 - height / 2 - scene.shiftY) / pitch;
      const x = ox * cos + oy * sin;
      const y = oy * cos - ox * sin;
      const lean = 1 + scene.leanX * x + scene.leanY * y;
      const u0 = x / lean;
      const u = u0 * (1 + scene.squeeze * (u0 / span) ** 2);
      const v = y / lean + rows + scene.bow * (u0 / span) ** 2;
      const onPage = Math.abs(u) < span + 2 && v < rows * 3 + 1.5 && v > -18;
      let value = onPage ? scene.paper : 60;
      if (onPage) {
        const along = u * Math.cos(scene.patternTurn) + v * Math.sin(scene.patternTurn);
        value *= 1 - scene.pattern * (0.5 + 0.5 * Math.sin(6 * along + 2 * Math.sin(v)));
        if (v < -4 && ((u + span * 0.7) / 6) ** 2 + ((v + 10) / 5) ** 2 < 1) value *= 0.55;
        let cover = 0;
        const key = Math.round(u) * 1_000 + Math.round(v);
        // Neighbouring points mostly lie among the same letters.
        if (key !== lastKey) near = cells.get(key) ?? [];
        lastKey = key;
        for (const letter of near) {
          const du = u - letter.u;
          const dv = v - letter.v;
          const edge = outside(letter.shape, du + letter.turn * dv, dv - letter.turn * du) - scene.bolder;
          cover = Math.max(cover, Math.min(1, 0.5 - edge * pitch));
        }
        if (cover > 0) {
          const wear = worn[(Math.floor(u * 5.3) & 63) * 64 + (Math.floor(v * 5.3) & 63)] ?? 0;
          value += (scene.ink - value) * cover * (1 - scene.wear * wear);
        }
        if (scene.glare > 0) {
          const far = ((u - scene.glareU) / scene.glareSize) ** 2 + ((v - scene.glareV) / scene.glareSize) ** 2;
          value += (255 - value) * scene.glare * Math.exp(-far);
        }
      }
      values[py * width + px] = value * (1 + scene.light * ox * (pitch / width));
    }
  return values;
}

function blurred(values: Float32Array, width: number, height: number, sigma: number): Float32Array {
  if (sigma < 0.2) return values;
  const reach = Math.ceil(sigma * 2.5);
  const weights = Float32Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * sigma ** 2)),
  );
  const all = weights.reduce((a, b) => a + b, 0);
  const pass = (from: Float32Array, stepX: number, stepY: number): Float32Array => {
    const to = new Float32Array(from.length);
    const step = stepY * width + stepX;
    for (let y = 0; y < height; y++) {
      const isInside = stepY === 0 || (y >= reach && y < height - reach);
      for (let x = 0; x < width; x++) {
        let sum = 0;
        if (isInside && (stepX === 0 || (x >= reach && x < width - reach))) {
          let at = y * width + x - reach * step;
          for (let tap = 0; tap < weights.length; tap++, at += step) sum += (weights[tap] ?? 0) * (from[at] ?? 0);
          to[y * width + x] = sum / all;
          continue;
        }
        for (let off = -reach; off <= reach; off++) {
          const ox = Math.max(0, Math.min(width - 1, x + off * stepX));
          const oy = Math.max(0, Math.min(height - 1, y + off * stepY));
          sum += (weights[off + reach] ?? 0) * (from[oy * width + ox] ?? 0);
        }
        to[y * width + x] = sum / all;
      }
    }
    return to;
  };
  return pass(pass(values, 1, 0), 0, 1);
}

/** A picture of a page with these lines, as a camera of this size takes it. The same for the same seed. */
export function pagePicture(
  lines: readonly string[],
  hard: Hardship,
  size: { width: number; height: number },
  seed: number,
): GreyImage {
  const random = new PictureRandom(seed);
  const { width, height } = size;
  const columns = lines[0]?.length ?? 0;
  const cut = random.one(cuts);
  const scene = sceneOf(hard, columns, lines.length, size, random);
  const letters = [...lettersOf(lines, hard, cut, random), ...wordsAbove(cut, columns, random)];
  const page = drawn(size, letters, columns, lines.length, scene, random);
  const sigma = hard === 'blur' ? random.between(0.055, 0.085) * scene.pitch : random.between(0.2, 0.55);
  const soft = blurred(page, width, height, sigma);
  const grain = hard === 'noise' ? random.between(8, 14) : random.between(1, 4);
  const luma = new Uint8Array(width * height);
  for (let at = 0; at < luma.length; at++) {
    const noise = noiseTable[Math.floor(random.next() * noiseTable.length)] ?? 0;
    luma[at] = Math.max(0, Math.min(255, Math.round((soft[at] ?? 0) + grain * noise)));
  }
  if (hard === 'jpeg-40') throughJpeg(luma, width, height, 40);
  else if (random.chance(0.5)) throughJpeg(luma, width, height, 80);
  return { width, height, luma };
}
