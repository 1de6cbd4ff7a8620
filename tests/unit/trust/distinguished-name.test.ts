import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeOid } from '../../../main/document/der.ts';
import { decodeTlv, encodeTlv } from '../../../main/document/tlv.ts';
import { parseName } from '../../../main/trust/x509/distinguished-name.ts';

const nameOfCn = (value: string) =>
  parseName(
    decodeTlv(
      encodeTlv(
        0x30,
        encodeTlv(0x31, encodeTlv(0x30, encodeOid('2.5.4.3'), encodeTlv(0x0c, new TextEncoder().encode(value)))),
      ),
    ),
  );

test('a value is escaped and compared alike whether or not one look tells that nothing needs to be', () => {
  const letters = fc.array(fc.constantFrom(...'aB9 .-_:/()#,+"<>;=\\', 'Å', '\u00a0', '\u200b', 'ﬁ', '\t'), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(letters, (parts) => {
      const value = parts.join('');
      const escaped = value
        .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd')
        .replace(/[\\,+"<>;=]/g, '\\$&')
        .replace(/^[ #]| $/g, '\\$&');
      const compared = value.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
      expect(nameOfCn(value)).toMatchObject({ text: `CN=${escaped}`, key: JSON.stringify([`2.5.4.3=${compared}`]) });
    }),
    { numRuns: 2_000 },
  );
});
