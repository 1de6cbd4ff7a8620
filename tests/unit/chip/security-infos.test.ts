import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSecurityInfos } from '../../../main/chip/security-infos.ts';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { fromHex, toHex } from '../../../main/result/bytes.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';

const bsi = '0.4.0.127.0.7.2.2';

function info(oid: string, ...rest: readonly Uint8Array[]): Uint8Array {
  return encodeTlv(0x30, encodeOid(oid), ...rest);
}

function only(...encoded: readonly Uint8Array[]): unknown {
  return parseSecurityInfos(encodeTlv(0x31, ...encoded))[0];
}

describe('PACEInfo (9303-11 §9.2.1)', () => {
  test('of the worked example', () => {
    const [pace, ...more] = parseSecurityInfos(fromHex('31143012060a04007f0007020204020202010202010d'));
    expect(more).toEqual([]);
    expect(pace).toMatchObject({
      kind: 'PACEInfo',
      protocol: `${bsi}.4.2.2`,
      version: 2,
      mapping: 'GM',
      agreement: 'ECDH',
      cipher: 'AES-128',
      parameterId: 13,
    });
    expect(toHex(pace?.raw ?? new Uint8Array())).toBe('3012060a04007f0007020204020202010202010d');
  });

  test('without a parameter id, as Spanish chips have it', () => {
    expect(only(info(`${bsi}.4.2.2`, encodeInteger(2)))).toMatchObject({ kind: 'PACEInfo', parameterId: null });
  });

  test.each([
    ['1.1', 'GM', 'DH', '3DES'],
    ['2.4', 'GM', 'ECDH', 'AES-256'],
    ['3.2', 'IM', 'DH', 'AES-128'],
    ['4.3', 'IM', 'ECDH', 'AES-192'],
    ['6.2', 'CAM', 'ECDH', 'AES-128'],
  ])('%s is %s over %s with %s', (arcs, mapping, agreement, cipher) => {
    const parsed = only(info(`${bsi}.4.${arcs}`, encodeInteger(2), encodeInteger(13)));
    expect(parsed).toMatchObject({ kind: 'PACEInfo', mapping, agreement, cipher });
  });
});

describe('the other infos', () => {
  const algorithm = encodeTlv(0x30, encodeOid('0.4.0.127.0.7.1.2'), encodeInteger(13));

  test('PACEDomainParameterInfo', () => {
    expect(only(info(`${bsi}.4.2`, algorithm, encodeInteger(13)))).toMatchObject({
      kind: 'PACEDomainParameterInfo',
      mapping: 'GM',
      agreement: 'ECDH',
      domainParameter: algorithm,
      parameterId: 13,
    });
  });

  test('ChipAuthenticationInfo and ChipAuthenticationPublicKeyInfo', () => {
    expect(only(info(`${bsi}.3.2.4`, encodeInteger(1), encodeInteger(1n << 70n)))).toMatchObject({
      kind: 'ChipAuthenticationInfo',
      version: 1,
      agreement: 'ECDH',
      cipher: 'AES-256',
      keyId: 1n << 70n,
    });
    expect(only(info(`${bsi}.1.1`, algorithm))).toMatchObject({
      kind: 'ChipAuthenticationPublicKeyInfo',
      agreement: 'DH',
      publicKey: algorithm,
      keyId: null,
    });
  });

  test('TerminalAuthenticationInfo and ActiveAuthenticationInfo', () => {
    expect(only(info(`${bsi}.2`, encodeInteger(1)))).toMatchObject({ kind: 'TerminalAuthenticationInfo', version: 1 });
    const ecdsa = '0.4.0.127.0.7.1.1.4.1.3';
    expect(only(info('2.23.136.1.1.5', encodeInteger(1), encodeOid(ecdsa)))).toMatchObject({
      kind: 'ActiveAuthenticationInfo',
      version: 1,
      signatureAlgorithm: ecdsa,
    });
  });

  test.each(['1.2.3', `${bsi}.4.9.1`, `${bsi}.4.2.7`, `${bsi}.3.2`, `${bsi}.4.2.2.1`, `${bsi}.9`, '2.23.136.1.1.5'])(
    '%s with content that the standard does not name is kept',
    (oid) => {
      const encoded = info(oid, encodeTlv(0x04, fromHex('0102')));
      expect(only(encoded)).toEqual({ kind: 'unknown', protocol: oid, raw: encoded });
    },
  );
});

describe('what is none', () => {
  test.each([
    ['nothing', ''],
    ['a sequence', '3000'],
    ['a set of something else', '3103020101'],
    ['an info without content', '310530030601 2a'],
    ['an info without an identifier', '31053003020101'],
    ['bytes after the set', '310000'],
    ['a cut set', '31143012060a04007f'],
    ['a version that is no number', '31143012060a04007f0007020204020204010202010d'],
    ['an endless version', '311a3018060a04007f00070202040202020701020304050607020 10d'],
    ['a broken identifier', '3107300506018002 0101'],
  ])('%s', (_name, hex) => {
    expect(failureCodeOf(() => parseSecurityInfos(fromHex(hex)))).toBe('security-infos.malformed');
  });

  test('more infos than any chip has', () => {
    const many = encodeTlv(0x31, ...Array.from({ length: 100 }, () => info('1.2.3', encodeInteger(1))));
    expect(failureCodeOf(() => parseSecurityInfos(many))).toBe('security-infos.malformed');
  });

  test('any bytes end in infos or in that failure', () => {
    const bytes = fc.uint8Array({ maxLength: 60 }).map((rest) => encodeTlv(0x31, rest));
    fc.assert(
      fc.property(bytes, (set) => {
        expect(failureCodeOf(() => parseSecurityInfos(set))).toMatch(/^(none|security-infos\.malformed)$/);
      }),
    );
  });
});

describeWithRealData('SecurityInfos of real documents', () => {
  test('DG14 of the German specimen', () => {
    const kinds = parseSecurityInfos(realData('lds/DE-specimen/EF_DG14.bin')).map(({ kind }) => kind);
    expect(kinds).toContain('ChipAuthenticationPublicKeyInfo');
    expect(kinds).not.toContain('unknown');
  });

  test('DG14 of an Austrian passport: PACE, chip and terminal authentication', () => {
    const recorded = JSON.parse(new TextDecoder().decode(realData('transcripts/chip-authentication-AT.json'))) as {
      readonly ef_dg14: string;
    };
    const infos = parseSecurityInfos(fromHex(recorded.ef_dg14));
    expect(infos.map(({ kind }) => kind).toSorted()).toEqual([
      'ChipAuthenticationInfo',
      'ChipAuthenticationPublicKeyInfo',
      'PACEInfo',
      'TerminalAuthenticationInfo',
    ]);
    expect(infos.find(({ kind }) => kind === 'PACEInfo')).toMatchObject({ cipher: 'AES-128', parameterId: 13 });
  });
});
