import { encodeInteger, encodeOid } from '../document/der.ts';
import { encodeTlv } from '../document/tlv.ts';
import { concat } from '../result/bytes.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { PaceProfile } from './chip-profile.ts';

const text = new TextEncoder();

/** Tags of the data groups that specimens have (9303-10 §4.7 Table 38). */
const dataGroupTags: ReadonlyMap<number, number> = new Map([
  [1, 0x61],
  [2, 0x75],
  [11, 0x6b],
  [12, 0x6c],
  [14, 0x6e],
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

/** DG1: the machine readable zone (9303-10 §4.7.1). */
export function machineReadableZone(lines: readonly string[]): Uint8Array {
  return encodeTlv(0x61, encodeTlv(0x5f1f, text.encode(lines.join(''))));
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

/** DG2: one face of ISO/IEC 19794-5 in one biometric information template (9303-10 §4.7.2). */
export function faceGroup(portrait: Portrait, sex: 'F' | 'M'): Uint8Array {
  const header = encodeTlv(
    0xa1,
    encodeTlv(0x80, Uint8Array.of(1, 1)),
    encodeTlv(0x81, Uint8Array.of(2)),
    encodeTlv(0x82, Uint8Array.of(0)),
    encodeTlv(0x87, Uint8Array.of(1, 1)),
    encodeTlv(0x88, Uint8Array.of(0, 8)),
  );
  const template = encodeTlv(0x7f60, header, encodeTlv(0x5f2e, faceRecord(portrait, sex)));
  return encodeTlv(0x75, encodeTlv(0x7f61, encodeTlv(0x02, Uint8Array.of(1)), template));
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
}): Uint8Array {
  const name = `${details.surname}<<${details.givenNames.replaceAll(' ', '<')}`;
  return encodeTlv(
    0x6b,
    encodeTlv(0x5c, Uint8Array.of(0x5f, 0x0e, 0x5f, 0x2b, 0x5f, 0x11)),
    encodeTlv(0x5f0e, text.encode(name)),
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

/** SecurityInfos with one PACEInfo, version 2, for each offer (9303-11 §9.2.1): EF.CardAccess, and what DG14 repeats. */
export function securityInfos(offers: readonly PaceProfile[]): Uint8Array {
  const infos = offers.map(({ protocol, parameterId }) =>
    encodeTlv(0x30, encodeOid(protocol), encodeInteger(2), encodeInteger(parameterId)),
  );
  return encodeTlv(0x31, ...infos);
}

/** DG14 (9303-10 §4.7.14). */
export function securityOptions(offers: readonly PaceProfile[]): Uint8Array {
  return encodeTlv(0x6e, securityInfos(offers));
}
