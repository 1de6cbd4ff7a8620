import { encodeTlv } from '../../document/tlv.ts';
import { concat } from '../../result/bytes.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { PaceProfile } from '../chip/chip-profile.ts';
import { encoded, integer, objectIdentifier, sequence } from './asn1.ts';

const text = new TextEncoder();

/** Tags of the data groups that specimens have (9303-10 §4.7 Table 38). */
const dataGroupTags: ReadonlyMap<number, number> = new Map([
  [1, 0x61],
  [2, 0x75],
  [7, 0x67],
  [11, 0x6b],
  [12, 0x6c],
  [13, 0x6d],
  [14, 0x6e],
  [15, 0x6f],
  [16, 0x70],
]);

/** EF.COM (9303-10 §4.6.1) with the LDS version of its security object, 1.7 or 1.8, and Unicode 4.0. */
export function commonData(version: '0107' | '0108', dataGroups: readonly number[]): Uint8Array {
  const tags = dataGroups.map((number) => dataGroupTags.get(number) ?? 0);
  return encodeTlv(
    0x60,
    encodeTlv(0x5f01, text.encode(version)),
    encodeTlv(0x5f36, text.encode('040000')),
    encodeTlv(0x5c, Uint8Array.from(tags)),
  );
}

/** A portrait as the chip holds it; sizes in pixels. */
export interface Portrait {
  readonly image: Uint8Array;
  readonly format: 'JPEG' | 'JPEG 2000';
  readonly width: number;
  readonly height: number;
}

function unsigned(number: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (number >>> (8 * (length - 1 - index))) & 0xff);
}

// ISO/IEC 19794-5:2005 §5.4 to §5.7: header, facial information, image information, image; no feature points.
function faceRecord({ image, format, width, height }: Portrait, sex: 'F' | 'M'): Uint8Array {
  const facialInformation = concat(Uint8Array.of(0, 0, sex === 'M' ? 1 : 2), new Uint8Array(13));
  const fullFrontal = 1;
  const sRgb = 1;
  const stillCamera = 2;
  const imageInformation = concat(
    Uint8Array.of(fullFrontal, format === 'JPEG' ? 0 : 1),
    unsigned(width, 2),
    unsigned(height, 2),
    Uint8Array.of(sRgb, stillCamera),
    unsigned(0, 2),
    unsigned(0, 2),
  );
  const face = concat(facialInformation, imageInformation, image);
  const faceLength = face.length + 4;
  const header = concat(text.encode('FAC\0'), text.encode('010\0'), unsigned(14 + faceLength, 4), unsigned(1, 2));
  return concat(header, unsigned(faceLength, 4), face);
}

function templateOfOne(formatType: number, formatOwner: number, record: Uint8Array): Uint8Array {
  const header = encodeTlv(
    0xa1,
    encodeTlv(0x80, Uint8Array.of(1, 1)),
    encodeTlv(0x81, Uint8Array.of(2)),
    encodeTlv(0x82, Uint8Array.of(0)),
    encodeTlv(0x87, unsigned(formatOwner, 2)),
    encodeTlv(0x88, unsigned(formatType, 2)),
  );
  return encodeTlv(0x75, encodeTlv(0x7f61, encodeTlv(0x02, Uint8Array.of(1)), encodeTlv(0x7f60, header, record)));
}

/** DG2: one face of ISO/IEC 19794-5 in one biometric information template (9303-10 §4.7.2). */
export function faceGroup(portrait: Portrait, sex: 'F' | 'M'): Uint8Array {
  return templateOfOne(8, 0x0101, encodeTlv(0x5f2e, faceRecord(portrait, sex)));
}

/** DG2: one face of ISO/IEC 39794-5 with the mandatory fields alone, as ICAO's application profile encodes it. */
export function extensibleFaceGroup({ image, format, width, height }: Portrait): Uint8Array {
  const size = encodeTlv(0xa7, encodeTlv(0x80, unsigned(width, 2)), encodeTlv(0x81, unsigned(height, 2)));
  const imageFormat = encodeTlv(0xa0, encodeTlv(0x80, Uint8Array.of(format === 'JPEG' ? 2 : 3)));
  const image2D = encodeTlv(0xa0, encodeTlv(0x80, image), encodeTlv(0xa1, imageFormat, size));
  const representation = encodeTlv(0x30, encodeTlv(0x80, Uint8Array.of(0)), encodeTlv(0xa1, encodeTlv(0xa0, image2D)));
  const version = encodeTlv(0xa0, encodeTlv(0x80, Uint8Array.of(3)), encodeTlv(0x81, unsigned(2019, 2)));
  const face = encodeTlv(0xa1, encodeTlv(0x65, version, encodeTlv(0xa1, representation)));
  return templateOfOne(0x2a, 0x0101, encodeTlv(0x7f2e, face));
}

function compact(date: PlainDate): Uint8Array {
  return text.encode(date.replaceAll('-', ''));
}

/** DG11: the whole name in its own letters, birth date, place of birth (9303-10 §4.7.11). */
export function personalDetails(details: {
  readonly surname: string;
  readonly givenNames: string;
  readonly birthDate: PlainDate;
  readonly placeOfBirth: string;
  /** An empty personal number besides, as Belgian and French chips have it. */
  readonly emptyField: boolean;
}): Uint8Array {
  const name = `${details.surname}<<${details.givenNames.replaceAll(' ', '<')}`;
  return encodeTlv(
    0x6b,
    encodeTlv(0x5c, Uint8Array.of(0x5f, 0x0e, ...(details.emptyField ? [0x5f, 0x10] : []), 0x5f, 0x2b, 0x5f, 0x11)),
    encodeTlv(0x5f0e, text.encode(name)),
    details.emptyField ? encodeTlv(0x5f10) : new Uint8Array(),
    encodeTlv(0x5f2b, compact(details.birthDate)),
    encodeTlv(0x5f11, text.encode(details.placeOfBirth)),
  );
}

/** DG12: who issued it and when (9303-10 §4.7.12). */
export function documentDetails(authority: string, issued: PlainDate): Uint8Array {
  return encodeTlv(
    0x6c,
    encodeTlv(0x5c, Uint8Array.of(0x5f, 0x19, 0x5f, 0x26)),
    encodeTlv(0x5f19, text.encode(authority)),
    encodeTlv(0x5f26, compact(issued)),
  );
}

/** PACEInfo, version 2 (9303-11 §9.2.1). */
export function paceInfo({ protocol, parameterId, parametersUnnamed }: PaceProfile): Uint8Array {
  const parameters = parametersUnnamed === true ? [] : [integer(parameterId)];
  return encoded(sequence(objectIdentifier(protocol), integer(2), ...parameters));
}

/** SecurityInfos (9303-11 §9.2): EF.CardAccess, the content of EF.CardSecurity, and what DG14 holds. */
export function securityInfos(infos: readonly Uint8Array[]): Uint8Array {
  return encodeTlv(0x31, ...infos);
}

/** DG14 (9303-10 §4.7.14). */
export function securityOptions(infos: readonly Uint8Array[]): Uint8Array {
  return encodeTlv(0x6e, securityInfos(infos));
}

/** DG13 as Polish identity cards have it: the national number (PESEL) under tag 5F70. */
export function nationalDetails(number: string): Uint8Array {
  return encodeTlv(0x6d, encodeTlv(0x5f70, text.encode(number)));
}

/** DG15: the public key of active authentication (9303-10 §4.7.15). */
export function activeAuthenticationGroup(subjectPublicKeyInfo: Uint8Array): Uint8Array {
  return encodeTlv(0x6f, subjectPublicKeyInfo);
}
