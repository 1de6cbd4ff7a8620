import { createHmac, createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bankSystemIn } from '../../../main/answer/bank-system.ts';
import { refusalOf } from '../../../main/answer/refusal.ts';
import { type OrderGround, proveOrder, type Sender } from '../../../main/answer/signed-order.ts';
import { asFailure } from '../../../main/result/failure.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { orderHash } from '../../../main/verification/order.ts';
import {
  bankFile,
  bankSigner,
  hashOfOrder,
  orderClaims,
  orderHeader,
  orderToken,
  signedBy,
} from '../../support/bank-side.ts';

/*
 * Orders that a bank's system signs (docs/integration.md; RFC 7515, RFC 7519, RFC 8725): only those are taken that are its own,
 * for this station, in time, and that came from where its orders come from.
 */

const now = '2026-11-23T09:00:00Z';
const at = Date.parse(now) / 1000;
const signer = bankSigner();
const stranger = bankSigner('key-1');
const extension = `chrome-extension://${'abcdefghijklmnop'.repeat(2)}/`;
const system = bankSystemIn(
  bankFile(signer, { ways: ['folder', 'native-messaging'], origins: [extension, 'https://teller.bank.example'] }),
);
const folder: Sender = { way: 'folder', origins: [] };

const ground = (changes: Partial<OrderGround> = {}): OrderGround => ({
  system: (id) => (id === system.id ? system : null),
  stationId: 'station-1',
  now,
  today: '2026-11-23' as PlainDate,
  newestDay: '2026-11-23' as PlainDate,
  newestAt: null,
  takenAt: () => null,
  ...changes,
});

const outcome = (token: string, sender = folder, around = ground()) =>
  proveOrder(token, sender, around).then(
    () => 'taken',
    (thrown: unknown) => asFailure(thrown).code,
  );
const token = (changes: Record<string, unknown> = {}) => orderToken(signer, orderClaims(at, changes));
const withHeader = (changes: Record<string, unknown>) =>
  signedBy(signer, { ...orderHeader(signer), ...changes }, orderClaims(at));

