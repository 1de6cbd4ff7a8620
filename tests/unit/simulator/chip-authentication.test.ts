import { describe, expect, it } from 'vitest';
import { encodeInteger, oidContents } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat, toHex } from '../../../main/result/bytes.ts';
import { type AgreementGroup, curveGroup, primeFieldGroup } from '../../../main/simulator/chip/agreement-group.ts';
import type { Command } from '../../../main/simulator/chip/apdu.ts';
import { ChipAuthentication } from '../../../main/simulator/chip/chip-authentication.ts';
import { chipAuthenticationProtocol } from '../../../main/simulator/chip/chip-authentication-protocols.ts';
import type { ChipAuthenticationKey } from '../../../main/simulator/chip/chip-profile.ts';
import { type Cipher, ciphers } from '../../../main/simulator/chip/key-derivation.ts';
import { ChipSession } from '../../../main/simulator/chip/session.ts';
import { chipAuthenticationKey } from '../../../main/simulator/issuing/clone-protection.ts';
import { counting } from './support.ts';

const domains = ['P-192', 'brainpoolP224r1', 'P-256', 'brainpoolP320r1', 'brainpoolP512r1', 'P-521', 0, 1, 2] as const;

function keyOf(domain: (typeof domains)[number], cipher: Cipher, keyId?: number): ChipAuthenticationKey {
  const form = typeof domain === 'number' ? 'X9.42' : 'named';
  const offer = { domain, ciphers: [cipher], form, ...(keyId === undefined ? {} : { keyId }) } as const;
  return chipAuthenticationKey('test', offer);
}

function command(p2: number, data: Uint8Array, ins = 0x22): Command {
  return { cla: 0, ins, p1: ins === 0x22 ? 0x41 : 0, p2, data, expected: null, extended: false };
}

function terminalOf<Element>(group: AgreementGroup<Element>, chipKey: bigint) {
  const privateKey = group.privateKey(counting(9));
  const own = group.power(group.generator, privateKey);
  const chip = group.power(group.generator, chipKey);
  const shared = chip === null ? null : group.power(chip, privateKey);
  if (own === null || shared === null) throw new RangeError('neutral element');
  return { publicKey: group.encode(own), secret: group.secret(shared) };
}

function terminal({ key }: ChipAuthenticationKey) {
  const { domain, privateKey } = key;
  return domain.kind === 'ECDH'
    ? terminalOf(curveGroup(domain.curve), privateKey)
    : terminalOf(primeFieldGroup(domain.parameters), privateKey);
}

const probe = Uint8Array.of(1, 2, 3);

function protocolOf(key: ChipAuthenticationKey, cipher: Cipher): Uint8Array {
  return encodeTlv(0x80, oidContents(chipAuthenticationProtocol(key.key, cipher)));
}

describe('chip authentication seen from the chip', () => {
  it.each(domains.flatMap((domain) => ciphers.map((cipher) => [domain, cipher] as const)))(
    'on %s with %s ends with the keys of both secrets',
    (domain, cipher) => {
      const key = keyOf(domain, cipher);
      const chip = new ChipAuthentication({ chipAuthentication: [key] });
      const { publicKey, secret } = terminal(key);
      const expected = new ChipSession(cipher, secret).token(probe);
      if (cipher === '3DES') {
        const step = chip.setKeyAgreementTemplate(command(0xa6, encodeTlv(0x91, publicKey)));
        expect(step.response.status).toBe(0x9000);
        expect(step.session?.token(probe)).toEqual(expected);
        return;
      }
      expect(chip.setAuthenticationTemplate(command(0xa4, protocolOf(key, cipher))).status).toBe(0x9000);
      const step = chip.generalAuthenticate(command(0, encodeTlv(0x7c, encodeTlv(0x80, publicKey)), 0x86));
      expect([step.response.status, toHex(step.response.data)]).toEqual([0x9000, '7c00']);
      expect(step.session?.token(probe)).toEqual(expected);
    },
  );

  it('needs the number of a key where there are several, and takes it in more bytes unless it is strict', () => {
    const keys = [keyOf('P-256', 'AES-128', 1), keyOf('P-256', 'AES-128', 300)];
    const [first] = keys;
    if (first === undefined) throw new RangeError('no key');
    const protocol = protocolOf(first, 'AES-128');
    const status = (strict: boolean, ...reference: readonly Uint8Array[]): number => {
      const quirks = strict ? ({ minimalKeyReference: true } as const) : {};
      const chip = new ChipAuthentication({ chipAuthentication: keys, quirks });
      return chip.setAuthenticationTemplate(command(0xa4, concat(protocol, ...reference))).status;
    };
    expect(status(false)).toBe(0x6a88);
    expect(status(false, encodeTlv(0x84, Uint8Array.of(7)))).toBe(0x6a88);
    expect(status(false, encodeTlv(0x84, Uint8Array.of(0, 1)))).toBe(0x9000);
    expect(status(true, encodeTlv(0x84, Uint8Array.of(0, 1)))).toBe(0x6a80);
    expect(status(true, encodeTlv(0x84, Uint8Array.of(1)))).toBe(0x9000);
    expect(status(true, encodeTlv(0x84, encodeInteger(300).subarray(2)))).toBe(0x9000);
  });

  it('refuses 3DES by MSE:Set AT, points off the curve, and GENERAL AUTHENTICATE without a choice', () => {
    const key = keyOf('P-256', '3DES');
    const chip = new ChipAuthentication({ chipAuthentication: [key] });
    expect(chip.setAuthenticationTemplate(command(0xa4, protocolOf(key, '3DES'))).status).toBe(0x6a80);
    const off = terminal(key).publicKey.map((byte, at) => (at === 64 ? byte ^ 1 : byte));
    expect(chip.setKeyAgreementTemplate(command(0xa6, encodeTlv(0x91, off))).response.status).toBe(0x6a80);
    expect(chip.generalAuthenticate(command(0, encodeTlv(0x7c), 0x86)).response.status).toBe(0x6985);
  });
});
