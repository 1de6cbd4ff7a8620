import { encodeInteger } from '../../document/der.ts';
import { encodeTlv } from '../../document/tlv.ts';
import { concat } from '../../result/bytes.ts';
import type { IssueHooks } from './fault-hooks.ts';
import type { FaultLayer, NamedFault } from './named-fault.ts';

const optional = [7, 13, 16] as const;
const tags = { 7: 0x67, 13: 0x6d, 16: 0x70 } as const;

function ofOptional(
  number: (typeof optional)[number],
  layer: FaultLayer,
  name: string,
  words: string,
  issue: IssueHooks,
  expected: NamedFault['expected'] = 'not accept',
): NamedFault {
  const description = `DG${number}, which the policy wants, ${words}`;
  return { name, layer, specimen: 'notify-passport', description, expected, dataGroups: optional, issue };
}

type Change = (bytes: Uint8Array) => Uint8Array | null;

const onChip = (number: number, change: Change): IssueHooks => ({
  file: (name, contents) => (name === `EF.DG${number}` ? change(contents) : contents),
});
const signed = (number: number, change: Change): IssueHooks => ({
  dataGroup: (candidate, contents) => (candidate === number ? change(contents) : contents),
});

const endless: Change = (bytes) =>
  concat(bytes.slice(0, 1), Uint8Array.of(0x84, 0x7f, 0xff, 0xff, 0xff), bytes.slice(4));

const everyOptional = optional.flatMap((number): readonly NamedFault[] => [
  ofOptional(
    number,
    'file',
    `dg${number}-last-bit`,
    'differs in its last bit',
    onChip(number, (bytes) => bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte))),
  ),
  ofOptional(
    number,
    'file',
    `dg${number}-missing`,
    'is signed for and not there',
    onChip(number, () => null),
  ),
  ofOptional(number, 'file', `dg${number}-endless`, 'says that it is longer than a chip', onChip(number, endless)),
  ofOptional(
    number,
    'data group',
    `signed-dg${number}-too-large`,
    'is rightly signed and has 70 000 bytes',
    signed(number, () => encodeTlv(tags[number], new Uint8Array(70_000))),
  ),
  ofOptional(
    number,
    'data group',
    `signed-dg${number}-empty`,
    'is rightly signed and holds nothing',
    signed(number, () => encodeTlv(tags[number])),
  ),
  ofOptional(
    number,
    'data group',
    `signed-dg${number}-absent`,
    'is not in the document',
    signed(number, () => null),
    'accept',
  ),
]);

const malformed: readonly NamedFault[] = [
  ofOptional(
    7,
    'data group',
    'signed-dg7-no-image',
    'is rightly signed and holds no image',
    signed(7, () => encodeTlv(0x67, encodeInteger(1), encodeTlv(0x5f43, new Uint8Array(40)))),
  ),
  ofOptional(
    16,
    'data group',
    'signed-dg16-count',
    'is rightly signed and counts nine persons',
    signed(16, (bytes) => bytes.map((byte, at) => (at === bytes.indexOf(0x02) + 2 ? 9 : byte))),
  ),
];

function ofPassport(layer: FaultLayer, name: string, description: string, issue: IssueHooks): NamedFault {
  return { name, layer, specimen: 'se-passport', description, expected: 'not accept', issue };
}

const withName = (bytes: Uint8Array): Uint8Array => bytes.map((byte, at) => (at >= 10 && at < 49 ? 0x3c : byte));

/** EF.COM and EF.SOD that do not go together, and a zone that names nobody. */
const contents: readonly NamedFault[] = [
  ofPassport('data group', 'signed-dg1-no-name', 'DG1, rightly signed, has no name', signed(1, withName)),
  ofPassport('file', 'com-malformed', 'EF.COM holds nothing', {
    file: (name, bytes) => (name === 'EF.COM' ? encodeTlv(0x60) : bytes),
  }),
  ofPassport('file', 'com-one-more', 'EF.COM lists DG16, EF.SOD does not', {
    file: (name, bytes) => (name === 'EF.COM' ? withLast(bytes, 0x70) : bytes),
  }),
  ofPassport('security object', 'security-object-one-more', 'EF.SOD lists DG10, which EF.COM and the chip lack', {
    securityObject: (content) => ({
      ...content,
      dataGroups: new Map([...content.dataGroups, [10, encodeTlv(0x6a)]]),
    }),
  }),
];

// The last tag of the list is DG14's or DG15's: it becomes another group's.
function withLast(bytes: Uint8Array, tag: number): Uint8Array {
  return bytes.map((byte, at) => (at === bytes.length - 1 ? tag : byte));
}

/** Faults in what data groups and EF.COM say, those included that only some policies want. */
export const faultsOfContents: readonly NamedFault[] = [...everyOptional, ...malformed, ...contents];
