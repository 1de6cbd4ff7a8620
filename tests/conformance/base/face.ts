import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat } from '../../../main/result/bytes.ts';
import { ascii, assemble, type Change } from './parts.ts';

const portraits = resolve(import.meta.dirname, '../../../resources/specimens/portraits');
const portrait = (file: string): Uint8Array => new Uint8Array(readFileSync(resolve(portraits, file)));

function unsigned(number: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => Math.floor(number / 0x100 ** (length - 1 - index)) % 0x100);
}

/** A face record of ISO/IEC 19794-5:2005 (§5.4 to §5.7), with what a case changes in it. */
export interface FaceChange {
  readonly format?: 'JPEG' | 'JPEG 2000';
  readonly image?: Uint8Array;
  readonly identifier?: string;
  readonly version?: string;
  readonly gender?: number;
  readonly eyeColour?: number;
  readonly hairColour?: number;
  /** Yaw, pitch, roll. */
  readonly pose?: readonly [number, number, number];
  readonly poseUncertainty?: readonly [number, number, number];
  readonly imageType?: number;
  readonly dataType?: number;
  readonly featurePoints?: readonly Uint8Array[];
  /** The length of the facial record data leaves the feature points out. */
  readonly lengthWithoutPoints?: true;
}

/** Both eye centres (§5.6.3): MPEG-4 points 12.1 and 12.2. */
export const eyeCentres: readonly Uint8Array[] = [
  Uint8Array.of(1, 0xc1, 0, 150, 0, 230, 0, 0),
  Uint8Array.of(1, 0xc2, 1, 6, 0, 230, 0, 0),
];

export function faceRecord(change: FaceChange = {}): Uint8Array {
  const jpeg2000 = change.format === 'JPEG 2000';
  const image = change.image ?? portrait(jpeg2000 ? 'goran.jp2' : 'linnea.jpg');
  const points = concat(...(change.featurePoints ?? []));
  const [yaw, pitch, roll] = change.pose ?? [0, 0, 0];
  const [yawMargin, pitchMargin, rollMargin] = change.poseUncertainty ?? [0, 0, 0];
  const described = Uint8Array.of(change.gender ?? 0, change.eyeColour ?? 0, change.hairColour ?? 0, 0, 0, 0, 0, 0);
  const posed = Uint8Array.of(yaw, pitch, roll, yawMargin, pitchMargin, rollMargin);
  const pictured = concat(
    Uint8Array.of(change.imageType ?? 1, change.dataType ?? (jpeg2000 ? 1 : 0)),
    unsigned(413, 2),
    unsigned(531, 2),
    Uint8Array.of(1, 2),
    unsigned(0, 4),
  );
  const rest = concat(unsigned(change.featurePoints?.length ?? 0, 2), described, posed, points, pictured, image);
  const length = rest.length + 4 - (change.lengthWithoutPoints === true ? points.length : 0);
  const header = ascii((change.identifier ?? 'FAC\0') + (change.version ?? '010\0'));
  return concat(header, unsigned(14 + 4 + rest.length, 4), unsigned(1, 2), unsigned(length, 4), rest);
}

export type HeaderPart = 'version' | 'biometricType' | 'biometricSubtype' | 'formatOwner' | 'formatType';
export type TemplatePart = 'header' | 'block';
export type GroupPart = 'instances' | 'template';

export interface FaceGroupChange {
  readonly face?: FaceChange;
  readonly header?: Change<HeaderPart>;
  readonly template?: Change<TemplatePart>;
  readonly group?: Change<GroupPart>;
}

/** EF.DG2 with one face (9303-10 §4.7.2), as the plan's annex describes its header. */
export function faceGroup(change: FaceGroupChange = {}): Uint8Array {
  const header = encodeTlv(
    0xa1,
    assemble<HeaderPart>(
      {
        version: encodeTlv(0x80, Uint8Array.of(1, 1)),
        biometricType: encodeTlv(0x81, Uint8Array.of(0, 0, 2)),
        biometricSubtype: new Uint8Array(),
        formatOwner: encodeTlv(0x87, Uint8Array.of(1, 1)),
        formatType: encodeTlv(0x88, Uint8Array.of(0, 8)),
      },
      change.header,
    ),
  );
  const parts = { header, block: encodeTlv(0x5f2e, faceRecord(change.face)) };
  const template = encodeTlv(0x7f60, assemble<TemplatePart>(parts, change.template));
  const instances = encodeTlv(0x02, Uint8Array.of(1));
  return encodeTlv(0x75, encodeTlv(0x7f61, assemble<GroupPart>({ instances, template }, change.group)));
}

/** An image of more than 32 KB: the portrait, and a free box (ISO/IEC 15444-1 annex I) behind it. */
export function largeImage(): Uint8Array {
  const free = new Uint8Array(24_000);
  return concat(portrait('goran.jp2'), unsigned(free.length + 8, 4), ascii('free'), free);
}
