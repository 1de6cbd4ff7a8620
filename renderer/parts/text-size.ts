import { textSizes } from '../../main/result/bounds.ts';
import type { AppInfo } from '../../preload/contract.ts';

export type TextSize = AppInfo['textSize'];

interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/**
 * The size that a key asks for, as browsers have it: Ctrl (on a Mac the command key) with plus, minus or zero; null for every other
 * key. Beyond the largest and the smallest it stays. `=` is the plus of keyboards that have it with Shift.
 */
export function textSizeAfter(size: TextSize, { key, ctrlKey, metaKey, altKey }: Press): TextSize | null {
  if (altKey || ctrlKey === metaKey) return null;
  if (key === '0') return 100;
  const step = key === '+' || key === '=' ? 1 : key === '-' || key === '_' ? -1 : 0;
  if (step === 0) return null;
  return textSizes[textSizes.indexOf(size) + step] ?? size;
}
