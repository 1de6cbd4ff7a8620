import { type OutboxPart, outboxParts } from '../store/outbox.ts';
import { counted } from './layout.ts';

const names: Readonly<Record<OutboxPart, string>> = {
  records: 'record',
  checkpoints: 'checkpoint',
  answers: 'answer',
  erasures: 'erasure',
};

/** So many of each part of a delivery, in words. */
export function partsText(counts: Readonly<Record<OutboxPart, number>>): string {
  return outboxParts.map((part) => counted(counts[part], names[part])).join(', ');
}
