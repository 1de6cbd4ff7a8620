import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../main/result/bytes.ts';
import { Failure } from '../../../main/result/failure.ts';
import { minorDigitsOf } from '../../../main/verification/currencies.ts';
import { type Order, orderHash, parseOrder } from '../../../main/verification/order.ts';
import { anOrder } from '../../support/orders.ts';

function refusalOf(input: unknown): { readonly code: string; readonly field: unknown } {
  try {
    parseOrder(input);
  } catch (thrown) {
    if (thrown instanceof Failure) return { code: thrown.code, field: thrown.fields.field ?? null };
    throw thrown;
  }
  throw new Error('taken');
}

const malformed = (field: string | null) => ({ code: 'order.malformed', field });

describe('an order', () => {
  it('is taken as value, as text and as bytes, and is the same', () => {
    const order = anOrder();
    const text = JSON.stringify(order);
    expect(parseOrder(order)).toEqual(order);
    expect(parseOrder(text)).toEqual(order);
    expect(parseOrder(new TextEncoder().encode(text))).toEqual(order);
  });

  // RFC 8259 §4: of two texts the person would be shown one here and the other elsewhere, from one and the same code.
  it.each([
    ['two texts', (text: string) => text.replace('"text"', '"text":"Överföring till Anna","text"'), malformed(null)],
    [
      'two texts, one spelt with an escape',
      (text: string) => text.replace('"text"', '"t\\u0065xt":"a","text"'),
      malformed(null),
    ],
    ['two values of one amount', (text: string) => text.replace('"value"', '"value":"1.00","value"'), malformed(null)],
    [
      'a depth that no order has',
      (text: string) => text.replace('"value"', `"x":${'['.repeat(40)}${']'.repeat(40)},"value"`),
      malformed(null),
    ],
    ['half a character', (text: string) => text.replace('Åsa', 'Ås\ud800a'), { code: 'order.characters', field: null }],
  ])('with %s is refused', (_, change, refused) => {
    const changed = change(JSON.stringify(anOrder()));
    expect(changed).not.toBe(JSON.stringify(anOrder()));
    expect(refusalOf(changed)).toEqual(refused);
  });

  it('may leave out what it does not say: that is the same order as with nulls', () => {
    const { schema, version, id, issuer, text } = anOrder();
    const short = parseOrder({ schema, version, id, issuer, text });
    expect(short).toMatchObject({ amount: null, audience: null, expiresAt: null });
    expect(orderHash(short)).toEqual(orderHash(parseOrder({ ...short })));
  });

  // RFC 8785: members sorted, no white space; computed here by hand.
  it('is hashed over its canonical JSON', () => {
    const { id, issuer, text } = anOrder({ text: 'Å' });
    const order = parseOrder({ text, schema: 'styrk-order', version: 1, issuer, id });
    const canonical =
      '{"amount":null,"audience":null,"customer":null,"expiresAt":null,"id":"order-1","issuedAt":null,' +
      '"issuer":"Exempelbanken","nonce":null,"purpose":null,"reference":null,"schema":"styrk-order","text":"Å","version":1}';
    expect(toHex(orderHash(order))).toBe(createHash('sha256').update(canonical, 'utf8').digest('hex'));
  });

  it('has another hash as soon as any field is another', () => {
    const changes: readonly Partial<Order>[] = [
      { id: 'order-2' },
      { issuer: 'Exempelbanken 2' },
      { audience: 'Kontoret' },
      { text: 'Överföring till Åsa Oberg' },
      { amount: { value: '125000.01', currency: 'SEK' } },
      { amount: { value: '125000.00', currency: 'EUR' } },
      { amount: null },
      { reference: null },
      { purpose: null },
      { customer: '1' },
      { nonce: 'n' },
      { issuedAt: null },
      { expiresAt: '2026-11-30T08:00:01Z' },
    ];
    const hashes = [anOrder(), ...changes.map(anOrder)].map((order) => toHex(orderHash(parseOrder(order))));
    expect(new Set(hashes).size).toBe(changes.length + 1);
  });

  it.each([
    ['no JSON', '{"schema":', null],
    ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), null],
    ['no object', 'null', null],
    ['a list', [anOrder()], 'schema'],
    ['another schema', { ...anOrder(), schema: 'other' }, 'schema'],
    ['another version', { ...anOrder(), version: 2 }, 'version'],
    ['a field that nobody knows', { ...anOrder(), Note: 'pay at once' }, null],
    ['an id with a space', anOrder({ id: 'a b' }), 'id'],
    ['no id', anOrder({ id: '' }), 'id'],
    ['a text of nothing', anOrder({ text: '' }), 'text'],
    ['a text of spaces', anOrder({ text: '   ' }), 'text'],
    ['a text that is too long', anOrder({ text: 'x'.repeat(1_001) }), 'text'],
    ['a text of too many lines', anOrder({ text: 'x\n'.repeat(20).concat('x') }), 'text'],
    ['a text that is not composed (NFC)', anOrder({ text: 'A\u030a' }), 'text'],
    ['a number for who asks', { ...anOrder(), issuer: 7 }, 'issuer'],
    ['a purpose that is no id', anOrder({ purpose: 'Large Transfer' }), 'purpose'],
    ['an instant without zone', anOrder({ expiresAt: '2026-11-30T08:00:00' }), 'expiresAt'],
    ['a day that is none', anOrder({ issuedAt: '2026-02-30T08:00:00Z' }), 'issuedAt'],
    ['an hour that is none', anOrder({ issuedAt: '2026-02-27T24:00:00Z' }), 'issuedAt'],
    ['an end at its beginning', anOrder({ expiresAt: '2026-11-01T08:00:00.000Z' }), 'expiresAt'],
    ['an end before its beginning', anOrder({ expiresAt: '2026-10-30T08:00:00Z' }), 'expiresAt'],
  ])('is refused with %s', (_, input, field) => {
    expect(refusalOf(input)).toEqual(malformed(field));
  });

  // "1,000.00", "1e6" and "1.234" for a thousand are how sums are misread; ISO 4217 says how many digits a currency has.
  it.each([
    ['1,000.00', 'SEK'],
    ['1e6', 'SEK'],
    ['1.234', 'SEK'],
    ['0100', 'SEK'],
    ['-5', 'SEK'],
    ['+5', 'SEK'],
    ['0.00', 'SEK'],
    ['1.', 'SEK'],
    ['.5', 'SEK'],
    ['١٢٣', 'SEK'],
    ['1000.5', 'JPY'],
    ['10', 'sek'],
    ['10', 'XXX'],
    ['10', 'XAU'],
    ['9'.repeat(16), 'SEK'],
  ])('is refused with the amount %s %s', (value, currency) => {
    expect(refusalOf(anOrder({ amount: { value, currency } }))).toEqual(malformed('amount'));
  });

  it.each([
    ['1234.50', 'SEK'],
    ['0.01', 'EUR'],
    ['1000', 'JPY'],
    ['1.234', 'KWD'],
    ['999999999999999.99', 'NOK'],
  ])('is taken with the amount %s %s', (value, currency) => {
    expect(parseOrder(anOrder({ amount: { value, currency } })).amount).toEqual({ value, currency });
  });

  it.each([
    ['a right-to-left override', '\u202e'],
    ['an isolate', '\u2067'],
    ['an Arabic letter mark', '\u061c'],
    ['a zero-width space', '\u200b'],
    ['a soft hyphen', '\u00ad'],
    ['a Hangul filler', '\u3164'],
    ['a tag', '\u{e0041}'],
    ['an escape', '\u001b'],
    ['a null', '\u0000'],
    ['a carriage return', '\r'],
    ['a next line', '\u0085'],
    ['a line separator', '\u2028'],
    ['a byte order mark', '\ufeff'],
    ['half a character', '\ud800'],
    ['a private character', '\ue000'],
    ['the blank of Braille', '\u2800'],
    // Unicode TR 36 §2.11: marks piled up cover the lines around.
    ['a pile of marks', '\u0336\u0337\u0338\u0335\u0336'],
  ])('is refused with %s, whose hash would be of what nobody saw', (_, character) => {
    for (const field of ['text', 'issuer', 'reference', 'audience'] as const)
      expect(refusalOf(anOrder({ [field]: `100${character}000` }))).toEqual({ code: 'order.characters', field });
  });

  it('may have lines in its text alone', () => {
    expect(parseOrder(anOrder({ text: 'Ett\nTvå' })).text).toBe('Ett\nTvå');
    expect(refusalOf(anOrder({ reference: 'Ett\nTvå' }))).toEqual({ code: 'order.characters', field: 'reference' });
  });

  it('is not even parsed where it is longer than any', () => {
    expect(refusalOf(' '.repeat(16_385)).code).toBe('order.too-large');
    expect(refusalOf(new Uint8Array(16_385)).code).toBe('order.too-large');
  });

  it('does not fall over what is nested deeply or names what objects have anyway', () => {
    expect(refusalOf('['.repeat(8_000) + ']'.repeat(8_000))).toEqual(malformed(null));
    expect(refusalOf(`{"__proto__":{"schema":"styrk-order"},"version":1}`)).toEqual(malformed('schema'));
    expect(refusalOf(JSON.stringify({ ...anOrder(), constructor: 1 }))).toEqual(malformed(null));
  });

  it('tells nothing of what stands in it', () => {
    try {
      parseOrder(anOrder({ text: 'Hemlig\u202etext' }));
    } catch (thrown) {
      expect(JSON.stringify(thrown)).not.toContain('Hemlig');
      expect(String(thrown)).not.toContain('Hemlig');
    }
  });
});

describe('currencies', () => {
  it('have the minor units of ISO 4217', () => {
    expect(['SEK', 'EUR', 'JPY', 'ISK', 'BHD', 'CLF'].map(minorDigitsOf)).toEqual([2, 2, 0, 0, 3, 4]);
    expect(['XTS', 'DEM', 'eur', '', '__proto__'].map(minorDigitsOf)).toEqual([null, null, null, null, null]);
  });
});