describe('a signed order', () => {
  it('is taken with what it says, and its hash is what the bank computes of its claims', async () => {
    const { order, asks, kid, system: of } = await proveOrder(token(), folder, ground());
    expect(order).toMatchObject({
      id: 'order-4711',
      issuer: system.id,
      audience: 'exempelbanken',
      nonce: 'n-0S6_WzA2Mj',
    });
    expect({ asks, kid, of: of.id }).toEqual({
      asks: ['given_name', 'family_name', 'birthdate'],
      kid: 'key-1',
      of: system.id,
    });
    expect(Buffer.from(orderHash(order)).toString('hex')).toBe(hashOfOrder(orderClaims(at)));
  });

  it('may be signed by ES256, and may name the station itself', async () => {
    const other = bankSigner('p', 'ES256');
    const known = bankSystemIn(bankFile(other));
    const signed = orderToken(other, orderClaims(at, { aud: 'station-1' }));
    expect(await outcome(signed, folder, ground({ system: () => known }))).toBe('taken');
  });

  it.each([
    ['nothing', '', 'order.malformed'],
    ['JSON that nobody signed', JSON.stringify(orderClaims(at)), 'order.unsigned'],
    ['alg none (RFC 8725 §2.1)', withHeader({ alg: 'none' }), 'order.unsigned'],
    ['alg NonE', withHeader({ alg: 'NonE' }), 'order.unsigned'],
    ['no signature', `${token().split('.').slice(0, 2).join('.')}.`, 'order.unsigned'],
    ['two parts', token().split('.').slice(0, 2).join('.'), 'order.malformed'],
    ['five parts (JWE)', `${token()}.a.b`, 'order.malformed'],
    ['RS256', withHeader({ alg: 'RS256' }), 'order.unsigned'],
    ['another algorithm than the key has (RFC 8725 §3.1)', withHeader({ alg: 'ES256' }), 'order.signature-wrong'],
    ['no kid', withHeader({ kid: undefined }), 'order.malformed'],
    ['an unknown kid', withHeader({ kid: 'other' }), 'order.foreign'],
    ['no typ', withHeader({ typ: undefined }), 'order.malformed'],
    ['the typ of an answer (RFC 8725 §3.11)', withHeader({ typ: 'styrk-answer+jwt' }), 'order.malformed'],
    ['crit', withHeader({ crit: ['exp'] }), 'order.malformed'],
    ['b64 false', withHeader({ b64: false, crit: ['b64'] }), 'order.malformed'],
    ['a key that it brings along', withHeader({ jwk: stranger.jwk }), 'order.malformed'],
    ['an address of a key', withHeader({ jku: 'https://thief.example/keys' }), 'order.malformed'],
    ['a padded part', `${token()}=`, 'order.malformed'],
    ['white space within', token().replace('.', '. '), 'order.malformed'],
    ['a changed letter', token().replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), 'either'],
    ['too much', 'a'.repeat(64 * 1024 + 1), 'order.too-large'],
  ])('is refused: %s', async (_, text, code) => {
    const found = await outcome(text);
    if (code === 'either') expect(['order.malformed', 'order.signature-wrong']).toContain(found);
    else expect(found).toBe(code);
  });

  it('is refused where somebody else signed it under the name of the key', async () => {
    expect(await outcome(orderToken(stranger, orderClaims(at)))).toBe('order.signature-wrong');
  });

  it('is refused where the public key was used as a shared secret (RFC 8725 §2.1)', async () => {
    const message = withHeader({ alg: 'HS256' }).split('.').slice(0, 2).join('.');
    const secret = Buffer.from(String(signer.jwk.x), 'base64url');
    const forged = `${message}.${createHmac('sha256', secret).update(message).digest('base64url')}`;
    expect(await outcome(forged)).toBe('order.unsigned');
  });

  it('is refused under a payload of another order', async () => {
    const [head = '', , signature = ''] = token().split('.');
    const [, body = ''] = token({ jti: 'another' }).split('.');
    expect(await outcome(`${head}.${body}.${signature}`)).toBe('order.signature-wrong');
  });

  it.each([
    ['an issuer that nobody knows', { iss: 'https://thief.example' }, 'order.foreign'],
    ['no issuer', { iss: undefined }, 'order.foreign'],
    ['another audience', { aud: 'another-bank' }, 'order.foreign'],
    ['several audiences', { aud: ['exempelbanken', 'another'] }, 'order.malformed'],
    ['no jti', { jti: undefined }, 'order.malformed'],
    ['no nonce', { nonce: undefined }, 'order.malformed'],
    ['no exp', { exp: undefined }, 'order.malformed'],
    ['exp as text', { exp: '2026' }, 'order.malformed'],
    ['exp as a float', { exp: at + 0.5 }, 'order.malformed'],
    ['exp before iat', { exp: at - 1 }, 'order.malformed'],
    ['valid for a year', { exp: at + 365 * 86_400 }, 'order.malformed'],
    ['expired', { iat: at - 1000, exp: at }, 'order.expired'],
    ['of tomorrow', { iat: at + 86_400, exp: at + 87_000 }, 'order.not-yet-valid'],
    ['not before tomorrow', { nbf: at + 86_400, exp: at + 87_000 }, 'order.not-yet-valid'],
    ['a member that nobody knows', { admin: true }, 'order.malformed'],
    ['no text', { order: {} }, 'order.malformed'],
    ['an empty text', { order: { text: '' } }, 'order.malformed'],
    ['a member of the order that nobody shows', { order: { text: 'a', fee: '1' } }, 'order.malformed'],
    ['an amount as a number', { order: { text: 'a', amount: { value: 1, currency: 'SEK' } } }, 'order.malformed'],
    ['an override of text direction', { order: { text: 'to \u202eesrever' } }, 'order.characters'],
    ['more than it may ask', { asks: ['photo'] }, 'order.malformed'],
  ])('is refused: %s', async (_, changes, code) => {
    expect(await outcome(token(changes))).toBe(code);
  });

  // A bank's developer followed docs/integration.md: `order.malformed` said nothing of where.
  it.each([
    ['a token', 'order', { reason: 'not a token' }],
    ['a header', withHeader({ typ: 'JWT' }), { reason: 'header: typ' }],
    ['a name in the header that it made up', withHeader({ secret: 'x' }), { reason: 'header: another member' }],
    ['a member twice', signedBy(signer, orderHeader(signer), '{"a":1,"a":2}'), { reason: 'a member twice' }],
    ['a claim', token({ exp: 'soon' }), { field: 'exp' }],
    ['a claim that it made up', token({ secret: 'x' }), { reason: 'another member' }],
    ['its text', token({ order: { text: 1 } }), { field: 'text' }],
    [
      'a member that it made up',
      token({ order: { text: 'a', secret: 'x' } }),
      { field: 'order', reason: 'another member' },
    ],
    ['the sum', token({ order: { text: 'a', amount: { value: '1.234', currency: 'SEK' } } }), { field: 'amount' }],
    ['its name', token({ jti: 'with a space' }), { field: 'jti' }],
    ['its end', token({ exp: at + 365 * 86_400 }), { field: 'exp' }],
    ['what nobody sees', token({ order: { text: 'to \u202eesrever' } }), { field: 'text' }],
    ['the key', withHeader({ kid: 'other' }), { reason: 'key' }],
  ])('tells its bank of %s by names of ours alone', async (_, text, told) => {
    const refusal = await proveOrder(text, folder, ground()).then(() => null, refusalOf);
    const { code: __, ...where } = refusal ?? { code: null };
    expect(where).toEqual(told);
  });

  it.each([
    ['a member twice (RFC 8259 §4)', JSON.stringify(orderClaims(at)).replace('"jti"', '"nonce":"x","jti"')],
    [
      'a member twice, one spelt with an escape',
      JSON.stringify(orderClaims(at)).replace('"jti"', '"\\u006aonce":"x","\\u006ati":"y","jti"'),
    ],
    ['no JSON', 'order'],
    ['an array', '[]'],
    ['deeply nested', `${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['a byte order mark', `\ufeff${JSON.stringify(orderClaims(at))}`],
  ])('is refused for its payload: %s', async (_, payload) => {
    expect(['order.malformed', 'order.foreign']).toContain(
      await outcome(signedBy(signer, orderHeader(signer), payload)),
    );
  });

  // A bank's developer followed docs/integration.md: with a digit wrong the order was taken in, and waited until it had expired.
  it.each([
    [{ purpose: 'renew-bankid', customer: 'SWE:199107172380' }, 'taken'],
    [{ customer: 'SWE:910717-2380' }, 'taken'],
    [{ customer: 'FIN:131052-308T' }, 'taken'],
    [{ customer: 'kund-4711' }, 'taken'],
    // Without a state in front it may be the bank's own id.
    [{ customer: '199107172381' }, 'taken'],
    [{ customer: 'USA:199107172381' }, 'taken'],
    [{ customer: 'SWE:199107172381' }, 'customer'],
    [{ customer: 'SWE:' }, 'customer'],
    [{ customer: 'SWE:19910717' }, 'customer'],
    [{ customer: 'SWE:199102302380' }, 'customer'],
    [{ customer: 'FIN:131052-308U' }, 'customer'],
    [{ customer: 'FIN:131052308T' }, 'customer'],
    [{ customer: 'NOR:12345678901' }, 'customer'],
    [{ purpose: 'renew-bankidd' }, 'purpose'],
    [{ purpose: 'document' }, 'purpose'],
  ])(
    'that no case could ever carry is refused when it comes, and never for that once it was taken: %j',
    async (said, wrong) => {
      const text = token({ order: { text: 'Byte av telefon', ...said } });
      const found = (around: OrderGround) =>
        proveOrder(text, folder, around).then(
          () => 'taken',
          (thrown: unknown) => asFailure(thrown).fields.field,
        );
      expect(await found(ground())).toBe(wrong);
      expect(await found(ground({ takenAt: () => now }))).toBe('taken');
    },
  );

  it('is refused by a way or from a page that is not its bank’s', async () => {
    const native = (...origins: string[]): Sender => ({ way: 'native-messaging', origins });
    expect(await outcome(token(), native(extension))).toBe('taken');
    expect(await outcome(token(), native(extension, 'https://teller.bank.example'))).toBe('taken');
    expect(await outcome(token(), native(extension, 'https://thief.example'))).toBe('order.sender-refused');
    expect(await outcome(token(), native(`chrome-extension://${'p'.repeat(32)}/`))).toBe('order.sender-refused');
    expect(await outcome(token(), { way: 'link', origins: [] })).toBe('order.sender-refused');
  });

  it('does not become valid again under a clock that was set back, nor expire for who asks once more', async () => {
    const back = ground({ now: '2026-11-20T09:00:00Z', today: '2026-11-20' as PlainDate });
    const old = { iat: Date.parse(back.now) / 1000 - 60, exp: Date.parse(back.now) / 1000 + 900 };
    expect(await outcome(token(old), folder, back)).toBe('clock.went-back');
    const late = ground({ now: '2026-11-24T09:00:00Z' });
    expect(await outcome(token(), folder, late)).toBe('order.expired');
    expect(await outcome(token(), folder, { ...late, takenAt: () => now })).toBe('taken');
  });
});

