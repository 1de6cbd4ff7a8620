import { drawnNames, drawnPortrait, type ModelPage, type Scene } from '../support/faces/model-page.ts';

/** What may lie between a portrait and the same face before a camera, as far as one picture can be made into another. */
const changes: readonly ((file: string) => Scene)[] = [
  (file) => portrait(file, { filter: 'blur(2px)' }),
  (file) => portrait(file, { filter: 'brightness(0.6)' }),
  (file) => portrait(file, { filter: 'brightness(1.25) contrast(0.8)' }),
  (file) => portrait(file, { filter: 'grayscale(1)' }),
  (file) => ({ width: 640, height: 480, laid: [{ file, x: 180, y: 80, height: 380, turn: 9 }] }),
  (file) => ({ width: 320, height: 240, laid: [{ file, x: 70, y: 40, height: 190 }] }),
];

function portrait(file: string, more: Pick<Scene, 'filter'> = {}): Scene {
  return { width: 480, height: 600, laid: [{ file, x: 0, y: 0, height: 600 }], ...more };
}

/** Scores of a face with changed pictures of itself, and of each two faces; null where no face was found. */
export interface RateScores {
  readonly own: readonly (number | null)[];
  readonly others: readonly (number | null)[];
}

export async function rateScores(page: ModelPage): Promise<RateScores> {
  const files = drawnNames.map(drawnPortrait);
  const [own, others]: [(number | null)[], (number | null)[]] = [[], []];
  for (const [at, file] of files.entries()) {
    for (const change of changes) own.push((await page.compare(portrait(file), change(file))).likeness);
    for (const other of files.slice(at + 1))
      others.push((await page.compare(portrait(file), portrait(other))).likeness);
  }
  return { own, others };
}

export const thresholds = [500, 600, 700, 800, 850, 900, 950] as const;

/** Of the scores, how many a threshold tells wrong: its own face below it, another's on or above it. A face that is not found is none. */
export function ratesAt({ own, others }: RateScores, threshold: number) {
  const [ownScores, otherScores] = [own, others].map((scores) => scores.filter((score) => score !== null));
  return {
    ownBelow: ownScores?.filter((score) => score < threshold).length ?? 0,
    own: ownScores?.length ?? 0,
    othersAbove: otherScores?.filter((score) => score >= threshold).length ?? 0,
    others: otherScores?.length ?? 0,
  };
}
