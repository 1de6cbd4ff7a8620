import { expect, it } from 'vitest';
import { typedOrder } from '../../../main/verification/order-typed.ts';
import { amountInWords, emptyOrder, orderInput, orderRows } from '../../../renderer/desk/order-view.ts';
import { anOrder } from '../../support/orders.ts';

const typed = {
  issuer: 'Exempelbanken',
  text: 'Till Åsa',
  amount: '',
  currency: 'SEK',
  reference: '',
  expiresAt: null,
};
const at = (freshId: string) => ({ at: '2026-11-20T12:00:00Z', freshId });

it('an order that is typed twice under a reference is the same one; without a reference each is new', () => {
  const under = (reference: string, issuer = 'Exempelbanken') =>
    typedOrder({ ...typed, reference, issuer }, at(crypto.randomUUID())).id;
  expect(under('OCR 1')).toBe(under('OCR 1'));
  expect(under('OCR 1')).toBe(under(' ocr 1 ', 'EXEMPELBANKEN'));
  expect(under('OCR 1')).not.toBe(under('OCR 2'));
  expect(under('OCR 1')).not.toBe(under('OCR 1', 'En annan'));
  expect(under('')).not.toBe(under(''));
});

it.each([
  ['125 000,00', '125000.00'],
  ['125\u00a0000', '125000'],
  ['125000.5', '125000.5'],
  ['', null],
])('a sum as people write it: %s', (amount, value) => {
  expect(typedOrder({ ...typed, amount }, at('1')).amount?.value ?? null).toBe(value);
});

it.each(['1.234', '1,234', '1.234,50', '1,234.50', '12 kr', '-5'])('a sum that is none, or two: %s', (amount) => {
  expect(() => typedOrder({ ...typed, amount }, at('1'))).toThrow(expect.objectContaining({ code: 'order.malformed' }));
});

it('a sum is shown digit for digit, however large', () => {
  const words = (value: string) => amountInWords('sv', { value, currency: 'SEK' });
  expect(words('999999999999999.99')).toBe('999\u00a0999\u00a0999\u00a0999\u00a0999,99\u00a0SEK');
  expect([words('1.50'), words('123'), words('1234')]).toEqual([
    '1,50\u00a0SEK',
    '123\u00a0SEK',
    '1\u00a0234\u00a0SEK',
  ]);
  expect(amountInWords('en', { value: '1234.50', currency: 'EUR' })).toBe('1,234.50\u00a0EUR');
});

it('what is typed is sent once it says who asks and what', () => {
  expect(orderInput(emptyOrder)).toBeNull();
  expect(orderInput({ ...emptyOrder, issuer: 'A', text: ' ' })).toBeNull();
  const whole = { ...emptyOrder, issuer: 'A', text: 'B', currency: ' sek' };
  expect(orderInput(whole)).toMatchObject({ currency: 'SEK', expiresAt: null });
  const until = '2026-11-20T12:00';
  expect(orderInput({ ...whole, until })?.expiresAt).toBe(new Date(until).toISOString());
});

it('an order is read row by row, and what it does not say has no row', () => {
  const { issuer, text, amount, reference, expiresAt } = anOrder();
  const rows = orderRows({ issuer, text, amount, reference, expiresAt }, 'sv');
  expect(rows.map(({ label }) => label)).toEqual(['text', 'amount', 'reference', 'issuer', 'until']);
  expect(rows[1]?.value).toBe('125\u00a0000,00\u00a0SEK');
  const least = orderRows({ issuer, text, amount: null, reference: null, expiresAt: null }, 'sv');
  expect(least.map(({ value }) => value)).toEqual([text, issuer]);
});