describe('a system of the bank', () => {
  const refused = (changes: Record<string, unknown>) => {
    try {
      bankSystemIn(bankFile(signer, changes));
      return 'known';
    } catch (thrown) {
      return asFailure(thrown).fields.reason;
    }
  };
  const privateJwk = createPrivateKey(signer.privateKey.export({ type: 'pkcs8', format: 'pem' })).export({
    format: 'jwk',
  });

  it.each([
    ['as it should be', {}, 'known'],
    ['a private key', { keys: [{ ...privateJwk, kid: 'a' }] }, 'keys.0.d'],
    ['no key', { keys: [] }, 'keys'],
    ['one kid twice', { keys: [signer.jwk, stranger.jwk] }, 'keys: one kid twice'],
    [
      'a key of small order (RFC 8032 §5.1.7)',
      { keys: [{ ...signer.jwk, x: `${'A'.repeat(42)}A` }] },
      'keys: key-1 is no key of its curve',
    ],
    [
      'a point off the curve',
      { keys: [{ kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43), kid: 'a' }] },
      'keys: a is no key of its curve',
    ],
    ['an RSA key', { keys: [{ kty: 'RSA', n: 'AA', e: 'AQAB', kid: 'a' }] }, 'keys.0.kty'],
    ['an unknown way', { ways: ['fax'] }, 'ways.0'],
    [
      'native messaging without an extension',
      { ways: ['native-messaging'] },
      'origins: native messaging needs the extension',
    ],
    ['any page', { origins: ['https://*'] }, 'origins.0'],
    ['a page of http', { origins: ['http://bank.example'] }, 'origins.0'],
    ['a name with an override of direction', { name: 'a\u202eb' }, 'name'],
    ['a member that nobody knows', { trusted: true }, 'trusted'],
    ['an address that is none', { ways: ['https'] }, 'address: none is named'],
  ])('%s', (_, changes, expected) => {
    expect(refused(changes)).toBe(expected);
  });
});
