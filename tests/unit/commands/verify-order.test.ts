import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toHex } from '../../../main/result/bytes.ts';
import { orderHash } from '../../../main/verification/order.ts';
import { anOrder } from '../../support/orders.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';

const lasting = { issuedAt: null, expiresAt: '9999-12-31T23:59:59Z' };

function orderFile(order: unknown): string {
  const path = join(temporaryFolder(), 'order.json');
  writeFileSync(path, JSON.stringify(order));
  return path;
}

const verifying = (data: string, specimen: string, holder: string, order: unknown) =>
  runHere([
    ...['verify', '--training', '--data', data, '--json', '--specimen', specimen, '--holder', holder],
    ...['--purpose', 'large-transfer', '--face', 'same', '--order', orderFile(order)],
  ]);

it('an order is bound, recorded, and confirmed once', { timeout: 120_000 }, async () => {
  const data = temporaryFolder();
  await runHere(['station', 'set', '--training', '--data', data, '--attended', '--by', 'Anna Ek', '--by', 'Bo Alm']);
  const order = anOrder({ ...lasting, id: 'order-se' });
  const first = await verifying(data, 'se-passport', 'asa', order);
  const told = first.json();
  expect([first.status, told.verdict]).toEqual([0, 'accept']);
  expect(told.order).toMatchObject({
    order,
    hash: toHex(orderHash(order)),
    source: 'typed',
    boundBy: 'station',
    nonce: null,
  });
  const again = await verifying(data, 'se-passport', 'asa', order);
  expect([again.status, again.json().error]).toEqual([
    2,
    { code: 'order.already-confirmed', fields: { record: told.record.id } },
  ]);
  const shown = (await runHere(['records', 'show', told.record.id, '--training', '--data', data, '--json'])).json();
  const { hindrance, ...recorded } = told.order;
  expect(hindrance).toBeNull();
  expect(shown.content.order).toEqual(recorded);
});

it('a chip with active authentication signs for it, which the record shows', { timeout: 120_000 }, async () => {
  const data = temporaryFolder();
  const order = anOrder({ ...lasting, id: 'order-no' });
  const { order: told, checks } = (await verifying(data, 'no-passport', 'nobody', order)).json();
  const proof = checks.find(({ id }: { id: string }) => id === 'active-authentication');
  expect(told).toMatchObject({
    hash: toHex(orderHash(order)),
    boundBy: 'active-authentication',
    nonce: proof.detail.nonce,
  });
  expect(proof).toMatchObject({ result: 'successful', detail: { boundTo: told.hash } });
});

it.each([
  ['order.expired', { issuedAt: null, expiresAt: '2020-01-01T00:00:00Z' }],
  ['order.not-yet-valid', { issuedAt: '2190-01-01T00:00:00Z', expiresAt: null }],
  ['order.foreign', { ...lasting, audience: 'another station' }],
  ['order.other-purpose', { ...lasting, purpose: 'renew-bankid' }],
  ['order.other-customer', { ...lasting, customer: '198203142392' }],
  ['order.malformed', { ...lasting, amount: { value: '1,00', currency: 'SEK' } }],
  ['order.characters', { ...lasting, text: 'Till \u202egnI' }],
])('no document is laid down for an order that cannot be confirmed: %s', async (code, changes) => {
  const end = await verifying(temporaryFolder(), 'se-passport', 'asa', anOrder(changes));
  expect([end.status, end.json().error.code]).toEqual([2, code]);
});
