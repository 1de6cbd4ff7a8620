import type { CurveName } from '../../../main/crypto/curves.ts';
import { digest, type HashName } from '../../../main/crypto/hash.ts';
import { modularPower } from '../../../main/crypto/modular.ts';
import { bytesToUnsigned, unsignedToBytes } from '../../../main/crypto/points.ts';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat } from '../../../main/result/bytes.ts';
import { answer } from '../../../main/simulator/chip/apdu.ts';
import { chipRsaKey } from '../../../main/simulator/issuing/chip-keys.ts';
import {
  type ActiveAuthenticationOffer,
  activeAuthenticationInfos,
  activeAuthenticationKey,
  activeAuthenticationKeyInfo,
} from '../../../main/simulator/issuing/clone-protection.ts';
import { type CaseTable, finding, one, several } from '../base/case.ts';
import {
  type ConformanceDocument,
  chipLabel,
  conformanceDocument,
  type DocumentChange,
  dataGroup14,
  dataGroup15,
} from '../base/document.ts';
import { type Front, insideSession } from '../base/fronts.ts';

// BAC with DG15 alone, so that nothing but active authentication decides; DG14 where the key needs one.
function signing(offer: ActiveAuthenticationOffer, change: DocumentChange = {}): ConformanceDocument {
  const infos = activeAuthenticationInfos(offer);
  return conformanceDocument('BAC', {
    groups: {
      15: dataGroup15(activeAuthenticationKeyInfo(chipLabel, offer)),
      ...(infos.length === 0 ? {} : { 14: dataGroup14(infos) }),
    },
    chip: { activeAuthentication: activeAuthenticationKey(chipLabel, offer) },
    ...change,
  });
}

const rsa = (hash: HashName, bits: 1024 | 1280 = 1024): ActiveAuthenticationOffer => ({
  scheme: 'ISO 9796-2',
  bits,
  hash,
  trailer: hash === 'SHA-1' ? 'implicit' : 'explicit',
});

const ec = (curve: CurveName, hash: HashName): ActiveAuthenticationOffer => ({
  scheme: 'ECDSA',
  curve,
  hash,
  form: 'plain',
  parameters: 'explicit',
});

// A whole block of ISO/IEC 9796-2 scheme 1 whose last bytes are these.
function endingIn(trailer: Uint8Array, hash: HashName): Front {
  const { modulus, privateExponent } = chipRsaKey(1024);
  return insideSession({
    plain: (command, respond) => {
      if (command.ins !== 0x88) return respond();
      const length = 128 - 1 - digest(hash, command.data).length - trailer.length;
      const recoverable = new Uint8Array(length).fill(0x5c);
      const hashed = digest(hash, concat(recoverable, command.data));
      const block = concat(Uint8Array.of(0x6a), recoverable, hashed, trailer);
      const signature = modularPower(bytesToUnsigned(block), privateExponent, modulus);
      return answer(0x9000, unsignedToBytes(signature, 128));
    },
  });
}

const withTrailer = (trailer: readonly number[], hash: HashName) => () =>
  signing(rsa(hash), { front: endingIn(Uint8Array.from(trailer), hash) });

const proven = finding('active-authentication', 'successful');

const unknownAlgorithm = encodeTlv(
  0x30,
  encodeOid('2.23.136.1.1.5'),
  encodeInteger(1),
  encodeOid('0.4.0.127.0.7.1.1.4.1.99'),
);

/** ISO7816_F: active authentication. */
export const iso7816f: CaseTable = {
  ISO7816_F_01: one('RSA with SHA-1', () => signing(rsa('SHA-1')), proven),
  ISO7816_F_02: several(
    'ECDSA',
    {
      'SHA-224': () => signing(ec('brainpoolP224r1', 'SHA-224')),
      'SHA-256': () => signing(ec('brainpoolP256r1', 'SHA-256')),
      'SHA-384': () => signing(ec('brainpoolP384r1', 'SHA-384')),
      'SHA-512': () => signing(ec('brainpoolP512r1', 'SHA-512')),
    },
    proven,
  ),
  ISO7816_F_04: one('RSA with SHA-224', () => signing(rsa('SHA-224')), proven),
  ISO7816_F_05: one('RSA with SHA-256', () => signing(rsa('SHA-256')), proven),
  ISO7816_F_06: one('RSA with SHA-384', () => signing(rsa('SHA-384')), proven),
  ISO7816_F_07: one('RSA with SHA-512', () => signing(rsa('SHA-512')), proven),
  ISO7816_F_08: several('A signature with a wrong trailer', {
    BB: withTrailer([0xbb], 'SHA-1'),
    'trailer of another hash': withTrailer([0x36, 0xcc], 'SHA-256'),
    'unknown hash': withTrailer([0x7f, 0xcc], 'SHA-256'),
  }),
  ISO7816_F_09: one('DG14 names a signature algorithm that does not exist', () => {
    const offer = ec('brainpoolP256r1', 'SHA-256');
    const keyInfo = activeAuthenticationKeyInfo(chipLabel, offer);
    return signing(offer, { groups: { 14: dataGroup14([unknownAlgorithm]), 15: dataGroup15(keyInfo) } });
  }),
};
