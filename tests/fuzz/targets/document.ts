import { parseCom } from '../../../main/document/com.ts';
import { decodeInteger, decodeOid, encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { parseDg1 } from '../../../main/document/dg1.ts';
import { parseDg2 } from '../../../main/document/dg2.ts';
import { parseDg7 } from '../../../main/document/dg7.ts';
import { parseDg11 } from '../../../main/document/dg11.ts';
import { parseDg12 } from '../../../main/document/dg12.ts';
import { parseDg13 } from '../../../main/document/dg13.ts';
import { parseDg16 } from '../../../main/document/dg16.ts';
import { parseFace19794 } from '../../../main/document/face-19794.ts';
import { parseFace39794 } from '../../../main/document/face-39794.ts';
import { faceImageFormat } from '../../../main/document/face-image-format.ts';
import { parseMrz } from '../../../main/document/mrz.ts';
import { transliterationOf, transliterations } from '../../../main/document/mrz-name-space.ts';
import { decodeTlv, decodeTlvs, encodeTlv, indefiniteLengthEnd, readTlvHeader } from '../../../main/document/tlv.ts';
import { concat } from '../../../main/result/bytes.ts';
import { mutateBytes, mutateText } from '../mutate-bytes.ts';
import { Finding, type Target } from '../target.ts';
import { filesNamed, specimen, today, utf8 } from './specimen-files.ts';

const bytes = { maximumLength: 65_536, perRound: 512, maximumMillis: 1_500, mutate: mutateBytes } as const;

const indefinite = concat(Uint8Array.of(0x30, 0x80), encodeTlv(0x04, Uint8Array.of(1)), new Uint8Array(2));

function tlv(input: Uint8Array): void {
  readTlvHeader(input);
  indefiniteLengthEnd(input);
  const nodes = decodeTlvs(input);
  const again = concat(...nodes.map((node) => node.raw));
  if (again.length !== input.length) throw new Finding('objects do not add up to the input');
  decodeTlv(input, { allowTrailing: true });
}

// A face without its head and with it, in both containers.
function face(input: Uint8Array): void {
  for (const image of parseDg2(input).images) {
    if (image.bytes.length > input.length) throw new Finding('an image longer than its group');
  }
}

function firstImage(file: Uint8Array): Uint8Array {
  return parseDg2(file).images[0]?.bytes ?? new Uint8Array();
}

// The picture is of no interest to a parser of containers, and long: only its head stays.
function shortened(file: Uint8Array): Uint8Array {
  const image = firstImage(file);
  const at = Buffer.from(file).indexOf(image.subarray(0, 64));
  return at < 0 ? file : file.subarray(0, at + 200);
}

// 7F61 { 02, 7F60 { A1 {...}, 5F2E } } with a record of our own length, so that lengths are right again.
function group2(record: Uint8Array, tag: number): Uint8Array {
  const template = encodeTlv(0x7f60, encodeTlv(0xa1, encodeTlv(0x80, Uint8Array.of(1, 1))), encodeTlv(tag, record));
  return encodeTlv(0x75, encodeTlv(0x7f61, encodeTlv(0x02, Uint8Array.of(1)), template));
}

function faceRecords(): readonly Uint8Array[] {
  return filesNamed('EF.DG2', ['se-passport', 'extensible-face']).map(shortened);
}

export const documentTargets: readonly Target[] = [
  {
    ...bytes,
    name: 'tlv',
    seeds: () => [indefinite, encodeTlv(0x30, indefinite), ...filesNamed('EF.CardAccess'), ...filesNamed('EF.COM')],
    run: tlv,
  },
  {
    ...bytes,
    name: 'der',
    seeds: () => [encodeOid('1.2.840.113549.1.1.1'), encodeInteger(-129), encodeInteger(1n << 64n)],
    run: (input) => {
      decodeInteger(input);
      const oid = decodeOid(input);
      if (oid.length > 20 * input.length + 20) throw new Finding('an object identifier out of proportion');
    },
  },
  {
    ...bytes,
    name: 'mrz',
    maximumLength: 512,
    mutate: mutateText,
    seeds: () => [specimen('se-passport'), specimen('se-id-card')].map(({ mrz }) => utf8(mrz.join('\n'))),
    run: (input) => parseMrz(new TextDecoder('latin1').decode(input), today),
  },
  {
    ...bytes,
    name: 'name',
    maximumLength: 1_000,
    perRound: 128,
    mutate: mutateText,
    seeds: () => [utf8('Åsa-Märta Þórðardóttir\nASA MARTA'), utf8('Jürgen Groß\nJUERGEN GROSS'), utf8('Łucja Đặng')],
    run: (input) => {
      const [text = '', mrz = ''] = new TextDecoder('utf-8').decode(input).split('\n');
      transliterations(text);
      transliterationOf(text)(mrz);
      transliterationOf(text)(mrz, true);
    },
  },
  { ...bytes, name: 'com', seeds: () => filesNamed('EF.COM'), run: parseCom },
  { ...bytes, name: 'dg1', seeds: () => filesNamed('EF.DG1'), run: (input) => parseDg1(input, today) },
  { ...bytes, name: 'dg2', seeds: () => [...faceRecords(), ...filesNamed('EF.DG2')], run: face },
  {
    ...bytes,
    name: 'dg2-19794',
    seeds: () => [concat(utf8('FAC\0'), utf8('010\0'), new Uint8Array(40)), ...face19794()],
    run: (input) => {
      face(group2(input, 0x5f2e));
      parseFace19794(input);
      faceImageFormat(input);
    },
  },
  {
    ...bytes,
    name: 'dg2-39794',
    seeds: () => face39794(),
    run: (input) => {
      face(group2(input, 0x7f2e));
      parseFace39794(input);
    },
  },
  { ...bytes, name: 'dg11', seeds: () => filesNamed('EF.DG11'), run: parseDg11 },
  {
    ...bytes,
    name: 'dg12',
    seeds: () => filesNamed('EF.DG12', ['se-passport', 'us-passport', 'de-passport']),
    run: parseDg12,
  },
  ...(
    [
      ['dg7', 'EF.DG7', parseDg7],
      ['dg13', 'EF.DG13', parseDg13],
      ['dg16', 'EF.DG16', parseDg16],
    ] as const
  ).map(
    ([name, file, parse]): Target => ({
      ...bytes,
      name,
      seeds: () => filesNamed(file, ['notify-passport']),
      run: (input) => void parse(input),
    }),
  ),
];

function face19794(): readonly Uint8Array[] {
  const [file] = filesNamed('EF.DG2', ['se-passport']);
  const at = file === undefined ? -1 : Buffer.from(file).indexOf('FAC\0');
  return file === undefined || at < 0 ? [] : [file.subarray(at)];
}

function face39794(): readonly Uint8Array[] {
  return filesNamed('EF.DG2', ['extensible-face']).map((file) => {
    const at = Buffer.from(file).indexOf(Buffer.from([0x7f, 0x2e]));
    return decodeTlv(file.subarray(Math.max(at, 0)), { allowTrailing: true, opaque: [0x7f2e] }).value;
  });
}
