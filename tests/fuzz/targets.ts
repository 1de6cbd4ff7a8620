import type { Target } from './target.ts';
import { chipTargets } from './targets/chip.ts';
import { documentTargets } from './targets/document.ts';
import { inspectionTarget } from './targets/inspection.ts';
import { listTargets } from './targets/lists.ts';
import { textTargets } from './targets/texts.ts';
import { trustTargets } from './targets/trust.ts';

/** Everything that takes hostile input. */
export const targets: readonly Target[] = [
  ...documentTargets,
  ...trustTargets,
  ...listTargets,
  ...chipTargets,
  ...textTargets,
  inspectionTarget,
];
