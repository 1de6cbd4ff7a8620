import { encryptTripleDesCbc } from '../../../main/crypto/des.ts';
import { digest } from '../../../main/crypto/hash.ts';
import { encodeTlv, type Tlv } from '../../../main/document/tlv.ts';
import { concat } from '../../../main/result/bytes.ts';
import type { Command } from '../../../main/simulator/chip/apdu.ts';
import { deriveKey, keyUse } from '../../../main/simulator/chip/key-derivation.ts';
import { authenticate } from '../../../main/simulator/chip/session.ts';
import { type CaseTable, one, several } from '../base/case.ts';
import { conformanceDocument } from '../base/document.ts';
import {
  answering,
  type Front,
  insideSession,
  type ProtectedAnswer,
  protectedAnswer,
  statusWord,
} from '../base/fronts.ts';
import { informationOf, zone } from '../base/machine-readable-zone.ts';
import { flipped } from '../base/parts.ts';
import { signerSerialNumber } from '../base/public-key-infrastructure.ts';

const withFront = (front: Front) => () => conformanceDocument('BAC', { front });

// Changes the 40 bytes with which the chip answers EXTERNAL AUTHENTICATE.
function atAuthentication(change: (answer: Uint8Array) => Uint8Array): Front {
  return (chip) => (command) => {
    const response = chip.transmit(command);
    return command[1] === 0x82 && response?.length === 42 ? change(response) : response;
  };
}

const seed = digest('SHA-1', new TextEncoder().encode(informationOf(zone()))).subarray(0, 16);

function withCryptogram(cryptogram: Uint8Array): Uint8Array {
  const mac = authenticate('3DES', deriveKey('3DES', seed, keyUse.authentication), cryptogram);
  return concat(cryptogram, mac, statusWord(0x9000));
}

const refusing = (word: number): Front => answering((command) => (command[1] === 0x82 ? statusWord(word) : null));

const isRead = ({ ins }: Command): boolean => ins === 0xb0;

// The fault sits in the answer to the third protected READ BINARY: the session has begun well.
function atThirdRead(change: (answer: ProtectedAnswer) => Uint8Array): Front {
  return (chip, profile) => {
    let reads = 0;
    return insideSession({
      protected: (command, answer) =>
        isRead(command) && ++reads === 3 ? change(answer) : protectedAnswer(...answer.objects.map(({ raw }) => raw)),
    })(chip, profile);
  };
}

const raw = (objects: readonly Tlv[], ...tags: readonly number[]): Uint8Array =>
  concat(...objects.filter(({ tag }) => tags.includes(tag)).map((object) => object.raw));

function unprotectedAt(position: number, word: number): Front {
  return (chip) => {
    let commands = 0;
    return (command) => {
      const isProtected = ((command[0] ?? 0) & 0x0c) === 0x0c;
      if (isProtected && ++commands === position) {
        chip.reset();
        return statusWord(word);
      }
      return chip.transmit(command);
    };
  };
}

/** ISO7816_B: BAC and secure messaging. */
export const iso7816b: CaseTable = {
  ISO7816_B_01: one(
    'BAC: the chip’s authenticator is wrong',
    withFront(atAuthentication((answer) => flipped(answer, 39))),
  ),
  ISO7816_B_02: several('BAC: the cryptogram is wrong, its authenticator fits', {
    'a bit of the cryptogram': withFront(
      atAuthentication((answer) => withCryptogram(flipped(answer.subarray(0, 32), 1))),
    ),
    'another key': withFront(
      atAuthentication((answer) =>
        withCryptogram(encryptTripleDesCbc(flipped(seed, 3), new Uint8Array(8), answer.subarray(0, 32))),
      ),
    ),
  }),
  ISO7816_B_03: several('BAC: the chip refuses', {
    '6300': withFront(refusing(0x6300)),
    '6982': withFront(refusing(0x6982)),
    '6988': withFront(refusing(0x6988)),
    '6A80': withFront(refusing(0x6a80)),
  }),
  ISO7816_B_04: several('A right command is answered with an error of secure messaging', {
    'first command, 6987': withFront(unprotectedAt(1, 0x6987)),
    'first command, 6988': withFront(unprotectedAt(1, 0x6988)),
    'twentieth command, 6988': withFront(unprotectedAt(20, 0x6988)),
  }),
  ISO7816_B_05: one(
    'A protected answer without authenticator',
    withFront(atThirdRead(({ objects }) => protectedAnswer(raw(objects, 0x87, 0x99)))),
  ),
  ISO7816_B_06: one(
    'A protected answer without cryptogram',
    withFront(
      atThirdRead(({ objects, authenticate: mac }) => protectedAnswer(raw(objects, 0x99), mac(raw(objects, 0x99)))),
    ),
  ),
  ISO7816_B_07: one(
    'A protected answer without status word inside',
    withFront(
      atThirdRead(({ objects, authenticate: mac }) => protectedAnswer(raw(objects, 0x87), mac(raw(objects, 0x87)))),
    ),
  ),
  ISO7816_B_08: one(
    'A protected answer with a wrong authenticator',
    withFront(atThirdRead(({ objects }) => flipped(protectedAnswer(...objects.map((object) => object.raw)), -3))),
  ),
  ISO7816_B_09: several('A protected answer with a wrong cryptogram', {
    'its authenticator fits': withFront(
      atThirdRead(({ objects, authenticate: mac }) => {
        const cryptogram = objects.find(({ tag }) => tag === 0x87)?.value ?? new Uint8Array();
        const covered = concat(encodeTlv(0x87, flipped(cryptogram, -9)), raw(objects, 0x99));
        return protectedAnswer(covered, mac(covered));
      }),
    ),
    'under the old authenticator': withFront(
      atThirdRead(({ objects }) => {
        const cryptogram = objects.find(({ tag }) => tag === 0x87)?.value ?? new Uint8Array();
        return protectedAnswer(encodeTlv(0x87, flipped(cryptogram, -9)), raw(objects, 0x99, 0x8e));
      }),
    ),
  }),
  ISO7816_B_10: one('The document signer is revoked', () =>
    conformanceDocument('BAC', { trust: { revoked: [signerSerialNumber] } }),
  ),
};
