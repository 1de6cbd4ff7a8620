import { encodeTlv } from '../../document/tlv.ts';
import { concat } from '../../result/bytes.ts';
import type { ChipQuirks } from '../chip/chip-quirks.ts';
import type { SpecimenId } from '../documents/specimen.ts';
import type { NamedFault } from './named-fault.ts';

const flip = (at: number) => (bytes: Uint8Array) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
const flipFromEnd = (back: number) => (bytes: Uint8Array) => flip(bytes.length - back)(bytes);

interface Change {
  readonly name: string;
  readonly words: string;
  readonly change: (bytes: Uint8Array) => Uint8Array | null;
}

const changes: readonly Change[] = [
  { name: 'missing', words: 'is not there', change: () => null },
  { name: 'empty', words: 'is empty', change: () => new Uint8Array() },
  { name: 'other-tag', words: 'begins with another tag', change: flip(0) },
  {
    name: 'cut',
    words: 'is cut to half, its length says the whole',
    change: (bytes) => bytes.slice(0, bytes.length / 2),
  },
  { name: 'first-bit', words: 'differs in one bit near its beginning', change: flip(12) },
  { name: 'last-bit', words: 'differs in its last bit', change: flipFromEnd(1) },
  { name: 'zeros', words: 'is all zeros', change: (bytes) => new Uint8Array(bytes.length) },
  {
    name: 'endless',
    words: 'says that it is longer than a chip',
    change: (bytes) => concat(bytes.slice(0, 1), Uint8Array.of(0x84, 0x7f, 0xff, 0xff, 0xff), bytes.slice(4)),
  },
];

const files = ['EF.SOD', 'EF.DG1', 'EF.DG2', 'EF.DG14'] as const;

function ofFile(
  file: string,
  { name, words, change }: Change,
  expected: NamedFault['expected'] = 'not accept',
): NamedFault {
  return {
    name: `${file.slice(3).toLowerCase()}-${name}`,
    layer: 'file',
    specimen: 'se-passport',
    description: `${file} ${words}`,
    expected,
    issue: { file: (candidate, contents) => (candidate === file ? change(contents) : contents) },
  };
}

const everyFile = files.flatMap((file) => changes.map((change) => ofFile(file, change)));

const cardAccess = [
  ofFile('EF.CardAccess', {
    name: 'other-parameters',
    words: 'names weaker parameters than DG14',
    change: (bytes) => concat(bytes.slice(0, -1), Uint8Array.of(12)),
  }),
  ofFile('EF.CardAccess', {
    name: 'cut',
    words: 'is cut to half',
    change: (bytes) => bytes.slice(0, bytes.length / 2),
  }),
  ofFile('EF.CardAccess', { name: 'empty-set', words: 'offers nothing', change: () => encodeTlv(0x31) }),
  ofFile('EF.CardAccess', { name: 'zeros', words: 'is all zeros', change: (bytes) => new Uint8Array(bytes.length) }),
  ofFile('EF.CardAccess', {
    name: 'many',
    words: 'holds a thousand infos',
    change: (bytes) => encodeTlv(0x31, ...Array.from({ length: 1000 }, () => bytes.slice(2))),
  }),
];

function quirk(
  name: string,
  description: string,
  quirks: ChipQuirks,
  specimen: SpecimenId = 'se-passport',
): NamedFault {
  return {
    name,
    layer: 'length',
    specimen,
    description,
    expected: 'accept',
    issue: { profile: (profile) => ({ ...profile, quirks: { ...profile.quirks, ...quirks } }) },
  };
}

/** Chips that are odd and do no harm. */
const quirks: readonly NamedFault[] = [
  quirk('reads-at-most-192', 'READ BINARY for more than 192 bytes is refused with 6700', { mostExpected: 192 }),
  quirk(
    'reads-at-most-160',
    'READ BINARY for more than 160 bytes is refused with 6700',
    { mostExpected: 160 },
    'old-passport',
  ),
  quirk('extended-refused', 'extended length is refused with 6700 although EF.ATR/INFO states it', {
    extendedLengthRefused: 'protected',
  }),
  quirk('extended-drops-session', 'extended length is answered with a bare 6700, and the session is gone', {
    extendedLengthRefused: 'plain',
  }),
  quirk('end-6282', '6282 and the bytes that are there beyond the end of a file', { beyondEnd: 0x6282 }),
  quirk('end-6b00', '6B00 and nothing beyond the end of a file', { beyondEnd: 0x6b00 }),
  quirk('no-short-identifiers', 'READ BINARY by short identifier is refused with 6A86', { noShortIdentifiers: true }),
  quirk(
    'external-authenticate-without-le',
    'EXTERNAL AUTHENTICATE with Le is refused with 6A88',
    { externalAuthenticateWithoutLe: true },
    'old-passport',
  ),
  quirk(
    'reads-at-most-224',
    'READ BINARY for more than 224 bytes is refused with 6700',
    { mostExpected: 224 },
    'old-passport',
  ),
  quirk('select-without-le', 'SELECT with Le is refused', { selectWithoutLe: true }),
  quirk('parameter-required', 'MSE:Set AT must name the parameters', { parameterReference: 'required' }),
  quirk('parameter-refused', 'MSE:Set AT must not name the parameters', { parameterReference: 'refused' }),
  quirk('attempts-counted', 'wrong access data are counted', { accessAttempts: 3 }),
  quirk(
    'active-authentication-extended',
    'INTERNAL AUTHENTICATE must be of extended length',
    { activeAuthenticationExtended: true },
    'au-passport',
  ),
  quirk(
    'three-des-by-set-at',
    'chip authentication with 3DES goes by MSE:Set AT',
    { tripleDesBySetAt: true },
    'nz-passport',
  ),
  quirk('master-file-refused', 'SELECT of the MF is refused', { selectMasterFileRefused: true }),
];

/** Faults in files after they were signed, and chips that are only odd. */
export const faultsOfFiles: readonly NamedFault[] = [...everyFile, ...cardAccess, ...quirks];
