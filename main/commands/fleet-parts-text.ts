import type { OutboxPart } from '../store/outbox.ts';
import { counted } from './layout.ts';

const names: readonly (readonly [OutboxPart, string])[] = [
  ['records', 'record'],
  ['checkpoints', 'checkpoint'],
  ['answers', 'answer'],
  ['erasures', 'erasure'],
];

/** So many of each part of a delivery, in words. */
export function partsText(counts: Readonly<Record<OutboxPart, number>>): string {
  return names.map(([part, name]) => counted(counts[part], name)).join(', ');
}
