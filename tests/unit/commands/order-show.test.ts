import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toHex } from '../../../main/result/bytes.ts';
import { orderHash } from '../../../main/verification/order.ts';
import { anOrder } from '../../support/orders.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';

function fileWith(content: unknown): string {
  const path = join(temporaryFolder(), 'order.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const lasting = anOrder({ issuedAt: null, expiresAt: '9999-12-31T23:59:59Z', text: 'Betala\ndetta' });

it('an order in words, with its hash', async () => {
  const end = await runHere(['order', 'show', fileWith(lasting)]);
  expect(end.status).toBe(0);
  const hash = toHex(orderHash(lasting));
  for (const part of ['Exempelbanken', 'Betala', 'detta', '125000.00 SEK', 'OCR 1234567897', hash])
    expect(end.stdout).toContain(part);
  const told = await runHere(['order', 'show', fileWith(lasting), '--json']);
  expect(told.json()).toEqual({ order: lasting, hash, hindrances: [] });
});

it('an order that is over, and one that is none', async () => {
  const over = await runHere([
    'order',
    'show',
    fileWith(anOrder({ issuedAt: null, expiresAt: '2020-01-01T00:00:00Z' })),
  ]);
  expect([over.status, over.stdout.includes('order.expired')]).toEqual([1, true]);
  const none = await runHere(['order', 'show', fileWith('{}'), '--json']);
  expect([none.status, none.json().error.code]).toEqual([2, 'order.malformed']);
  const turned = await runHere(['order', 'show', fileWith(anOrder({ text: 'Till \u202eagnI' })), '--json']);
  expect([turned.status, turned.json().error]).toEqual([2, { code: 'order.characters', fields: { field: 'text' } }]);
  const long = await runHere(['order', 'show', fileWith(' '.repeat(16_385)), '--json']);
  expect([long.status, long.json().error.code]).toEqual([2, 'order.too-large']);
});
